/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-message.h"
#include "hd-rt-fixture.h"

/* Writing to the desk, cancelling, confirming, reopening. */

static char *
dup_actions (HdRequest *request)
{
  return g_strjoinv ("|", (GStrv) hd_request_get_actions (request));
}

static HdRequest *
reply (HdRtFixture *fixture,
       const char  *id,
       const char  *draft)
{
  g_autoptr (HdSubmission) submission = hd_rt_submission_new ("reply", id, draft);
  g_autoptr (GError) error = NULL;
  HdRequest *request = HD_PORTAL_CALL (reply, fixture->portal, &error, submission, NULL);

  g_assert_no_error (error);
  return request;
}

static HdRequest *
act (HdRtFixture  *fixture,
     const char   *action,
     const char   *id,
     const char   *comment,
     GError      **error)
{
  g_autoptr (HdSubmission) submission = hd_rt_submission_new (action, id, "");

  g_object_set (submission, "comment", comment, NULL);
  return HD_PORTAL_CALL (act, fixture->portal, error, submission, NULL);
}

/* --- Writing --- */

static void
test_a_reply_is_read_back (HdRtFixture   *fixture,
                           gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Відповідь", "");
  g_autoptr (GString) files = g_string_new (NULL);
  g_autofree char *draft = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdMessage) message = NULL;
  g_autoptr (HdAttachment) attachment = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *content = NULL;

  hd_rt_draft_add_file (fixture, files, NULL, "звіт \\\"1\\\"; ї.txt", "вміст файла");
  draft = g_strdup_printf (",\"text\":\"Дякую, <b>їде</b>\\nдалі\",\"files\":[%s]", files->str);
  request = reply (fixture, id, draft);
  texts = hd_rt_list_dup_words (hd_request_get_messages (request), "text");
  g_assert_cmpstr (texts, ==, "Опис|Дякую, <b>їде</b>\nдалі");

  message = g_list_model_get_item (hd_request_get_messages (request), 1);
  attachment = g_list_model_get_item (hd_message_get_attachments (message), 0);
  g_assert_true (hd_message_get_mine (message));
  g_assert_cmpstr (hd_attachment_get_name (attachment), ==, "звіт '1'; ї.txt");
  content = hd_rt_fixture_download (fixture, fixture->portal, id, attachment);
  g_assert_cmpstr (content, ==, "вміст файла");
}

static void
test_a_reply_may_be_files_only (HdRtFixture   *fixture,
                                gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Лише файл", "");
  g_autoptr (GString) files = g_string_new (NULL);
  g_autofree char *draft = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdMessage) message = NULL;
  g_autofree char *names = NULL;

  hd_rt_draft_add_file (fixture, files, NULL, "фото.png", "\x89PNG");
  draft = g_strdup_printf (",\"files\":[%s]", files->str);
  request = reply (fixture, id, draft);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (request)), ==, 2);
  message = g_list_model_get_item (hd_request_get_messages (request), 1);
  names = hd_rt_list_dup_words (hd_message_get_attachments (message), "name");
  g_assert_cmpstr (names, ==, "фото.png");
  g_assert_cmpstr (hd_message_get_text (message), ==, "");
}

static void
test_a_reply_reopens (HdRtFixture   *fixture,
                      gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Знову", "");
  g_autoptr (HdRequest) request = NULL;

  hd_rt_server_set_status (id, "open");
  hd_rt_server_set_status (id, "resolved");
  request = reply (fixture, id, ",\"text\":\"Ще не працює\"");
  g_assert_cmpint (hd_request_get_status (request), ==, HD_STATUS_IN_PROGRESS);
}

static void
test_a_reply_that_cannot_be (HdRtFixture   *fixture,
                             gconstpointer  user)
{
  static const char *const ids[] = { "48", "99999" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (HdSubmission) submission = hd_rt_submission_new ("reply", ids[i], ",\"text\":\"Чуже\"");
      g_autoptr (GError) error = NULL;

      g_assert_null (HD_PORTAL_CALL (reply, fixture->portal, &error, submission, NULL));
      g_assert_error (error, HD_ERROR, HD_ERROR_REFUSED);
    }
}

/* --- The status --- */

static void
test_a_life (HdRtFixture   *fixture,
             gconstpointer  user)
{
  static const char *const lives[][6] = {
    { HD_RT_QUEUE_REQUEST, "open", "resolved", "open", "closed", "cancelled" },
    { HD_RT_QUEUE_INCIDENT, "в роботі", "вирішено", "в роботі", "закрито", "скасовано" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      g_autofree char *id = hd_rt_server_create_ticket (lives[i][0], "Життя", "");
      g_autofree char *other = hd_rt_server_create_ticket (lives[i][0], "Зайве", "");
      g_autoptr (HdRequest) new = hd_rt_fixture_get_request (fixture, id, NULL);
      g_autoptr (HdRequest) resolved = NULL;
      g_autoptr (HdRequest) reopened = NULL;
      g_autoptr (HdRequest) closed = NULL;
      g_autoptr (HdRequest) cancelled = NULL;
      g_autofree char *at_first = dup_actions (new);
      g_autofree char *then = NULL;
      g_autofree char *at_last = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (at_first, ==, "cancel|reply");
      hd_rt_server_set_status (id, lives[i][1]);
      hd_rt_server_set_status (id, lives[i][2]);
      resolved = hd_rt_fixture_get_request (fixture, id, NULL);
      then = dup_actions (resolved);
      g_assert_cmpstr (then, ==, "confirm|reopen|reply");

      reopened = act (fixture, "reopen", id, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hd_request_get_status_label (reopened), ==, lives[i][3]);

      hd_rt_server_set_status (id, lives[i][2]);
      closed = act (fixture, "confirm", id, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hd_request_get_status_label (closed), ==, lives[i][4]);
      at_last = dup_actions (closed);
      g_assert_cmpstr (at_last, ==, "reply");

      cancelled = act (fixture, "cancel", other, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hd_request_get_status_label (cancelled), ==, lives[i][5]);
      g_assert_cmpint (hd_request_get_status (cancelled), ==, HD_STATUS_CANCELLED);
    }
}

/* A reply reopens, so what is said goes first, and the status after it. */
static void
test_a_request_is_cancelled_with_words (HdRtFixture   *fixture,
                                        gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Дякую", "");
  g_autoptr (HdRequest) cancelled = NULL;
  g_autofree char *texts = NULL;
  g_autoptr (GError) error = NULL;

  cancelled = act (fixture, "cancel", id, "Уже не треба", &error);
  g_assert_no_error (error);
  texts = hd_rt_list_dup_words (hd_request_get_messages (cancelled), "text");
  g_assert_cmpstr (texts, ==, "Опис|Уже не треба");
  g_assert_cmpint (hd_request_get_status (cancelled), ==, HD_STATUS_CANCELLED);
}

/* What an attempt has said that was cut off after it. */
static void
test_words_are_said_once (HdRtFixture   *fixture,
                          gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Обірвалося", "");
  g_autoptr (HdRequest) replied = reply (fixture, id, ",\"text\":\"Уже не треба\"");
  g_autoptr (HdSubmission) submission = hd_rt_submission_new ("cancel", id, "");
  g_autoptr (HdRequest) cancelled = NULL;
  g_autofree char *texts = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (submission, "comment", "Уже не треба", "comment-arrived", TRUE, NULL);
  cancelled = HD_PORTAL_CALL (act, fixture->portal, &error, submission, NULL);
  g_assert_no_error (error);
  texts = hd_rt_list_dup_words (hd_request_get_messages (cancelled), "text");
  g_assert_cmpstr (texts, ==, "Опис|Уже не треба");
  g_assert_cmpint (hd_request_get_status (cancelled), ==, HD_STATUS_CANCELLED);
}

/* Any word would reopen what is to be closed, and from there nobody gets to the end of it. */
static void
test_a_solution_is_not_confirmed_with_words (HdRtFixture   *fixture,
                                             gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Працює", "");
  g_autoptr (HdRequest) closed = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *told = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_server_set_status (id, "resolved");
  hd_rt_server_mark ();
  g_assert_null (act (fixture, "confirm", id, "Дякую!", &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_REFUSED);
  told = hd_error_dup_text (error);
  g_assert_nonnull (strstr (told, "without words"));
  g_assert_cmpuint (hd_rt_server_count_seen ("^(POST|PUT)"), ==, 0);
  g_clear_error (&error);

  closed = act (fixture, "confirm", id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_status_label (closed), ==, "closed");
  texts = hd_rt_list_dup_words (hd_request_get_messages (closed), "text");
  g_assert_cmpstr (texts, ==, "Опис");
}

static void
test_a_request_is_reopened_with_words (HdRtFixture   *fixture,
                                       gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_INCIDENT, "Не працює", "");
  g_autoptr (HdRequest) open = NULL;
  g_autofree char *texts = NULL;
  g_autoptr (GError) error = NULL;

  hd_rt_server_set_status (id, "вирішено");
  open = act (fixture, "reopen", id, "Знову те саме", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_status_label (open), ==, "в роботі");
  texts = hd_rt_list_dup_words (hd_request_get_messages (open), "text");
  g_assert_cmpstr (texts, ==, "Опис|Знову те саме");
}

/* What the life cycle does not offer is not tried. */
static void
test_what_may_not_be_done_now (HdRtFixture   *fixture,
                               gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create_ticket (HD_RT_QUEUE_REQUEST, "Не тепер", "");
  g_autoptr (GError) error = NULL;

  hd_rt_server_mark ();
  g_assert_null (act (fixture, "confirm", id, "Слова", &error));
  hd_assert_error_and_clear (error, HD_ERROR_CONFLICT);
  g_assert_null (act (fixture, "reopen", id, NULL, &error));
  hd_assert_error_and_clear (error, HD_ERROR_CONFLICT);
  g_assert_null (act (fixture, "cancel", "48", NULL, &error));
  hd_assert_error_and_clear (error, HD_ERROR_FORBIDDEN);
  g_assert_cmpuint (hd_rt_server_count_seen ("^(POST|PUT)"), ==, 0);
}

static void
test_articles_take_no_feedback (HdRtFixture   *fixture,
                                gconstpointer  user)
{
  g_autoptr (HdSubmission) submission = hd_rt_submission_new ("feedback", "", "");
  g_autoptr (GError) error = NULL;

  g_assert_false (HD_PORTAL_CALL (send_feedback, fixture->portal, &error, submission));
  g_assert_error (error, HD_ERROR, HD_ERROR_UNSUPPORTED);
  g_assert_false (hd_portal_get_capabilities (fixture->portal) & HD_PORTAL_IDEMPOTENCY);
}

void
hd_rt_add_action_tests (void)
{
  HD_RT_TEST ("/rt/reply/is-read-back", "support", test_a_reply_is_read_back);
  HD_RT_TEST ("/rt/reply/may-be-files-only", "support", test_a_reply_may_be_files_only);
  HD_RT_TEST ("/rt/reply/reopens", "support", test_a_reply_reopens);
  HD_RT_TEST ("/rt/reply/that-cannot-be", "support", test_a_reply_that_cannot_be);
  HD_RT_TEST ("/rt/act/a-life", "support", test_a_life);
  HD_RT_TEST ("/rt/act/cancelled-with-words", "support", test_a_request_is_cancelled_with_words);
  HD_RT_TEST ("/rt/act/words-are-said-once", "support", test_words_are_said_once);
  HD_RT_TEST ("/rt/act/not-confirmed-with-words", "support", test_a_solution_is_not_confirmed_with_words);
  HD_RT_TEST ("/rt/act/reopened-with-words", "support", test_a_request_is_reopened_with_words);
  HD_RT_TEST ("/rt/act/what-may-not-be-done-now", "support", test_what_may_not_be_done_now);
  HD_RT_TEST ("/rt/act/articles-take-no-feedback", "support", test_articles_take_no_feedback);
}
