/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-fake-portal.h"
#include "hd-record-json.h"
#include "hd-sync.h"
#include "session-support.h"

#define PICTURE "picture"

typedef struct
{
  HdFakePortal *portal;
  HdStore      *store;
  HdSync       *sync;
  char         *directory;
  char         *sum;        /* of PICTURE */
  guint         n_changed;
  HdRequest    *before;     /* (owned) (nullable): of the last change */
  HdRequest    *now;        /* (owned) (nullable) */
} Fixture;

static void
request_changed_cb (HdSync    *sync,
                    HdRequest *before,
                    HdRequest *now,
                    Fixture   *fixture)
{
  fixture->n_changed++;
  g_set_object (&fixture->before, before);
  g_set_object (&fixture->now, now);
}

static void
set_content (Fixture *fixture)
{
  g_autofree char *articles = g_strdup_printf ("{\"categories\":[],\"articles\":[{\"id\":\"a1\",\"title\":\"Папір\","
                                               "\"body\":\"<p>Текст</p>\",\"version\":1,\"media\":[\"%s\"]}],"
                                               "\"deleted\":[],\"as_of\":\"A1\",\"more\":false}", fixture->sum);

  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO, "{\"name\":\"HELP DESK\"}");
  hd_fake_portal_set_default (fixture->portal, "list_announcements", HD_TYPE_ANNOUNCEMENT_LIST,
                              "{\"announcements\":[{\"id\":\"n1\",\"title\":\"Новина\"}]}");
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG,
                              "{\"version\":\"C1\",\"categories\":[],\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\"}]}");
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\","
                              "\"updated_at\":\"2026-11-22T10:00:00Z\"}],\"total\":1,\"as_of\":\"R1\"}");
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true,"
                              "\"updated_at\":\"2026-11-22T10:00:00Z\",\"messages\":[]}");
  hd_fake_portal_set_default (fixture->portal, "get_form", HD_TYPE_FORM,
                              "{\"offering_id\":\"vpn\",\"version\":1,\"fields\":[]}");
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES, articles);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = hd_test_make_tmp_dir ();
  fixture->store = hd_test_open_store (fixture->directory);
  fixture->portal = hd_fake_portal_new ();
  fixture->sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PICTURE, -1);
  fixture->sync = hd_sync_new (HD_PORTAL (fixture->portal), fixture->store);
  g_signal_connect (fixture->sync, "request-changed", G_CALLBACK (request_changed_cb), fixture);
  set_content (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->sync));
  hd_store_close (fixture->store);
  hd_test_drop (g_steal_pointer (&fixture->store));
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  g_clear_object (&fixture->before);
  g_clear_object (&fixture->now);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->sum);
}

static gboolean
run (Fixture  *fixture,
     GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_fake_portal_forget_calls (fixture->portal);
  hd_sync_run_async (fixture->sync, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_sync_run_finish (fixture->sync, result, error);
}

static void
run_well (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (fixture, &error));
  g_assert_no_error (error);
}

static guint
count_articles (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) articles = NULL;

  hd_store_list_articles_async (fixture->store, NULL, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  articles = hd_store_list_articles_finish (fixture->store, result, NULL);
  g_assert_nonnull (articles);

  return g_list_model_get_n_items (articles);
}

static guint
count_requests (Fixture *fixture)
{
  g_autoptr (GListModel) requests = hd_test_list_requests (fixture->store);

  return g_list_model_get_n_items (requests);
}

static void
test_brings_everything_in_its_order (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autofree char *synced_at = NULL;

  /* The fake gives no bytes: the picture is asked for last, and its lack is no fault. */
  run_well (fixture);

  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 0), ==, "get_info ");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 1), ==, "list_announcements ");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 2), ==, "get_catalog -");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 3), ==, "list_requests - -");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 4), ==, "get_request r1");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 5), ==, "get_form vpn");
  g_assert_cmpstr (hd_fake_portal_get_nth (fixture->portal, 6), ==, "list_articles -");
  g_assert_true (g_str_has_prefix (hd_fake_portal_get_nth (fixture->portal, 7), "get_media "));
  g_assert_null (hd_fake_portal_get_nth (fixture->portal, 8));

  g_assert_cmpuint (count_articles (fixture), ==, 1);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
  synced_at = hd_test_get_value (fixture->store, "synced-at");
  g_assert_nonnull (synced_at);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_fetches_the_pictures_of_offerings_too (Fixture       *fixture,
                                            gconstpointer  data)
{
  guint n_asked = 0;
  const char *call;

  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG,
                              "{\"version\":\"C1\",\"categories\":[],\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\","
                              "\"icon\":\"media:cf-3\"}]}");
  run_well (fixture);

  for (guint i = 0; (call = hd_fake_portal_get_nth (fixture->portal, i)) != NULL; i++)
    n_asked += g_str_equal (call, "get_media cf-3");

  g_assert_cmpuint (n_asked, ==, 1);
}

/* The list that is on its way cannot have it yet. */
static void
test_keeps_what_is_filed_while_the_list_is_read (Fixture       *fixture,
                                                 gconstpointer  data)
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
  g_assert_cmpuint (count_requests (fixture), ==, 2);
}

static void
test_asks_only_for_what_changed (Fixture       *fixture,
                                 gconstpointer  data)
{
  run_well (fixture);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[],\"total\":0,\"as_of\":\"R2\"}");
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[],\"deleted\":[],\"as_of\":\"A2\",\"more\":false}");
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, "{}");
  run_well (fixture);

  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "get_catalog", 0), ==, "C1");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 0), ==, "A1");
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), ==, 0);

  /* Nothing of what was there is gone. */
  g_assert_cmpuint (count_articles (fixture), ==, 1);
  g_assert_cmpuint (count_requests (fixture), ==, 1);

  run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R2 -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 0), ==, "A2");
}

static void
test_tells_what_the_desk_changed (Fixture       *fixture,
                                  gconstpointer  data)
{
  run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 0);

  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"message_count\":1,"
                              "\"updated_at\":\"2026-11-22T11:00:00Z\"}],\"total\":1,\"as_of\":\"R2\"}");
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true,"
                              "\"message_count\":1,\"updated_at\":\"2026-11-22T11:00:00Z\","
                              "\"messages\":[{\"id\":\"m1\",\"text\":\"Готово\"}]}");
  run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpint (hd_request_get_message_count (fixture->before), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (fixture->now)), ==, 1);

  /* The same again is no news. */
  run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r2\",\"number\":\"10317\",\"subject\":\"За телефоном\","
                              "\"updated_at\":\"2026-11-22T12:00:00Z\"}],\"total\":2,\"as_of\":\"R3\"}");
  run_well (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  g_assert_null (fixture->before);
  g_assert_cmpstr (hd_request_get_number (fixture->now), ==, "10317");
}

static void
test_goes_on_without_what_is_not_offered (Fixture       *fixture,
                                          gconstpointer  data)
{
  hd_fake_portal_push_code (fixture->portal, "list_announcements", HD_ERROR_NOT_FOUND);
  run_well (fixture);
  g_assert_cmpuint (count_articles (fixture), ==, 1);

  hd_fake_portal_set_capabilities (fixture->portal, HD_PORTAL_DELTA);
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_announcements"), ==, 0);
}

static void
test_one_broken_step_does_not_stop_the_rest (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autofree char *synced_at = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (fixture->portal, "get_catalog", HD_ERROR_PROTOCOL);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_FORBIDDEN);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
  g_assert_cmpuint (count_articles (fixture), ==, 1);

  /* It is not as if everything were up to date. */
  synced_at = hd_test_get_value (fixture->store, "synced-at");
  g_assert_null (synced_at);
}

static const char *const parts[] = {
  "get_info", "list_announcements", "get_catalog", "list_requests", "get_request", "get_form", "list_articles",
};

/* Each in turn: the others are brought, and the whole is no newer than the part that is not. */
static void
test_a_part_that_fails_does_not_stop_the_rest (Fixture       *fixture,
                                               gconstpointer  data)
{
  const char *part = data;
  g_autofree char *synced_at = NULL;
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (fixture->portal, part, HD_ERROR_UNAVAILABLE);
  g_assert_false (run (fixture, &error));
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

  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, part), ==, 1);
  g_assert_cmpuint (count_articles (fixture), ==, 1);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

static void
test_the_first_error_is_told (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_code (fixture->portal, "get_catalog", HD_ERROR_TOO_LARGE);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_UNAVAILABLE);
  hd_fake_portal_push_code (fixture->portal, "list_articles", HD_ERROR_PROTOCOL);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_TOO_LARGE);
}

/* It is not asked for all over again, as where it does not know since when. */
static void
test_a_part_that_fails_is_asked_from_where_it_was (Fixture       *fixture,
                                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  run_well (fixture);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_UNAVAILABLE);
  g_assert_false (run (fixture, &error));
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 1);
  run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
}

static void
test_a_portal_that_fails_everywhere_is_left_alone (Fixture       *fixture,
                                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    hd_fake_portal_push_code (fixture->portal, parts[i], HD_ERROR_UNAVAILABLE);

  g_assert_false (run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_UNAVAILABLE);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_catalog"), ==, 1);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 0);
}

/* Conversations: some that fail hide none, but where many do, the rest is not tried in vain. */
static void
test_many_that_fail_are_enough (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (GString) page = g_string_new ("{\"items\":[");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 9; i++)
    g_string_append_printf (page, "%s{\"id\":\"r%u\",\"updated_at\":\"2026-11-22T10:00:00Z\"}", i > 0 ? "," : "", i);

  g_string_append (page, "],\"total\":9,\"as_of\":\"R1\"}");
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE, page->str);

  for (guint i = 0; i < 9; i++)
    hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_UNAVAILABLE);

  g_assert_false (run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_INCOMPLETE);
  /* Those that were under way when the third failed, and no more. */
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), <=, 3 + 3);
  g_assert_cmpuint (count_articles (fixture), ==, 1);
}

static void
test_stops_where_nothing_else_would_fare_better (Fixture       *fixture,
                                                 gconstpointer  data)
{
  static const HdError codes[] = { HD_ERROR_NETWORK, HD_ERROR_NAME, HD_ERROR_TLS, HD_ERROR_MAINTENANCE,
                                   HD_ERROR_SIGNED_OUT, HD_ERROR_RATE_LIMITED, HD_ERROR_LOCKED };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;

      hd_fake_portal_push_code (fixture->portal, "list_announcements", (int) codes[i]);
      g_assert_false (run (fixture, &error));
      g_assert_error (error, HD_ERROR, (int) codes[i]);
      g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_catalog"), ==, 0);
    }
}

static void
test_goes_on_where_it_was_cut_short (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  hd_fake_portal_push_record (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[{\"id\":\"a0\",\"title\":\"Перша\",\"version\":1}],"
                              "\"deleted\":[],\"as_of\":\"A0\",\"more\":true}");
  hd_fake_portal_push_code (fixture->portal, "list_articles", HD_ERROR_NETWORK);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_NETWORK);
  g_assert_cmpuint (count_articles (fixture), ==, 1);

  run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 0), ==, "A0");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
  g_assert_cmpuint (count_articles (fixture), ==, 2);
}

static void
test_can_be_cancelled (Fixture       *fixture,
                       gconstpointer  data)
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
test_reads_page_after_page (Fixture       *fixture,
                            gconstpointer  data)
{
  hd_fake_portal_push_record (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\"}],\"total\":3,\"as_of\":\"R1\",\"next_cursor\":\"P2\"}");
  hd_fake_portal_push_record (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r2\"}],\"total\":3,\"as_of\":\"R2\",\"next_cursor\":\"P3\"}");

  /* A page that brings nothing ends the list, whatever it says. */
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[],\"total\":3,\"as_of\":\"R3\",\"next_cursor\":\"P3\"}");
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_requests"), ==, 3);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 2), ==, "- P3");
  g_assert_cmpuint (count_requests (fixture), ==, 2);

  /* What changed while the pages were turned is asked for again. */
  run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
}

static void
test_an_endless_knowledge_base_ends (Fixture       *fixture,
                                     gconstpointer  data)
{
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES,
                              "{\"categories\":[],\"articles\":[],\"deleted\":[],\"as_of\":\"A1\",\"more\":true}");
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "list_articles"), ==, 2);
}

static void
test_without_delta_what_is_gone_goes (Fixture       *fixture,
                                      gconstpointer  data)
{
  hd_fake_portal_set_capabilities (fixture->portal, 0);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\"},{\"id\":\"r2\"}],\"total\":2}");
  run_well (fixture);
  g_assert_cmpuint (count_requests (fixture), ==, 2);

  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r2\"}],\"total\":1}");
  run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "- -");
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

static void
test_asks_for_all_if_the_portal_forgot (Fixture       *fixture,
                                        gconstpointer  data)
{
  run_well (fixture);
  hd_fake_portal_push_code (fixture->portal, "list_requests", HD_ERROR_REFUSED);
  hd_fake_portal_push_code (fixture->portal, "list_articles", HD_ERROR_REFUSED);
  run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 0), ==, "R1 -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_requests", 1), ==, "- -");
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "list_articles", 1), ==, "-");
}

static void
test_a_conversation_that_fails_is_not_asked_for_twice (Fixture       *fixture,
                                                       gconstpointer  data)
{
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"updated_at\":\"2026-11-22T10:00:00Z\"},"
                              "{\"id\":\"r2\",\"updated_at\":\"2026-11-22T10:00:00Z\"}],\"total\":2,\"as_of\":\"R1\"}");
  hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_FORBIDDEN);
  hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_NOT_FOUND);
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), ==, 2);

  /* One that makes no sense does not hide the other. */
  hd_fake_portal_push_code (fixture->portal, "get_request", HD_ERROR_PROTOCOL);
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_request"), ==, 2);
}

static void
test_brings_the_forms_once_for_each_catalog (Fixture       *fixture,
                                             gconstpointer  data)
{
  const char *second = "{\"version\":\"C2\",\"categories\":[],\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\",\"form_version\":1},"
                       "{\"id\":\"mail\",\"name\":\"Пошта\",\"form_version\":7}]}";

  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 1);
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, "{}");
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 0);

  /* Only the one that is new; one that fails is asked for again. */
  hd_fake_portal_push_record (fixture->portal, "get_catalog", HD_TYPE_CATALOG, second);
  hd_fake_portal_push_code (fixture->portal, "get_form", HD_ERROR_PROTOCOL);
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 1);
  hd_fake_portal_push_record (fixture->portal, "get_form", HD_TYPE_FORM,
                              "{\"offering_id\":\"mail\",\"version\":7,\"fields\":[]}");
  run_well (fixture);
  g_assert_cmpstr (hd_fake_portal_get_call (fixture->portal, "get_form", 0), ==, "mail");
  run_well (fixture);
  g_assert_cmpuint (hd_fake_portal_count (fixture->portal, "get_form"), ==, 0);
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

  add ("/sync/brings-everything-in-its-order", test_brings_everything_in_its_order);
  add ("/sync/fetches-the-pictures-of-offerings-too", test_fetches_the_pictures_of_offerings_too);
  add ("/sync/keeps-what-is-filed-while-the-list-is-read", test_keeps_what_is_filed_while_the_list_is_read);
  add ("/sync/asks-only-for-what-changed", test_asks_only_for_what_changed);
  add ("/sync/tells-what-the-desk-changed", test_tells_what_the_desk_changed);
  add ("/sync/goes-on-without-what-is-not-offered", test_goes_on_without_what_is_not_offered);
  add ("/sync/one-broken-step-does-not-stop-the-rest", test_one_broken_step_does_not_stop_the_rest);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/a-part-that-fails-does-not-stop-the-rest/", parts[i], NULL);

      g_test_add (path, Fixture, parts[i], set_up, test_a_part_that_fails_does_not_stop_the_rest, tear_down);
    }

  add ("/sync/the-first-error-is-told", test_the_first_error_is_told);
  add ("/sync/a-part-that-fails-is-asked-from-where-it-was", test_a_part_that_fails_is_asked_from_where_it_was);
  add ("/sync/a-portal-that-fails-everywhere-is-left-alone", test_a_portal_that_fails_everywhere_is_left_alone);
  add ("/sync/many-that-fail-are-enough", test_many_that_fail_are_enough);
  add ("/sync/stops-where-nothing-else-would-fare-better", test_stops_where_nothing_else_would_fare_better);
  add ("/sync/goes-on-where-it-was-cut-short", test_goes_on_where_it_was_cut_short);
  add ("/sync/can-be-cancelled", test_can_be_cancelled);
  add ("/sync/reads-page-after-page", test_reads_page_after_page);
  add ("/sync/an-endless-knowledge-base-ends", test_an_endless_knowledge_base_ends);
  add ("/sync/without-delta-what-is-gone-goes", test_without_delta_what_is_gone_goes);
  add ("/sync/asks-for-all-if-the-portal-forgot", test_asks_for_all_if_the_portal_forgot);
  add ("/sync/a-conversation-that-fails-is-not-asked-for-twice",
       test_a_conversation_that_fails_is_not_asked_for_twice);

  add ("/sync/brings-the-forms-once-for-each-catalog", test_brings_the_forms_once_for_each_catalog);

  return g_test_run ();
}
