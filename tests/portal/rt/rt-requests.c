/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-message.h"
#include "hd-rt-fixture.h"
#include "hd-status-change.h"

/* The person's tickets: the list, what changed in it, one with its conversation. */

#define PRINTER "1"
#define LONG "2"
#define OF_OLENA "48"

static HdRequestPage *
list (HdPortal   *portal,
      const char *since,
      const char *cursor)
{
  g_autoptr (GError) error = NULL;
  HdRequestPage *page = HD_PORTAL_CALL (list_requests, portal, &error, since, cursor);

  g_assert_no_error (error);
  return page;
}

static guint
count (HdRequestPage *page)
{
  return g_list_model_get_n_items (hd_request_page_get_items (page));
}

/* Returns: (transfer full) (nullable) */
static HdRequest *
find (HdRequestPage *page,
      const char    *id)
{
  for (guint i = 0; i < count (page); i++)
    {
      g_autoptr (HdRequest) request = g_list_model_get_item (hd_request_page_get_items (page), i);

      if (g_str_equal (hd_request_get_id (request), id))
        return g_steal_pointer (&request);
    }

  return NULL;
}

/* --- The list --- */

static void
create_many (guint n)
{
  g_autoptr (GString) body = g_string_new ("[");
  g_autoptr (JsonNode) answer = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (body, "%s{\"Queue\":\"6\",\"Subject\":\"Багато %u\",\"Requestor\":\"support@rt.local\"}", i > 0 ? "," : "", i);

  g_string_append_c (body, ']');
  answer = hd_rt_server_call ("agent", "POST", "tickets/bulk", body->str);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer)), ==, n);
}

static void
test_no_page_is_left_out (HdRtFixture   *fixture,
                          gconstpointer  user)
{
  g_autoptr (HdRequestPage) first = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;
  guint n_pages = 0;

  /* It takes a while, for which no connection is to stand idle. */
  create_many (60);
  hd_rt_sign_in (fixture->portal, "support");
  first = list (fixture->portal, NULL, NULL);
  g_assert_cmpuint (count (first), ==, 100);
  g_assert_cmpint (hd_request_page_get_total (first), >=, 107);

  do
    {
      g_autoptr (HdRequestPage) page = list (fixture->portal, NULL, cursor);

      for (guint i = 0; i < count (page); i++)
        {
          g_autoptr (HdRequest) request = g_list_model_get_item (hd_request_page_get_items (page), i);

          g_assert_true (g_hash_table_add (ids, g_strdup (hd_request_get_id (request))));
        }

      g_assert_cmpint (hd_request_page_get_total (page), ==, hd_request_page_get_total (first));
      g_free (cursor);
      cursor = g_strdup (hd_request_page_get_next_cursor (page));
      n_pages++;
    }
  while (cursor != NULL);

  g_assert_cmpuint (n_pages, ==, 2);
  g_assert_cmpuint (g_hash_table_size (ids), ==, hd_request_page_get_total (first));
  g_assert_false (g_hash_table_contains (ids, OF_OLENA));
}

/* Numbers are strings in a list and numbers in a record; dates that are not set are of 1970. */
static void
test_a_row_is_whole (HdRtFixture   *fixture,
                     gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_INCIDENT, "Рядок списку", ",\"Priority\":\"50\"");
  g_autoptr (HdRequestPage) page = list (fixture->portal, NULL, NULL);
  g_autoptr (HdRequest) row = find (page, id);
  g_autoptr (HdRequest) whole = hd_rt_fixture_get_request (fixture, id, NULL);

  for (guint i = 0; i < 2; i++)
    {
      HdRequest *request = i == 0 ? row : whole;

      g_assert_cmpstr (hd_request_get_id (request), ==, id);
      g_assert_cmpstr (hd_request_get_number (request), ==, id);
      g_assert_cmpstr (hd_request_get_subject (request), ==, "Рядок списку");
      g_assert_cmpint (hd_request_get_kind (request), ==, HD_KIND_INCIDENT);
      g_assert_cmpstr (hd_request_get_offering_id (request), ==, HD_RT_QUEUE_INCIDENT);
      g_assert_cmpstr (hd_request_get_offering_name (request), ==, "Інциденти");
      g_assert_cmpint (hd_request_get_status (request), ==, HD_STATUS_REGISTERED);
      g_assert_cmpstr (hd_request_get_status_label (request), ==, "нове");
      g_assert_cmpint (hd_request_get_priority (request), ==, HD_PRIORITY_NORMAL);
      g_assert_nonnull (hd_request_get_created_at (request));
      g_assert_null (hd_request_get_closed_at (request));
      g_assert_null (hd_request_get_assignee (request));
    }

  g_assert_false (hd_request_get_complete (row));
  g_assert_true (hd_request_get_complete (whole));
}

/* --- What changed --- */

static void
assert_changes_are_seen (HdPortal *portal)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "До зміни", "");
  g_autoptr (HdRequestPage) before = list (portal, NULL, NULL);
  g_autofree char *changed_id = NULL;
  g_autoptr (HdRequestPage) after = NULL;
  g_autoptr (HdRequest) changed = NULL;

  /* In the same second, even. */
  changed_id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Після", "");
  hd_rt_server_set_status (id, "open");
  after = list (portal, hd_request_page_get_as_of (before), NULL);
  changed = find (after, id);
  g_assert_nonnull (changed);
  g_assert_cmpint (hd_request_get_status (changed), ==, HD_STATUS_IN_PROGRESS);
  g_clear_object (&changed);
  changed = find (after, changed_id);
  g_assert_nonnull (changed);
}

static void
test_only_what_changed_is_asked_for (HdRtFixture   *fixture,
                                     gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Останнє", "");
  g_autoptr (HdRequestPage) all = list (fixture->portal, NULL, NULL);
  g_autoptr (HdRequestPage) none = list (fixture->portal, hd_request_page_get_as_of (all), NULL);

  /* Those of the last second are told again, the others of hours ago are not. */
  g_assert_cmpuint (count (none), >=, 1);
  g_assert_cmpuint (count (none), <, count (all));
  assert_changes_are_seen (fixture->portal);
}

/* Where nobody knows in which zone the server reads a time, it asks for a day more. */
static void
test_changes_without_a_zone (HdRtFixture   *fixture,
                             gconstpointer  user)
{
  g_autofree char *site = g_build_filename (fixture->folder, "site.conf", NULL);
  g_autofree char *here = g_strdup (g_getenv ("TZ"));
  g_autoptr (HdPortal) portal = NULL;
  g_autoptr (HdRequestPage) before = NULL;
  g_autoptr (HdRequestPage) after = NULL;
  g_autoptr (HdRequest) changed = NULL;
  g_autoptr (JsonNode) made = NULL;

  g_assert_true (g_file_set_contents (site, "[Site]\nname=X\n", -1, NULL));
  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  portal = hd_rt_server_create_portal ("", site);
  hd_rt_sign_in (portal, "olena");
  before = list (portal, NULL, NULL);
  made = hd_rt_server_call ("agent", "POST", "ticket", "{\"Queue\":\"3\",\"Subject\":\"Без поясу\",\"Requestor\":\"olena@rt.local\"}");
  after = list (portal, hd_request_page_get_as_of (before), NULL);
  changed = find (after, hd_json_get_string (json_node_get_object (made), "id"));
  g_assert_nonnull (changed);
  g_setenv ("TZ", here, TRUE);
}

static gint64
list_total (HdPortal   *portal,
            const char *since)
{
  g_autoptr (HdRequestPage) page = list (portal, since, NULL);

  return hd_request_page_get_total (page);
}

static void
set_updated (const char *id,
             gint64      seconds)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE Tickets SET LastUpdated = datetime (%" G_GINT64_FORMAT ", 'unixepoch') WHERE id = %s",
                                          seconds, id);

  hd_rt_server_query (sql);
}

/* How many have changed since that time. */
static gint64
count_since (HdPortal *portal,
             gint64    seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *today = g_date_time_format (now, "%F");
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT "/%s", seconds, today);

  return list_total (portal, since);
}

/* By an hour another time than the one that is meant is what RT reads there; one hour it cannot be told. */
static void
test_changes_where_clocks_change (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Уночі", "");
  g_autoptr (GDateTime) back = g_date_time_new_utc (2025, 10, 26, 1, 0, 0);
  gint64 n_all = list_total (fixture->portal, NULL);
  static const struct { int half_hours; gboolean is_told; } times[] = {
    { -7, TRUE }, { -6, FALSE }, { -5, FALSE }, { -4, TRUE }, { -1, TRUE }, { 0, TRUE }, { 2, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 seconds = g_date_time_to_unix (back) + times[i].half_hours * 1800;

      g_test_message ("%d half hours", times[i].half_hours);
      set_updated (id, seconds);
      g_assert_cmpint (count_since (fixture->portal, seconds), ==, n_all);
      g_assert_cmpint (count_since (fixture->portal, seconds + 2), ==, times[i].is_told ? n_all - 1 : n_all);
    }
}

/* What is deleted is in no list of what changed. */
static void
test_the_next_day_all_is_asked_for (HdRtFixture   *fixture,
                                    gconstpointer  user)
{
  static const char *const others[] = { "1795000000/2020-01-01", "1795000000", "", "x/y", "2026-11-27/1/0/1" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_null (HD_PORTAL_CALL (list_requests, fixture->portal, &error, others[i], NULL));
      hd_assert_error_and_clear (error, HD_ERROR_REFUSED);
    }
}

/* --- Statuses --- */

static void
assert_status (HdRtFixture *fixture,
               const char  *id,
               const char  *word,
               HdStatus     status,
               gboolean     waiting)
{
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequestPage) page = NULL;
  g_autoptr (HdRequest) row = NULL;

  hd_rt_server_set_status (id, word);
  request = hd_rt_fixture_get_request (fixture, id, NULL);
  g_assert_cmpstr (hd_request_get_status_label (request), ==, word);
  g_assert_cmpint (hd_request_get_status (request), ==, status);
  g_assert_cmpint (hd_request_get_waiting_for_me (request), ==, waiting);

  page = list (fixture->portal, NULL, NULL);
  row = find (page, id);
  g_assert_cmpint (hd_request_get_status (row), ==, status);
  g_assert_cmpint (hd_request_get_waiting_for_me (row), ==, waiting);
}

static void
test_statuses_mean_something (HdRtFixture   *fixture,
                              gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_INCIDENT, "Статуси", "");
  g_autoptr (HdRequest) closed = NULL;
  g_autofree char *labels = NULL;

  assert_status (fixture, id, "в роботі", HD_STATUS_IN_PROGRESS, FALSE);
  assert_status (fixture, id, "очікує", HD_STATUS_IN_PROGRESS, TRUE);
  assert_status (fixture, id, "вирішено", HD_STATUS_CLOSED, FALSE);
  closed = hd_rt_fixture_get_request (fixture, id, NULL);
  g_assert_nonnull (hd_request_get_closed_at (closed));
  labels = hd_rt_list_dup_words (hd_request_get_history (closed), "status-label");
  g_assert_cmpstr (labels, ==, "нове|в роботі|очікує|вирішено");
}

/* Nobody has heard of them; the server knows whether they are active. */
static void
test_unheard_statuses_are_asked_about (HdRtFixture   *fixture,
                                       gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_INCIDENT, "Невідомі", "");

  hd_rt_server_set_status (id, "в роботі");
  assert_status (fixture, id, "на погодженні", HD_STATUS_IN_PROGRESS, FALSE);
  hd_rt_server_set_status (id, "в роботі");
  assert_status (fixture, id, "в архіві", HD_STATUS_CLOSED, FALSE);
}

/* --- A conversation --- */

static void
test_a_conversation_is_text_and_pictures (HdRtFixture   *fixture,
                                          gconstpointer  user)
{
  g_autoptr (HdRequest) request = hd_rt_fixture_get_request (fixture, PRINTER, NULL);
  GListModel *messages = hd_request_get_messages (request);
  g_autofree char *texts = hd_rt_list_dup_words (messages, "text");
  g_autofree char *authors = hd_rt_list_dup_words (messages, "author");
  g_autoptr (HdMessage) mine = NULL;
  g_autoptr (HdMessage) theirs = NULL;
  g_autofree char *my_files = NULL;
  g_autofree char *their_files = NULL;

  /* The desk's words to itself are not there. */
  g_assert_cmpstr (texts, ==, "Не друкує принтер на 3 поверсі. Знімок додаю.|Вітаю! Зніміть кришку, як тут:\n\n[кришка.png]\n\nТарас");
  g_assert_cmpstr (authors, ==, "Оксана Користувач|Тарас Підтримка");
  g_assert_cmpint (hd_request_get_message_count (request), ==, 2);
  g_assert_cmpstr (hd_request_get_assignee (request), ==, "Тарас Підтримка");

  mine = g_list_model_get_item (messages, 0);
  theirs = g_list_model_get_item (messages, 1);
  my_files = hd_rt_list_dup_words (hd_message_get_attachments (mine), "name");
  their_files = hd_rt_list_dup_words (hd_message_get_attachments (theirs), "name");
  g_assert_true (hd_message_get_mine (mine));
  g_assert_false (hd_message_get_mine (theirs));
  g_assert_cmpstr (my_files, ==, "знімок.png");
  g_assert_cmpstr (their_files, ==, "кришка.png");
}

/* One that is text, and stands where there is none. */
static void
test_a_file_is_not_the_text (HdRtFixture   *fixture,
                             gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Журнал", "");
  g_autofree char *path = g_strdup_printf ("ticket/%s/correspond", id);
  g_autoptr (JsonNode) answer = hd_rt_server_call ("agent", "POST", path, "{\"Content\":\"\",\"ContentType\":\"text/plain\",\"Attachments\":"
                                                   "[{\"FileName\":\"log.txt\",\"FileType\":\"text/plain\",\"FileContent\":\"YWJj\"}]}");
  g_autoptr (HdRequest) request = hd_rt_fixture_get_request (fixture, id, NULL);
  g_autofree char *texts = hd_rt_list_dup_words (hd_request_get_messages (request), "text");
  g_autoptr (HdMessage) theirs = g_list_model_get_item (hd_request_get_messages (request), 1);
  g_autofree char *names = hd_rt_list_dup_words (hd_message_get_attachments (theirs), "name");

  g_assert_nonnull (answer);
  g_assert_cmpstr (texts, ==, "Опис|");
  g_assert_cmpstr (names, ==, "log.txt");
}

/* Whole pages of it are the desk's own, which RT cuts out after counting. */
static void
test_a_long_conversation_has_no_holes (HdRtFixture   *fixture,
                                       gconstpointer  user)
{
  g_autoptr (HdRequest) request = hd_rt_fixture_get_request (fixture, LONG, NULL);
  GListModel *messages = hd_request_get_messages (request);

  g_assert_cmpuint (g_list_model_get_n_items (messages), ==, 25);

  for (guint n = 1; n <= 12; n++)
    {
      g_autoptr (HdMessage) mine = g_list_model_get_item (messages, 2 * n - 1);
      g_autoptr (HdMessage) theirs = g_list_model_get_item (messages, 2 * n);
      g_autofree char *sent = g_strdup_printf ("Надсилаю частину %u.", n);
      g_autofree char *thanks = g_strdup_printf ("Дякую, отримали частину %u.", n);
      g_autofree char *names = g_strdup_printf ("звіт-%u-1.txt|звіт-%u-2.txt", n, n);
      g_autofree char *files = hd_rt_list_dup_words (hd_message_get_attachments (mine), "name");

      g_assert_cmpstr (hd_message_get_text (mine), ==, sent);
      g_assert_cmpstr (hd_message_get_text (theirs), ==, thanks);
      g_assert_cmpstr (files, ==, names);
    }
}

/* What was said does not change. */
static void
test_what_is_held_is_not_asked_for (HdRtFixture   *fixture,
                                    gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Кеш", "");
  g_autoptr (HdRequest) held = hd_rt_fixture_get_request (fixture, id, NULL);
  g_autoptr (HdRequest) again = NULL;
  g_autoptr (HdRequest) more = NULL;
  g_autofree char *texts = NULL;

  hd_rt_server_mark ();
  again = hd_rt_fixture_get_request (fixture, id, held);
  g_assert_cmpuint (hd_rt_server_count_seen ("/attachments"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (again)), ==, 1);

  hd_rt_server_write (id, "correspond", "Нова відповідь", "text/plain");
  hd_rt_server_mark ();
  more = hd_rt_fixture_get_request (fixture, id, again);
  g_assert_cmpuint (hd_rt_server_count_seen ("/attachments"), ==, 2);
  texts = hd_rt_list_dup_words (hd_request_get_messages (more), "text");
  g_assert_cmpstr (texts, ==, "Опис|Нова відповідь");
}

static void
test_what_is_not_ones_own (HdRtFixture   *fixture,
                           gconstpointer  user)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (get_request, fixture->portal, &error, OF_OLENA, NULL));
  hd_assert_error_and_clear (error, HD_ERROR_FORBIDDEN);
  g_assert_null (HD_PORTAL_CALL (get_request, fixture->portal, &error, "99999", NULL));
  hd_assert_error_and_clear (error, HD_ERROR_NOT_FOUND);
}

/* --- Files --- */

static HdAttachment *
get_attachment (HdRequest *request,
                guint      message,
                guint      position)
{
  g_autoptr (HdMessage) owner = g_list_model_get_item (hd_request_get_messages (request), message);

  return g_list_model_get_item (hd_message_get_attachments (owner), position);
}

/* The bytes themselves, to a session. */
static void
test_files_come_by_the_session (HdRtFixture   *fixture,
                                gconstpointer  user)
{
  g_autoptr (HdRequest) request = hd_rt_fixture_get_request (fixture, LONG, NULL);
  g_autoptr (HdAttachment) attachment = get_attachment (request, 1, 1);
  g_autofree char *content = NULL;

  g_assert_cmpint (hd_attachment_get_size (attachment), ==, strlen ("Рядок 1-2\n"));
  hd_rt_server_mark ();
  content = hd_rt_fixture_download (fixture, fixture->portal, LONG, attachment);
  g_assert_cmpstr (content, ==, "Рядок 1-2\n");
  g_assert_cmpuint (hd_rt_server_count_seen ("/SelfService/Attachment/.* 200$"), ==, 1);
  g_assert_cmpuint (hd_rt_server_count_seen ("/REST/2.0/attachment/"), ==, 0);
}

/* Without one, from JSON. */
static void
test_files_come_without_a_session (HdRtFixture   *fixture,
                                   gconstpointer  user)
{
  g_autoptr (HdPortal) portal = hd_rt_server_create_portal ("basic/", NULL);
  g_autoptr (HdRequest) request = hd_rt_fixture_get_request (fixture, LONG, NULL);
  g_autoptr (HdAttachment) attachment = get_attachment (request, 1, 0);
  g_autofree char *content = NULL;

  hd_rt_sign_in (portal, "support");
  hd_rt_server_mark ();
  content = hd_rt_fixture_download (fixture, portal, LONG, attachment);
  g_assert_cmpstr (content, ==, "Рядок 1-1\n");
  g_assert_cmpuint (hd_rt_server_count_seen ("/REST/2.0/attachment/.* 200$"), ==, 1);
}

static void
test_files_that_are_not_there (HdRtFixture   *fixture,
                               gconstpointer  user)
{
  static const char *const ids[] = { "1-99999", "99999-1", "cf-99999", "nothing", "", "-", "1-", "../x-y" };
  g_autofree char *path = g_build_filename (fixture->folder, "none", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (HD_PORTAL_CALL (download, fixture->portal, &error, LONG, ids[i], file, NULL));
      g_test_message ("%s: %s", ids[i], error->message);
      g_assert_true (error->domain == HD_ERROR);
      g_assert_false (g_file_query_exists (file, NULL));
    }
}

void
hd_rt_add_request_tests (void)
{
  HD_RT_TEST ("/rt/requests/no-page-is-left-out", NULL, test_no_page_is_left_out);
  HD_RT_TEST ("/rt/requests/a-row-is-whole", "support", test_a_row_is_whole);
  HD_RT_TEST ("/rt/requests/only-what-changed", "support", test_only_what_changed_is_asked_for);
  HD_RT_TEST ("/rt/requests/changes-without-a-zone", NULL, test_changes_without_a_zone);
  HD_RT_TEST ("/rt/requests/changes-where-clocks-change", "support", test_changes_where_clocks_change);
  HD_RT_TEST ("/rt/requests/the-next-day-all", "support", test_the_next_day_all_is_asked_for);
  HD_RT_TEST ("/rt/requests/statuses-mean-something", "support", test_statuses_mean_something);
  HD_RT_TEST ("/rt/requests/unheard-statuses-are-asked-about", "support", test_unheard_statuses_are_asked_about);
  HD_RT_TEST ("/rt/conversation/text-and-pictures", "support", test_a_conversation_is_text_and_pictures);
  HD_RT_TEST ("/rt/conversation/a-file-is-not-the-text", "support", test_a_file_is_not_the_text);
  HD_RT_TEST ("/rt/conversation/a-long-one-has-no-holes", "support", test_a_long_conversation_has_no_holes);
  HD_RT_TEST ("/rt/conversation/what-is-held-is-not-asked-for", "support", test_what_is_held_is_not_asked_for);
  HD_RT_TEST ("/rt/conversation/what-is-not-ones-own", "support", test_what_is_not_ones_own);
  HD_RT_TEST ("/rt/files/by-the-session", "support", test_files_come_by_the_session);
  HD_RT_TEST ("/rt/files/without-a-session", "support", test_files_come_without_a_session);
  HD_RT_TEST ("/rt/files/that-are-not-there", "support", test_files_that_are_not_there);
}
