#include "hd-rt-fixture.h"
void hd_rt_add_article_tests (void) {}
