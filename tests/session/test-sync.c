/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-record-json.h"
#include "sync-support.h"

static void
test_brings_everything_in_its_order (HdSyncFixture       *fixture,
                                     gconstpointer        data)
{
  g_autofree char *synced_at = NULL;

  /* The fake gives no bytes: the picture is asked for last, and its lack is no fault. */
  hd_sync_fixture_run_well (fixture);

  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 0), ==, "get_info ");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 1), ==, "list_announcements ");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 2), ==, "get_catalog -");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 3), ==, "list_requests - -");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 4), ==, "get_request r1");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 5), ==, "get_form vpn");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 6), ==, "list_articles -");
  g_assert_true (g_str_has_prefix (hd_fake_portal_get_nth (fixture->portal, 7), "get_media "));
  g_assert_null (hd_fake_portal_get_nth (fixture->portal, 8));

  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 1);
  g_assert_cmpuint (hd_sync_fixture_count_requests (fixture), ==, 1);
  synced_at = hd_test_get_value (fixture->store, "synced-at");
  g_assert_nonnull (synced_at);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_fetches_the_pictures_of_offerings_too (HdSyncFixture       *fixture,
                                            gconstpointer        data)
{
  guint n_asked = 0;
  const char *call;

  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG,
                              "{\"version\":\"C1\",\"categories\":[],\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\","
                              "\"icon\":\"media:cf-3\"}]}");
  hd_sync_fixture_run_well (fixture);

  for (guint i = 0; (call = hd_fake_portal_get_nth (fixture->portal, i)) != NULL; i++)
    n_asked += g_str_equal (call, "get_media cf-3");

  g_assert_cmpuint (n_asked, ==, 1);
}

/* The list that is on its way cannot have it yet. */
static void
test_keeps_what_is_filed_while_the_list_is_read (HdSyncFixture       *fixture,
                                                 gconstpointer        data)
{
  g_autoptr (HdRequest) filed = hd_record_new_from_string (HD_TYPE_REQUEST, "{\"id\":\"r9\",\"number\":\"9\"}", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) put_result = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_hold (fixture->portal, "list_requests");
  hd_sync_run_async (fixture->sync, NULL, hd_test_store_result_cb, &result);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "list_requests") == 1);
  hd_store_put_request_async (fixture->store, filed, NULL, hd_test_store_result_cb, &put_result);
  hd_test_await (&put_result);
  g_assert_true (hd_store_put_request_finish (fixture->store, put_result, NULL));
  hd_fake_portal_let_go (fixture->portal, "list_requests");
  hd_test_await (&result);
  g_assert_true (hd_sync_run_finish (fixture->sync, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hd_sync_fixture_count_requests (fixture), ==, 2);
}

static void
test_asks_only_for_what_changed (HdSyncFixture       *fixture,
                                 gconstpointer        data)
{
  hd_sync_fixture_run_well (fixture);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[],\"total\":0,\"as_of\":\"R2\"}");
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[],\"deleted\":[],\"as_of\":\"A2\",\"more\":false}");
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, "{}");
  hd_sync_fixture_run_well (fixture);

  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "get_catalog", 0), ==, "C1");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 0), ==, "A1");
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), ==, 0);

  /* Nothing of what was there is gone. */
  g_assert_cmpuint (hd_sync_fixture_count_articles (fixture), ==, 1);
  g_assert_cmpuint (hd_sync_fixture_count_requests (fixture), ==, 1);

  hd_sync_fixture_run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R2 -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 0), ==, "A2");
}

static void
test_tells_what_the_desk_changed (HdSyncFixture       *fixture,
                                  gconstpointer        data)
{
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 0);

  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"message_count\":1,"
                              "\"updated_at\":\"2026-11-22T11:00:00Z\"}],\"total\":1,\"as_of\":\"R2\"}");
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true,"
                              "\"message_count\":1,\"updated_at\":\"2026-11-22T11:00:00Z\","
                              "\"messages\":[{\"id\":\"m1\",\"text\":\"Готово\"}]}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpint (hd_request_get_message_count (fixture->before), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (fixture->now)), ==, 1);

  /* The same again is no news. */
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r2\",\"number\":\"10317\",\"subject\":\"За телефоном\","
                              "\"updated_at\":\"2026-11-22T12:00:00Z\"}],\"total\":2,\"as_of\":\"R3\"}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  g_assert_null (fixture->before);
  g_assert_cmpstr (hd_request_get_number (fixture->now), ==, "10317");
}

static void
test_can_be_cancelled (HdSyncFixture       *fixture,
                       gconstpointer        data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_hold (fixture->portal, "get_catalog");
  hd_sync_run_async (fixture->sync, cancellable, hd_test_store_result_cb, &result);
  HD_TEST_AWAIT (hd_fake_portal_count (fixture->portal, "get_catalog") == 1);
  g_cancellable_cancel (cancellable);
  hd_test_await (&result);
  g_assert_false (hd_sync_run_finish (fixture->sync, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 0);
  hd_fake_portal_let_go (fixture->portal, "get_catalog");
}

static void
test_reads_page_after_page (HdSyncFixture       *fixture,
                            gconstpointer        data)
{
  hd_fake_portal_push_record (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\"}],\"total\":3,\"as_of\":\"R1\",\"next_cursor\":\"P2\"}");
  hd_fake_portal_push_record (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r2\"}],\"total\":3,\"as_of\":\"R2\",\"next_cursor\":\"P3\"}");

  /* A page that brings nothing ends the list, whatever it says. */
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[],\"total\":3,\"as_of\":\"R3\",\"next_cursor\":\"P3\"}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 3);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 2), ==, "- P3");
  g_assert_cmpuint (hd_sync_fixture_count_requests (fixture), ==, 2);

  /* What changed while the pages were turned is asked for again. */
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
}

static void
test_an_endless_knowledge_base_ends (HdSyncFixture       *fixture,
                                     gconstpointer        data)
{
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[],\"deleted\":[],\"as_of\":\"A1\",\"more\":true}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_articles"), ==, 2);
}

static void
test_without_delta_what_is_gone_goes (HdSyncFixture       *fixture,
                                      gconstpointer        data)
{
  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\"},{\"id\":\"r2\"}],\"total\":2}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_sync_fixture_count_requests (fixture), ==, 2);

  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r2\"}],\"total\":1}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "- -");
  g_assert_cmpuint (hd_sync_fixture_count_requests (fixture), ==, 1);
}

static void
test_asks_for_all_if_the_portal_forgot (HdSyncFixture       *fixture,
                                        gconstpointer        data)
{
  hd_sync_fixture_run_well (fixture);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_REFUSED);
  hd_fake_portal_push_code (fixture->portal, "list_articles", HD_ERROR_REFUSED);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 1), ==, "- -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 1), ==, "-");
}

static void
test_a_conversation_that_fails_is_not_asked_for_twice (HdSyncFixture       *fixture,
                                                       gconstpointer        data)
{
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"updated_at\":\"2026-11-22T10:00:00Z\"},"
                              "{\"id\":\"r2\",\"updated_at\":\"2026-11-22T10:00:00Z\"}],\"total\":2,\"as_of\":\"R1\"}");
  hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_FORBIDDEN);
  hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_NOT_FOUND);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), ==, 2);

  /* One that makes no sense does not hide the other. */
  hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_PROTOCOL);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), ==, 2);
}

static void
test_brings_the_forms_once_for_each_catalog (HdSyncFixture       *fixture,
                                             gconstpointer        data)
{
  const char *second = "{\"version\":\"C2\",\"categories\":[],\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\",\"form_version\":1},"
                       "{\"id\":\"mail\",\"name\":\"Пошта\",\"form_version\":7}]}";

  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 1);
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, "{}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 0);

  /* Only the one that is new; one that fails is asked for again. */
  hd_fake_portal_push_record (fixture->portal, "get_catalog", HD_TYPE_CATALOG, second);
  hd_fake_portal_push_code (fixture->portal, "get_form", HD_ERROR_PROTOCOL);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 1);
  hd_fake_portal_push_record (fixture->portal, "get_form", HD_TYPE_FORM,
                              "{\"offering_id\":\"mail\",\"version\":7,\"fields\":[]}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "get_form", 0), ==, "mail");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 0);
}

/* What is here in the version that the portal tells is not asked for; what failed, or is of another version, is. */
static void
test_asks_for_no_version_twice (HdSyncFixture       *fixture,
                                gconstpointer        data)
{
  static const char *const calls[] = { "list_announcements", "get_catalog", "list_articles" };

  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO,
                              "{\"name\":\"HELP DESK\",\"catalog_version\":\"1\",\"announcements_version\":\"1\","
                              "\"articles_version\":\"1\"}");
  hd_fake_portal_push_code (fixture->portal, "list_articles", HD_ERROR_PROTOCOL);
  g_assert_false (hd_sync_fixture_run (fixture, NULL));

  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_articles"), ==, 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_catalog"), ==, 0);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_announcements"), ==, 0);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *info = g_strdup_printf ("{\"name\":\"HELP DESK\",\"catalog_version\":\"%d\","
                                               "\"announcements_version\":\"%d\",\"articles_version\":\"%d\"}",
                                               i >= 1 ? 2 : 1, 2, i >= 2 ? 2 : 1);

      hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO, info);
      hd_sync_fixture_run_well (fixture);

      for (guint j = 0; j < G_N_ELEMENTS (calls); j++)
        g_assert_cmpuint (hd_fake_portal_count (fixture->portal, calls[j]), ==, i == j);
    }

  /* A portal that tells none is asked. */
  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO, "{\"name\":\"HELP DESK\"}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_catalog"), ==, 1);
}

/* What a bundle has no room for comes alone, and nothing is asked for twice. */
static void
test_pictures_come_by_the_bundle (HdSyncFixture *fixture,
                                  gconstpointer  data)
{
  hd_fake_portal_set_capabilities (fixture->portal, HD_PORTAL_DELTA | HD_PORTAL_MEDIA_BUNDLE);
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"articles\":[{\"id\":\"a1\",\"title\":\"Папір\",\"body\":\"\",\"version\":1,"
                              "\"media\":[\"cf-1\",\"cf-2\",\"cf-3\"]}],\"as_of\":\"A1\",\"more\":false}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media_bundle"), ==, 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 2);

  /* That one is there now; a single one is no bundle. */
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"articles\":[{\"id\":\"a1\",\"title\":\"Папір\",\"body\":\"\",\"version\":2,"
                              "\"media\":[\"cf-1\",\"cf-4\"]}],\"as_of\":\"A2\",\"more\":false}");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media_bundle"), ==, 0);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 1);
}

/* Text first; pictures where the line, the day and the disk have room for them. */
static void
test_pictures_wait_for_room (HdSyncFixture *fixture,
                             gconstpointer  data)
{
  HdSyncLimits limits = { .picture_bytes = G_MAXUINT64 };

  hd_sync_set_limits (fixture->sync, &limits);
  hd_sync_set_metered (fixture->sync, TRUE);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_articles"), ==, 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 0);

  limits.metered_pictures = TRUE;
  hd_sync_set_limits (fixture->sync, &limits);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 1);

  limits = (HdSyncLimits) { .picture_bytes = 0 };
  hd_sync_set_limits (fixture->sync, &limits);
  hd_sync_set_metered (fixture->sync, FALSE);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 0);
}

/* What went over the line today counts, be it of this run of the program or of an earlier one. */
static void
test_the_bytes_of_a_day_are_counted (HdSyncFixture *fixture,
                                     gconstpointer  data)
{
  HdSyncLimits limits = { .picture_bytes = G_MAXUINT64, .daily_bytes = 1000 };

  hd_sync_set_limits (fixture->sync, &limits);
  hd_fake_portal_set_traffic (fixture->portal, 600);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 1);

  hd_fake_portal_set_traffic (fixture->portal, 1001);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_articles"), ==, 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 0);

  /* Another run of the program, which knows only of what it did itself. */
  g_clear_object (&fixture->sync);
  hd_fake_portal_set_traffic (fixture->portal, 0);
  fixture->sync = hd_sync_new (HD_PORTAL (fixture->portal), fixture->store);
  hd_sync_set_limits (fixture->sync, &limits);
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 0);

  /* Yesterday's bytes are over. */
  hd_test_set_value (fixture->store, "portal-traffic", "2026-01-01 5000");
  hd_sync_fixture_run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_media"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  HD_SYNC_TEST ("/sync/brings-everything-in-its-order", NULL, test_brings_everything_in_its_order);
  HD_SYNC_TEST ("/sync/fetches-the-pictures-of-offerings-too", NULL, test_fetches_the_pictures_of_offerings_too);
  HD_SYNC_TEST ("/sync/keeps-what-is-filed-while-the-list-is-read", NULL,
                test_keeps_what_is_filed_while_the_list_is_read);
  HD_SYNC_TEST ("/sync/asks-only-for-what-changed", NULL, test_asks_only_for_what_changed);
  HD_SYNC_TEST ("/sync/tells-what-the-desk-changed", NULL, test_tells_what_the_desk_changed);
  HD_SYNC_TEST ("/sync/can-be-cancelled", NULL, test_can_be_cancelled);
  HD_SYNC_TEST ("/sync/reads-page-after-page", NULL, test_reads_page_after_page);
  HD_SYNC_TEST ("/sync/an-endless-knowledge-base-ends", NULL, test_an_endless_knowledge_base_ends);
  HD_SYNC_TEST ("/sync/without-delta-what-is-gone-goes", NULL, test_without_delta_what_is_gone_goes);
  HD_SYNC_TEST ("/sync/asks-for-all-if-the-portal-forgot", NULL, test_asks_for_all_if_the_portal_forgot);
  HD_SYNC_TEST ("/sync/a-conversation-that-fails-is-not-asked-for-twice", NULL,
                test_a_conversation_that_fails_is_not_asked_for_twice);
  HD_SYNC_TEST ("/sync/asks-for-no-version-twice", NULL, test_asks_for_no_version_twice);
  HD_SYNC_TEST ("/sync/brings-the-forms-once-for-each-catalog", NULL, test_brings_the_forms_once_for_each_catalog);
  HD_SYNC_TEST ("/sync/pictures-come-by-the-bundle", NULL, test_pictures_come_by_the_bundle);
  HD_SYNC_TEST ("/sync/pictures-wait-for-room", NULL, test_pictures_wait_for_room);
  HD_SYNC_TEST ("/sync/the-bytes-of-a-day-are-counted", NULL, test_the_bytes_of_a_day_are_counted);

  return g_test_run ();
}
