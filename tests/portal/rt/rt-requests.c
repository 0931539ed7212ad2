#include "hd-rt-fixture.h"
void hd_rt_add_request_tests (void) {}
