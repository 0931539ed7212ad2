#include "hd-rt-fixture.h"
void hd_rt_add_submit_tests (void) {}
