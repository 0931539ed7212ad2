/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "sync-support.h"

/* A sync of which something fails. */

static void
test_goes_on_without_what_is_not_offered (HdSyncFixture       *fixture,
                                          gconstpointer        data)
{
  hd_fake_portal_push_code (fixture->portal, "list_announcements", HD_ERROR_NOT_FOUND);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 1);

  hd_fake_portal_set_capabilities (fixture->portal, HD_PORTAL_DELTA);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_announcements"), ==, 0);
}

static void
test_one_broken_step_does_not_stop_the_rest (HdSyncFixture       *fixture,
                                             gconstpointer        data)
{
  g_autofree char *synced_at = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (fixture->portal, "get_catalog", HD_ERROR_PROTOCOL);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_FORBIDDEN);
  g_assert_false (hd_sync_fixture_run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 1);

  /* It is not as if everything were up to date. */
  synced_at = hd_test_get_value (fixture->store, "synced-at");
  g_assert_null (synced_at);
}

static const char *const parts[] = {
  "get_info", "list_announcements", "get_catalog", "list_requests", "get_request", "get_form", "list_articles",
};

/* Each in turn: the others are brought, and the whole is no newer than the part that is not. */
static void
test_a_part_that_fails_does_not_stop_the_rest (HdSyncFixture       *fixture,
                                               gconstpointer        data)
{
  const char *part = data;
  g_autofree char *synced_at = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (fixture->portal, part, HD_ERROR_UNAVAILABLE);
  g_assert_false (hd_sync_fixture_run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_INCOMPLETE);
  g_assert_false (hd_error_is_unreachable (error));
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, part), ==, 1);
  synced_at = hd_test_get_value (fixture->store, "synced-at");
  g_assert_null (synced_at);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gboolean needs_it = (g_str_equal (part, "list_requests") && g_str_equal (parts[i], "get_request")) ||
                          (g_str_equal (part, "get_catalog") && g_str_equal (parts[i], "get_form"));

      if (!needs_it)
        g_assert_cmpuint (hd_fake_portal_count (fixture->portal, parts[i]), ==, 1);
    }

  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, part), ==, 1);
  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 1);
  g_assert_cmpuint (hd_sync_fixture_count_requests (fixture), ==, 1);
}

static void
test_the_first_error_is_told (HdSyncFixture       *fixture,
                              gconstpointer        data)
{
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (fixture->portal, "get_catalog", HD_ERROR_TOO_LARGE);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_UNAVAILABLE);
  hd_fake_portal_push_code (fixture->portal, "list_articles", HD_ERROR_PROTOCOL);
  g_assert_false (hd_sync_fixture_run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_TOO_LARGE);
}

/* It is not asked for all over again, as where it does not know since when. */
static void
test_a_part_that_fails_is_asked_from_where_it_was (HdSyncFixture       *fixture,
                                                   gconstpointer        data)
{
  g_autoptr (GError) error = NULL;

  hd_sync_fixture_run_well (fixture);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_UNAVAILABLE);
  g_assert_false (hd_sync_fixture_run (fixture, &error));
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 1);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
}

static void
test_a_portal_that_fails_everywhere_is_left_alone (HdSyncFixture       *fixture,
                                                   gconstpointer        data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    hd_fake_portal_push_code (fixture->portal, parts[i], HD_ERROR_UNAVAILABLE);

  g_assert_false (hd_sync_fixture_run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_UNAVAILABLE);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_catalog"), ==, 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 0);
}

/* Conversations: some that fail hide none, but where many do, the rest is not tried in vain. */
static void
test_many_that_fail_are_enough (HdSyncFixture       *fixture,
                                gconstpointer        data)
{
  g_autoptr (GString) page = g_string_new ("{\"items\":[");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 9; i++)
    g_string_append_printf (page, "%s{\"id\":\"r%u\",\"updated_at\":\"2026-11-22T10:00:00Z\"}", i > 0 ? "," : "", i);

  g_string_append (page, "],\"total\":9,\"as_of\":\"R1\"}");
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE, page->str);

  for (guint i = 0; i < 9; i++)
    hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_UNAVAILABLE);

  g_assert_false (hd_sync_fixture_run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_INCOMPLETE);
  /* Those that were under way when the third failed, and no more. */
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), <=, 3 + 3);
  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 1);
}

static void
test_stops_where_nothing_else_would_fare_better (HdSyncFixture       *fixture,
                                                 gconstpointer        data)
{
  static const HdError codes[] = { HD_ERROR_NETWORK, HD_ERROR_NAME, HD_ERROR_TLS, HD_ERROR_MAINTENANCE,
                                   HD_ERROR_SIGNED_OUT, HD_ERROR_RATE_LIMITED, HD_ERROR_LOCKED };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;

      hd_fake_portal_push_code (fixture->portal, "list_announcements", (int) codes[i]);
      g_assert_false (hd_sync_fixture_run (fixture, &error));
      g_assert_error (error, HD_ERROR, (int) codes[i]);
      g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_catalog"), ==, 0);
    }
}

static void
test_goes_on_where_it_was_cut_short (HdSyncFixture       *fixture,
                                     gconstpointer        data)
{
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_record (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[{\"id\":\"a0\",\"title\":\"Перша\",\"version\":1}],"
                              "\"deleted\":[],\"as_of\":\"A0\",\"more\":true}");
  hd_fake_portal_push_code (fixture->portal, "list_articles", HD_ERROR_NETWORK);
  g_assert_false (hd_sync_fixture_run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_NETWORK);
  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 1);

  hd_sync_fixture_run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 0), ==, "A0");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  HD_SYNC_TEST ("/sync/goes-on-without-what-is-not-offered", NULL, test_goes_on_without_what_is_not_offered);
  HD_SYNC_TEST ("/sync/one-broken-step-does-not-stop-the-rest", NULL, test_one_broken_step_does_not_stop_the_rest);
  HD_SYNC_TEST ("/sync/the-first-error-is-told", NULL, test_the_first_error_is_told);
  HD_SYNC_TEST ("/sync/a-part-that-fails-is-asked-from-where-it-was", NULL,
                test_a_part_that_fails_is_asked_from_where_it_was);
  HD_SYNC_TEST ("/sync/a-portal-that-fails-everywhere-is-left-alone", NULL,
                test_a_portal_that_fails_everywhere_is_left_alone);
  HD_SYNC_TEST ("/sync/many-that-fail-are-enough", NULL, test_many_that_fail_are_enough);
  HD_SYNC_TEST ("/sync/stops-where-nothing-else-would-fare-better", NULL,
                test_stops_where_nothing_else_would_fare_better);
  HD_SYNC_TEST ("/sync/goes-on-where-it-was-cut-short", NULL, test_goes_on_where_it_was_cut_short);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/a-part-that-fails-does-not-stop-the-rest/", parts[i], NULL);

      HD_SYNC_TEST (path, parts[i], test_a_part_that_fails_does_not_stop_the_rest);
    }

  return g_test_run ();
}
