/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-fake-portal.h"
#include "hd-reachability.h"
#include "session-support.h"

/* Long enough that the machine's own slowness does not count, short enough to wait for. */
#define UP_MS 60
#define DOWN_MS 40
#define NEVER_MS (600 * 1000)

typedef struct
{
  HdFakePortal   *portal;
  HdReachability *reachability;
  guint           n_changes;
  guint           n_probed;
} Fixture;

static void
changed_cb (HdReachability *reachability,
            Fixture        *fixture)
{
  fixture->n_changes++;
}

static void
probed_cb (HdReachability *reachability,
           HdPortalInfo   *info,
           Fixture        *fixture)
{
  g_assert_cmpstr (hd_portal_info_get_name (info), ==, "HELP DESK");
  fixture->n_probed++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->portal = hd_fake_portal_new ();
  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO, "{\"name\":\"HELP DESK\"}");
  fixture->reachability = hd_reachability_new (HD_PORTAL (fixture->portal), NULL);
  hd_reachability_set_times (fixture->reachability, UP_MS, DOWN_MS, NEVER_MS, NEVER_MS);
  g_signal_connect (fixture->reachability, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->reachability, "probed", G_CALLBACK (probed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->reachability));
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
}

static void
note (Fixture *fixture,
      int      code)
{
  g_autoptr (GError) error = g_error_new_literal (HD_ERROR, code, "scripted");

  hd_reachability_note (fixture->reachability, error);
}

static gboolean
set_flag_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until whatever is due within @ms was dispatched. */
static void
run_past (guint ms)
{
  gboolean passed = FALSE;

  g_timeout_add (ms, set_flag_cb, &passed);
  hd_test_await_flag (&passed);
}

static void
test_is_reachable_until_something_fails (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_assert_true (hd_reachability_is_reachable (fixture->reachability));
  g_assert_null (hd_reachability_get_since (fixture->reachability));
  g_assert_null (hd_reachability_get_error (fixture->reachability));
}

static void
test_tells_since_when_and_why (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (GDateTime) before = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) noted = NULL;

  note (fixture, HD_ERROR_NAME);
  noted = g_date_time_new_now_utc ();
  g_assert_true (hd_reachability_is_reachable (fixture->reachability));
  HD_TEST_AWAIT (fixture->n_changes == 1);

  g_assert_false (hd_reachability_is_reachable (fixture->reachability));
  g_assert_error (hd_reachability_get_error (fixture->reachability), HD_ERROR, HD_ERROR_NAME);

  /* Since it failed, not since it was believed. */
  g_assert_cmpint (g_date_time_compare (hd_reachability_get_since (fixture->reachability), before), >=, 0);
  g_assert_cmpint (g_date_time_compare (hd_reachability_get_since (fixture->reachability), noted), <=, 0);
}

static void
test_another_reason_is_told_at_once (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GDateTime) since = NULL;

  note (fixture, HD_ERROR_NETWORK);
  HD_TEST_AWAIT (fixture->n_changes == 1);
  since = g_date_time_ref (hd_reachability_get_since (fixture->reachability));

  note (fixture, HD_ERROR_NETWORK);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  note (fixture, HD_ERROR_TLS);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  g_assert_error (hd_reachability_get_error (fixture->reachability), HD_ERROR, HD_ERROR_TLS);
  g_assert_true (g_date_time_equal (hd_reachability_get_since (fixture->reachability), since));
}

static void
test_a_short_failure_is_not_told (Fixture       *fixture,
                                  gconstpointer  data)
{
  note (fixture, HD_ERROR_NETWORK);
  hd_reachability_note (fixture->reachability, NULL);
  run_past (3 * DOWN_MS);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_a_short_recovery_is_not_told (Fixture       *fixture,
                                   gconstpointer  data)
{
  note (fixture, HD_ERROR_NETWORK);
  HD_TEST_AWAIT (fixture->n_changes == 1);
  hd_reachability_note (fixture->reachability, NULL);
  note (fixture, HD_ERROR_NETWORK);
  run_past (3 * UP_MS);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_false (hd_reachability_is_reachable (fixture->reachability));

  hd_reachability_note (fixture->reachability, NULL);
  HD_TEST_AWAIT (fixture->n_changes == 2);
  g_assert_true (hd_reachability_is_reachable (fixture->reachability));
}

static void
test_asks_until_the_portal_is_back (Fixture       *fixture,
                                    gconstpointer  data)
{
  hd_reachability_set_times (fixture->reachability, UP_MS, 0, 10, 20);

  for (guint i = 0; i < 5; i++)
    hd_fake_portal_push_code (fixture->portal, "get_info", i % 2 == 0 ? HD_ERROR_NETWORK : HD_ERROR_UNAVAILABLE);

  note (fixture, HD_ERROR_NETWORK);
  HD_TEST_AWAIT (fixture->n_probed == 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_info"), ==, 6);
  HD_TEST_AWAIT (hd_reachability_is_reachable (fixture->reachability));

  /* And no longer. */
  run_past (100);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_info"), ==, 6);
}

static void
test_asks_at_once_when_the_network_changes (Fixture       *fixture,
                                            gconstpointer  data)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_info"), ==, 0);

  note (fixture, HD_ERROR_NETWORK);
  HD_TEST_AWAIT (fixture->n_changes == 1);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  HD_TEST_AWAIT (fixture->n_probed == 1);
  HD_TEST_AWAIT (hd_reachability_is_reachable (fixture->reachability));
}

static void
test_asks_no_sooner_than_the_portal_wants (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (HD_ERROR, HD_ERROR_MAINTENANCE, "scripted");

  hd_reachability_set_times (fixture->reachability, UP_MS, 0, 1, 1);
  hd_error_set_retry_after (error, 300);
  hd_reachability_note (fixture->reachability, error);
  HD_TEST_AWAIT (fixture->n_changes == 1);
  run_past (100);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_info"), ==, 0);
}

static void
test_a_portal_that_refuses_is_there (Fixture       *fixture,
                                     gconstpointer  data)
{
  static const HdError answers[] = {
    HD_ERROR_FORBIDDEN, HD_ERROR_NOT_FOUND, HD_ERROR_REFUSED, HD_ERROR_CONFLICT, HD_ERROR_CREDENTIALS,
    HD_ERROR_PROTOCOL, HD_ERROR_RATE_LIMITED,
  };

  note (fixture, HD_ERROR_NETWORK);
  HD_TEST_AWAIT (fixture->n_changes == 1);

  /* A full disk says nothing about the portal. */
  note (fixture, HD_ERROR_STORAGE);
  run_past (2 * UP_MS);
  g_assert_false (hd_reachability_is_reachable (fixture->reachability));

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    note (fixture, (int) answers[i]);

  HD_TEST_AWAIT (hd_reachability_is_reachable (fixture->reachability));
}

/* One of its parts may fail: what its information is answered with counts. */
static void
test_a_portal_of_which_one_part_fails_is_there (Fixture       *fixture,
                                                gconstpointer  data)
{
  note (fixture, HD_ERROR_UNAVAILABLE);
  HD_TEST_AWAIT (fixture->n_probed == 1);
  run_past (3 * DOWN_MS);
  g_assert_cmpuint (fixture->n_changes, ==, 0);

  hd_fake_portal_push_code (fixture->portal, "get_info", HD_ERROR_UNAVAILABLE);
  note (fixture, HD_ERROR_UNAVAILABLE);
  HD_TEST_AWAIT (fixture->n_changes == 1);
  g_assert_error (hd_reachability_get_error (fixture->reachability), HD_ERROR, HD_ERROR_UNAVAILABLE);

  /* Nor does it keep the portal from being back, or from being left alone. */
  hd_reachability_note (fixture->reachability, NULL);
  note (fixture, HD_ERROR_UNAVAILABLE);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_info"), ==, 2);
  HD_TEST_AWAIT (hd_reachability_is_reachable (fixture->reachability));
}

static void
test_being_signed_out_is_told_until_somebody_signs_in (Fixture       *fixture,
                                                       gconstpointer  data)
{
  note (fixture, HD_ERROR_SIGNED_OUT);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_true (hd_reachability_is_reachable (fixture->reachability));
  g_assert_error (hd_reachability_get_error (fixture->reachability), HD_ERROR, HD_ERROR_SIGNED_OUT);
  g_assert_nonnull (hd_reachability_get_since (fixture->reachability));

  hd_reachability_note (fixture->reachability, NULL);
  g_assert_error (hd_reachability_get_error (fixture->reachability), HD_ERROR, HD_ERROR_SIGNED_OUT);

  hd_reachability_note_signed_in (fixture->reachability);
  g_assert_null (hd_reachability_get_error (fixture->reachability));
  g_assert_null (hd_reachability_get_since (fixture->reachability));
}

static void
test_can_be_dropped_while_it_asks (Fixture       *fixture,
                                   gconstpointer  data)
{
  hd_fake_portal_hold (fixture->portal, "get_info");
  hd_reachability_probe (fixture->reachability);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_info"), ==, 1);

  g_clear_object (&fixture->reachability);
  hd_fake_portal_let_go (fixture->portal, "get_info");
  hd_test_drain ();
  fixture->reachability = hd_reachability_new (HD_PORTAL (fixture->portal), NULL);
}

static void
add (const char  *path,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  add ("/reachability/is-reachable-until-something-fails", test_is_reachable_until_something_fails);
  add ("/reachability/tells-since-when-and-why", test_tells_since_when_and_why);
  add ("/reachability/another-reason-is-told-at-once", test_another_reason_is_told_at_once);
  add ("/reachability/a-short-failure-is-not-told", test_a_short_failure_is_not_told);
  add ("/reachability/a-short-recovery-is-not-told", test_a_short_recovery_is_not_told);
  add ("/reachability/asks-until-the-portal-is-back", test_asks_until_the_portal_is_back);
  add ("/reachability/asks-at-once-when-the-network-changes", test_asks_at_once_when_the_network_changes);
  add ("/reachability/asks-no-sooner-than-the-portal-wants", test_asks_no_sooner_than_the_portal_wants);
  add ("/reachability/a-portal-that-refuses-is-there", test_a_portal_that_refuses_is_there);
  add ("/reachability/a-portal-of-which-one-part-fails-is-there", test_a_portal_of_which_one_part_fails_is_there);
  add ("/reachability/being-signed-out-is-told-until-somebody-signs-in",
       test_being_signed_out_is_told_until_somebody_signs_in);
  add ("/reachability/can-be-dropped-while-it-asks", test_can_be_dropped_while_it_asks);

  return g_test_run ();
}
