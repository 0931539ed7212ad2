/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rate-limit.h"
#include "hd-test-utils.h"

/* How often somebody may call, by a clock of the test's own. */

#define SECOND G_USEC_PER_SEC

static void
test_a_burst_and_then_by_and_by (void)
{
  g_autoptr (HdRateLimit) limit = hd_rate_limit_new (60, 5);
  gint64 now = 1000 * SECOND;

  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (hd_rate_limit_take (limit, "a", now), ==, 0);

  g_assert_cmpuint (hd_rate_limit_take (limit, "a", now), ==, 1);
  g_assert_cmpuint (hd_rate_limit_take (limit, "a", now + SECOND / 2), ==, 1);
  g_assert_cmpuint (hd_rate_limit_take (limit, "a", now + SECOND), ==, 0);
  g_assert_cmpuint (hd_rate_limit_take (limit, "a", now + SECOND), ==, 1);

  /* Who waits as long as was said is served, and the bucket does not run over. */
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (hd_rate_limit_take (limit, "a", now + 1000 * SECOND), ==, 0);
  g_assert_cmpuint (hd_rate_limit_take (limit, "a", now + 1000 * SECOND), >, 0);
}

static void
test_everybody_has_their_own (void)
{
  g_autoptr (HdRateLimit) limit = hd_rate_limit_new (1, 1);

  g_assert_cmpuint (hd_rate_limit_take (limit, "a", 0), ==, 0);
  g_assert_cmpuint (hd_rate_limit_take (limit, "b", 0), ==, 0);
  g_assert_cmpuint (hd_rate_limit_take (limit, "a", 0), ==, 60);
  g_assert_cmpuint (hd_rate_limit_look (limit, "c", 0), ==, 0);
}

static void
test_looking_costs_nothing_and_no_limit_is_none (void)
{
  g_autoptr (HdRateLimit) limit = hd_rate_limit_new (60, 1);
  g_autoptr (HdRateLimit) none = hd_rate_limit_new (0, 0);

  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpuint (hd_rate_limit_look (limit, "a", 0), ==, 0);
      g_assert_cmpuint (hd_rate_limit_take (none, "a", 0), ==, 0);
    }

  g_assert_cmpuint (hd_rate_limit_take (limit, "a", 0), ==, 0);
}

/* A clock that is set back neither locks anybody out nor lets them in. */
static void
test_the_clock_may_go_back (void)
{
  g_autoptr (HdRateLimit) limit = hd_rate_limit_new (60, 1);

  g_assert_cmpuint (hd_rate_limit_take (limit, "a", 1000 * SECOND), ==, 0);
  g_assert_cmpuint (hd_rate_limit_take (limit, "a", 0), ==, 1);
}

static void
test_passers_by_are_forgotten (void)
{
  g_autoptr (HdRateLimit) limit = hd_rate_limit_new (60, 2);

  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      g_assert_cmpuint (hd_rate_limit_take (limit, key, i * SECOND), ==, 0);
    }

  g_assert_cmpuint (hd_rate_limit_size (limit), <=, 1001);
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/rate-limit/a-burst-and-then-by-and-by", test_a_burst_and_then_by_and_by);
  g_test_add_func ("/rate-limit/everybody-has-their-own", test_everybody_has_their_own);
  g_test_add_func ("/rate-limit/looking-costs-nothing-and-no-limit-is-none",
                   test_looking_costs_nothing_and_no_limit_is_none);
  g_test_add_func ("/rate-limit/the-clock-may-go-back", test_the_clock_may_go_back);
  g_test_add_func ("/rate-limit/passers-by-are-forgotten", test_passers_by_are_forgotten);

  return g_test_run ();
}
