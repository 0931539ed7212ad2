/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-record-json.h"
#include "store-support.h"

static void
put_summary (HdStore    *store,
             const char *status,
             guint       minute,
             guint       n_messages)
{
  g_autoptr (HdRequest) request =
    make_request ("{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"Тема\",\"status\":\"%s\","
                  "\"updated_at\":\"2026-11-22T09:%02u:00Z\",\"message_count\":%u}", status, minute, n_messages);
  g_autoptr (GListStore) items = g_list_store_new (HD_TYPE_REQUEST);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);

  g_list_store_append (items, request);
  g_assert_true (CALL (store, apply_requests, page, HD_STORE_PART_OF_LIST));
}

/* Who wrote: a letter for each message, m for mine, d for the desk's. */
static HdRequest *
make_conversation (const char *status,
                   guint       minute,
                   const char *who)
{
  g_autoptr (GString) messages = g_string_new (NULL);

  for (guint i = 0; who[i] != '\0'; i++)
    g_string_append_printf (messages, "%s{\"id\":\"m%u\",\"text\":\"слово%u\",\"mine\":%s}", i > 0 ? "," : "", i, i,
                            who[i] == 'm' ? "true" : "false");

  return make_request ("{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"Тема\",\"status\":\"%s\","
                       "\"updated_at\":\"2026-11-22T09:%02u:00Z\",\"messages\":[%s]}", status, minute, messages->str);
}

static void
put_conversation (HdStore    *store,
                  const char *status,
                  guint       minute,
                  const char *who)
{
  g_autoptr (HdRequest) request = make_conversation (status, minute, who);

  g_assert_true (CALL (store, put_request, request));
}

static void
assert_unread (HdStore  *store,
               gboolean  unread)
{
  g_autoptr (HdRequest) request = CALL (store, get_request, "r1");

  g_assert_cmpint (hd_request_get_unread (request), ==, unread);
  g_assert_cmpint (CALL (store, count_unread), ==, unread ? 1 : 0);
}

static void
test_a_summary_is_kept_with_all_it_says (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr (HdRequest) request =
    make_request ("{\"id\":\"r1\",\"number\":\"10316\",\"kind\":\"incident\",\"subject\":\"Тема\",\"offering_id\":\"o\","
                  "\"offering_name\":\"Назва\",\"status\":\"in-progress\",\"status_label\":\"В роботі\","
                  "\"waiting_for_me\":true,\"priority\":\"high\",\"created_at\":\"2026-11-01T01:02:03.456Z\","
                  "\"updated_at\":\"2026-11-02T01:02:03Z\",\"closed_at\":\"2026-11-03T01:02:03Z\","
                  "\"message_count\":3,\"assignee\":\"Хтось\"}");
  g_autoptr (GListStore) items = g_list_store_new (HD_TYPE_REQUEST);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);
  g_autoptr (HdRequest) read = NULL;

  g_list_store_append (items, request);
  g_assert_true (CALL (fixture->store, apply_requests, page, HD_STORE_PART_OF_LIST));
  fixture_reopen (fixture);

  read = CALL (fixture->store, get_request, "r1");
  g_assert_false (hd_request_get_complete (read));
  g_assert_true (hd_record_equal (HD_RECORD (read), HD_RECORD (request)));
  g_assert_null (CALL (fixture->store, get_request, "r2"));
}

static void
test_a_conversation_comes_back_whole (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (HdRequest) request =
    make_request ("{\"id\":\"r1\",\"number\":\"1\",\"updated_at\":\"2026-11-02T01:02:03Z\",\"message_count\":1,"
                  "\"fields\":[{\"field_id\":\"f\",\"label\":\"L\",\"value\":\"V\"}],"
                  "\"messages\":[{\"id\":\"m\",\"author\":\"A\",\"text\":\"T\",\"attachments\":[{\"id\":\"x\",\"name\":\"n\"}]}],"
                  "\"history\":[{\"status\":\"registered\",\"by\":\"B\"}],\"attachments\":[{\"id\":\"y\",\"name\":\"n\"}],"
                  "\"actions\":[\"reply\",\"cancel\"],\"rating\":4}");
  g_autoptr (HdRequest) read = NULL;

  g_assert_true (CALL (fixture->store, put_request, request));
  fixture_reopen (fixture);

  read = CALL (fixture->store, get_request, "r1");
  g_assert_true (hd_request_get_complete (read));
  g_object_set (read, "complete", FALSE, NULL);
  g_assert_true (hd_record_equal (HD_RECORD (read), HD_RECORD (request)));
}

static void
test_a_conversation_is_complete_until_the_summary_moves_on (Fixture       *fixture,
                                                            gconstpointer  data)
{
  g_autoptr (HdRequest) stale = NULL;
  g_autoptr (HdRequest) fresh = NULL;
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) behind = NULL;
  g_auto (GStrv) after = NULL;

  put_conversation (fixture->store, "registered", 10, "m");
  before = CALL (fixture->store, list_stale_requests, 0, 10);
  g_assert_cmpuint (g_strv_length (before), ==, 0);

  put_summary (fixture->store, "in-progress", 20, 2);
  behind = CALL (fixture->store, list_stale_requests, 0, 10);
  g_assert_cmpstr (behind[0], ==, "r1");

  /* What is kept of the conversation is still there, with the newer state. */
  stale = CALL (fixture->store, get_request, "r1");
  g_assert_false (hd_request_get_complete (stale));
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (stale)), ==, 1);
  g_assert_cmpint (hd_request_get_status (stale), ==, HD_STATUS_IN_PROGRESS);

  put_conversation (fixture->store, "in-progress", 20, "md");
  after = CALL (fixture->store, list_stale_requests, 0, 10);
  fresh = CALL (fixture->store, get_request, "r1");
  g_assert_cmpuint (g_strv_length (after), ==, 0);
  g_assert_true (hd_request_get_complete (fresh));
}

static void
test_an_older_list_does_not_undo_what_is_newer (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autoptr (HdRequest) request = NULL;

  put_conversation (fixture->store, "closed", 30, "md");
  put_summary (fixture->store, "registered", 10, 1);

  request = CALL (fixture->store, get_request, "r1");
  g_assert_cmpint (hd_request_get_status (request), ==, HD_STATUS_CLOSED);
  g_assert_true (hd_request_get_complete (request));
  g_assert_false (hd_request_get_unread (request));
}

static void
test_the_first_sync_marks_nothing_as_unread (Fixture       *fixture,
                                             gconstpointer  data)
{
  put_summary (fixture->store, "in-progress", 10, 5);
  assert_unread (fixture->store, FALSE);
  put_conversation (fixture->store, "in-progress", 10, "mdmdd");
  assert_unread (fixture->store, FALSE);
}

static void
test_what_the_desk_changed_is_unread_until_read (Fixture       *fixture,
                                                 gconstpointer  data)
{
  put_summary (fixture->store, "registered", 10, 1);
  put_summary (fixture->store, "in-progress", 11, 1);
  assert_unread (fixture->store, TRUE);

  g_assert_true (CALL (fixture->store, mark_read, "r1"));
  assert_unread (fixture->store, FALSE);
  put_summary (fixture->store, "in-progress", 11, 1);
  assert_unread (fixture->store, FALSE);

  put_summary (fixture->store, "in-progress", 12, 2);
  assert_unread (fixture->store, TRUE);
  put_conversation (fixture->store, "in-progress", 12, "md");
  assert_unread (fixture->store, TRUE);

  g_assert_true (CALL (fixture->store, mark_read, "r1"));
  put_conversation (fixture->store, "in-progress", 12, "md");
  assert_unread (fixture->store, FALSE);
  put_conversation (fixture->store, "in-progress", 13, "mdd");
  assert_unread (fixture->store, TRUE);
  g_assert_true (CALL (fixture->store, mark_read, "none"));
}

static void
test_ones_own_words_from_elsewhere_are_not_unread (Fixture       *fixture,
                                                   gconstpointer  data)
{
  put_conversation (fixture->store, "in-progress", 10, "md");
  g_assert_true (CALL (fixture->store, mark_read, "r1"));

  /* A reply from the telephone: the summary cannot tell whose it was. */
  put_summary (fixture->store, "in-progress", 20, 3);
  assert_unread (fixture->store, TRUE);
  put_conversation (fixture->store, "in-progress", 20, "mdm");
  assert_unread (fixture->store, FALSE);

  /* But what the desk wrote in between was not seen. */
  put_conversation (fixture->store, "in-progress", 21, "mdmdm");
  assert_unread (fixture->store, TRUE);
  g_assert_true (CALL (fixture->store, mark_read, "r1"));

  put_summary (fixture->store, "closed", 22, 5);
  put_conversation (fixture->store, "closed", 22, "mdmdm");
  assert_unread (fixture->store, TRUE);
}

static void
test_the_answer_to_ones_own_action_is_read (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdSubmission) submission =
    g_object_new (HD_TYPE_SUBMISSION, "id", "s", "client-key", "k", "action", HD_ACTION_CANCEL, NULL);
  g_autoptr (HdRequest) request = make_conversation ("cancelled", 20, "m");

  put_summary (fixture->store, "registered", 10, 1);
  g_assert_true (CALL (fixture->store, enqueue, submission));
  g_assert_true (CALL (fixture->store, finish_submission, "s", request));
  assert_unread (fixture->store, FALSE);

  put_summary (fixture->store, "cancelled", 20, 1);
  assert_unread (fixture->store, FALSE);
}

static void
test_unread_survives_reopening (Fixture       *fixture,
                                gconstpointer  data)
{
  put_summary (fixture->store, "registered", 10, 1);
  put_summary (fixture->store, "closed", 11, 1);
  fixture_reopen (fixture);
  assert_unread (fixture->store, TRUE);
}

static void
put_many (HdStore *store,
          guint    n)
{
  g_autoptr (GListStore) items = g_list_store_new (HD_TYPE_REQUEST);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);
  static const char *const statuses[] = { "registered", "in-progress", "closed", "cancelled" };
  static const char *const priorities[] = { "none", "low", "normal", "high", "critical" };
  static const char *const subjects[] = { "яблуко", "абетка", "Ґанок", "їжак", "вʼюн" };

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HdRequest) request =
        make_request ("{\"id\":\"r%u\",\"number\":\"%u\",\"kind\":\"%s\",\"subject\":\"%s %u\",\"status\":\"%s\","
                      "\"priority\":\"%s\",\"waiting_for_me\":%s,\"created_at\":\"2026-01-01T00:00:%02uZ\","
                      "\"updated_at\":\"2026-%02u-%02uT00:%02u:%02uZ\"}",
                      i, 9990 + i, i % 2 ? "incident" : "request", subjects[i % 5], i, statuses[i % 4],
                      priorities[i % 5], i % 7 == 0 ? "true" : "false", i % 60,
                      1 + i % 12, 1 + i % 28, i / 60 % 60, i % 60);

      g_list_store_append (items, request);
    }

  g_assert_true (CALL (store, apply_requests, page, HD_STORE_WHOLE_LIST));
}

static int
compare_in_c (HdRequest     *a,
              HdRequest     *b,
              HdRequestSort  sort)
{
  g_autofree char *key_a = NULL;
  g_autofree char *key_b = NULL;

  switch (sort)
    {
    case HD_REQUEST_SORT_NUMBER:
      return atoi (hd_request_get_number (a)) - atoi (hd_request_get_number (b));
    case HD_REQUEST_SORT_SUBJECT:
      key_a = g_utf8_collate_key (hd_request_get_subject (a), -1);
      key_b = g_utf8_collate_key (hd_request_get_subject (b), -1);
      return strcmp (key_a, key_b);
    case HD_REQUEST_SORT_KIND:
      return (int) hd_request_get_kind (a) - (int) hd_request_get_kind (b);
    case HD_REQUEST_SORT_STATUS:
      return (int) hd_request_get_status (a) - (int) hd_request_get_status (b);
    case HD_REQUEST_SORT_PRIORITY:
      return (int) hd_request_get_priority (a) - (int) hd_request_get_priority (b);
    case HD_REQUEST_SORT_CREATED:
      return g_date_time_compare (hd_request_get_created_at (a), hd_request_get_created_at (b));
    case HD_REQUEST_SORT_UPDATED:
    default:
      return g_date_time_compare (hd_request_get_updated_at (a), hd_request_get_updated_at (b));
    }
}

static void
test_every_sort_is_in_order_both_ways (Fixture       *fixture,
                                       gconstpointer  data)
{
  put_many (fixture->store, 300);

  for (int sort = HD_REQUEST_SORT_UPDATED; sort <= HD_REQUEST_SORT_CREATED; sort++)
    {
      for (int descending = 0; descending <= 1; descending++)
        {
          HdRequestFilter filter = { .sort = sort, .descending = descending };
          g_autoptr (GListModel) list = CALL (fixture->store, list_requests, &filter);

          g_assert_cmpuint (g_list_model_get_n_items (list), ==, 300);
          for (guint i = 1; i < 300; i++)
            {
              g_autoptr (HdRequest) a = g_list_model_get_item (list, i - 1);
              g_autoptr (HdRequest) b = g_list_model_get_item (list, i);
              int order = compare_in_c (a, b, sort);

              g_assert_cmpint (descending ? -order : order, <=, 0);
            }
        }
    }
}

static gboolean
passes_in_c (HdRequest             *request,
             const HdRequestFilter *filter)
{
  gboolean open = hd_status_is_open (hd_request_get_status (request));

  return (filter->scope != HD_REQUEST_SCOPE_OPEN || open) &&
         (filter->scope != HD_REQUEST_SCOPE_CLOSED || !open) &&
         (filter->scope != HD_REQUEST_SCOPE_WAITING || hd_request_get_waiting_for_me (request)) &&
         (filter->kind == HD_KIND_NONE || hd_request_get_kind (request) == filter->kind) &&
         (filter->status == HD_STATUS_UNKNOWN || hd_request_get_status (request) == filter->status);
}

static void
test_every_filter_lets_through_what_it_says (Fixture       *fixture,
                                             gconstpointer  data)
{
  HdRequestFilter everything = { 0 };
  g_autoptr (GListModel) all = NULL;

  put_many (fixture->store, 300);
  all = CALL (fixture->store, list_requests, &everything);

  for (guint i = 0; i < 4 * 3 * 5; i++)
    {
      HdRequestFilter filter = { .scope = i % 4, .kind = i / 4 % 3, .status = i / 12 };
      g_autoptr (GListModel) list = CALL (fixture->store, list_requests, &filter);
      guint expected = 0;

      for (guint j = 0; j < 300; j++)
        {
          g_autoptr (HdRequest) request = g_list_model_get_item (all, j);

          expected += passes_in_c (request, &filter);
        }

      g_assert_cmpuint (g_list_model_get_n_items (list), ==, expected);
      for (guint j = 0; j < expected; j++)
        {
          g_autoptr (HdRequest) request = g_list_model_get_item (list, j);

          g_assert_true (passes_in_c (request, &filter));
        }
    }
}

static void
assert_found (HdStore    *store,
              const char *text,
              guint       n)
{
  HdRequestFilter filter = { .text = text };
  g_autoptr (GListModel) list = CALL (store, list_requests, &filter);

  g_test_message ("%s", text);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n);
}

static void
test_a_list_is_searched_by_number_and_words (Fixture       *fixture,
                                             gconstpointer  data)
{
  put_many (fixture->store, 100);
  put_conversation (fixture->store, "closed", 10, "md");

  assert_found (fixture->store, "10000", 1);
  assert_found (fixture->store, "№10000", 1);
  assert_found (fixture->store, "1000", 10);
  assert_found (fixture->store, "ґанок", 20);
  assert_found (fixture->store, "ҐАН 2", 3);
  assert_found (fixture->store, "слово1", 1);
  assert_found (fixture->store, "нема", 0);
  assert_found (fixture->store, "\"'*", 0);
  assert_found (fixture->store, "  ", 100);
}

static void
test_a_period_counts_from_now (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GListStore) items = g_list_store_new (HD_TYPE_REQUEST);
  g_autoptr (HdRequestPage) page = g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);
  const guint days[] = { 1, 7, 30, 0 };
  const guint expected[] = { 1, 2, 3, 4 };

  for (guint i = 0; i < 4; i++)
    {
      const int ages[] = { 0, 5, 20, 400 };
      g_autoptr (GDateTime) updated = g_date_time_add_days (now, -ages[i]);
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autoptr (HdRequest) request = g_object_new (HD_TYPE_REQUEST, "id", id, "updated-at", updated, NULL);

      g_list_store_append (items, request);
    }

  g_assert_true (CALL (fixture->store, apply_requests, page, HD_STORE_WHOLE_LIST));

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      HdRequestFilter filter = { .days = days[i] };
      g_autoptr (GListModel) list = CALL (fixture->store, list_requests, &filter);

      g_assert_cmpuint (g_list_model_get_n_items (list), ==, expected[i]);
    }
}

static void
test_a_complete_list_deletes_what_it_does_not_name (Fixture       *fixture,
                                                    gconstpointer  data)
{
  HdRequestFilter all = { 0 };
  g_autoptr (GListModel) list = NULL;

  put_conversation (fixture->store, "closed", 10, "md");
  put_many (fixture->store, 50);
  put_many (fixture->store, 20);

  list = CALL (fixture->store, list_requests, &all);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 20);
  assert_found (fixture->store, "10031", 0);
  assert_found (fixture->store, "їжак", 4);
}

static void
test_stale_ones_come_open_ones_first (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_auto (GStrv) ids = NULL;

  put_many (fixture->store, 40);
  ids = CALL (fixture->store, list_stale_requests, 0, 25);
  g_assert_cmpuint (g_strv_length (ids), ==, 25);

  for (guint i = 0; i < 25; i++)
    g_assert_cmpint (atoi (ids[i] + 1) % 4 < 2, ==, i < 20);
}

static void
test_twenty_thousand_are_listed (Fixture       *fixture,
                                 gconstpointer  data)
{
  HdRequestFilter all = { .sort = HD_REQUEST_SORT_NUMBER };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (HdRequest) last = NULL;

  put_many (fixture->store, 20000);
  list = CALL (fixture->store, list_requests, &all);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 20000);
  last = g_list_model_get_item (list, 19999);
  g_assert_cmpstr (hd_request_get_number (last), ==, "29989");
  g_assert_null (g_list_model_get_item (list, 20000));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/requests/a-summary-is-kept-with-all-it-says", test_a_summary_is_kept_with_all_it_says);
  ADD_TEST ("/store/requests/a-conversation-comes-back-whole", test_a_conversation_comes_back_whole);
  ADD_TEST ("/store/requests/a-conversation-is-complete-until-the-summary-moves-on",
            test_a_conversation_is_complete_until_the_summary_moves_on);
  ADD_TEST ("/store/requests/an-older-list-does-not-undo-what-is-newer",
            test_an_older_list_does_not_undo_what_is_newer);
  ADD_TEST ("/store/requests/the-first-sync-marks-nothing-as-unread", test_the_first_sync_marks_nothing_as_unread);
  ADD_TEST ("/store/requests/what-the-desk-changed-is-unread-until-read",
            test_what_the_desk_changed_is_unread_until_read);
  ADD_TEST ("/store/requests/ones-own-words-from-elsewhere-are-not-unread",
            test_ones_own_words_from_elsewhere_are_not_unread);
  ADD_TEST ("/store/requests/the-answer-to-ones-own-action-is-read", test_the_answer_to_ones_own_action_is_read);
  ADD_TEST ("/store/requests/unread-survives-reopening", test_unread_survives_reopening);
  ADD_TEST ("/store/requests/every-sort-is-in-order-both-ways", test_every_sort_is_in_order_both_ways);
  ADD_TEST ("/store/requests/every-filter-lets-through-what-it-says", test_every_filter_lets_through_what_it_says);
  ADD_TEST ("/store/requests/a-list-is-searched-by-number-and-words", test_a_list_is_searched_by_number_and_words);
  ADD_TEST ("/store/requests/a-period-counts-from-now", test_a_period_counts_from_now);
  ADD_TEST ("/store/requests/a-complete-list-deletes-what-it-does-not-name",
            test_a_complete_list_deletes_what_it_does_not_name);
  ADD_TEST ("/store/requests/stale-ones-come-open-ones-first", test_stale_ones_come_open_ones_first);
  ADD_TEST ("/store/requests/twenty-thousand-are-listed", test_twenty_thousand_are_listed);

  return g_test_run ();
}
