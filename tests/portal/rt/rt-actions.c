#include "hd-rt-fixture.h"
void hd_rt_add_action_tests (void) {}
