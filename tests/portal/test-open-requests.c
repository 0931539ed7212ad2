/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-open-fixture.h"
#include "hd-portal-call.h"
#include "hd-record-json.h"

/* How the open portal maps requests: what is sent, and what comes back. */

static HdForm *
create_form (void)
{
  g_autoptr (GError) error = NULL;
  HdForm *form = hd_record_new_from_string (HD_TYPE_FORM,
                                            "{\"offering_id\":\"everything\",\"version\":4,\"fields\":["
                                            "{\"id\":\"subject\",\"type\":\"text\"},"
                                            "{\"id\":\"systems\",\"type\":\"multichoice\"},"
                                            "{\"id\":\"temporary\",\"type\":\"boolean\"},"
                                            "{\"id\":\"until\",\"type\":\"date\",\"visible_when\":"
                                            "[{\"field\":\"temporary\",\"op\":\"any\",\"values\":[\"true\"]}]},"
                                            "{\"id\":\"scan\",\"type\":\"file\"},"
                                            "{\"id\":\"order\",\"type\":\"file\",\"visible_when\":"
                                            "[{\"field\":\"temporary\",\"op\":\"any\",\"values\":[\"true\"]}]}]}",
                                            &error);

  g_assert_no_error (error);
  return form;
}

static char *
create_file (HdOpenFixture *fixture,
             const char    *content)
{
  char *path = g_build_filename (fixture->folder, "копія", NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return path;
}

static HdSubmission *
create_submission (HdOpenFixture *fixture,
                   const char    *action)
{
  g_autofree char *path = create_file (fixture, "вміст");
  g_autofree char *json = g_strdup_printf ("{\"id\":\"1\",\"client_key\":\"key-1\",\"action\":\"%s\",\"request_id\":\"r/1\","
                                           "\"article_id\":\"a1\",\"stars\":4,\"helpful\":true,\"comment\":\"Дякую\","
                                           "\"draft\":{\"id\":\"d\",\"offering_id\":\"everything\",\"form_version\":3,\"text\":\"Готово?\","
                                           "\"answers\":[{\"field_id\":\"subject\",\"values\":[\"Доступ\"]},"
                                           "{\"field_id\":\"systems\",\"values\":[\"asmo\",\"vpn\"]},"
                                           "{\"field_id\":\"until\",\"values\":[\"2026-12-01\"]}],"
                                           "\"files\":[{\"id\":\"f0\",\"field_id\":\"order\",\"name\":\"наказ.pdf\",\"path\":\"%s\",\"size\":10},"
                                           "{\"id\":\"f1\",\"field_id\":\"scan\",\"name\":\"скан.pdf\",\"content_type\":\"application/pdf\","
                                           "\"path\":\"%s\",\"size\":10}]}}",
                                           action, path, path);
  g_autoptr (GError) error = NULL;
  HdSubmission *submission = hd_record_new_from_string (HD_TYPE_SUBMISSION, json, &error);

  g_assert_no_error (error);
  return submission;
}

/* The parts of what was uploaded, the document first. */
static SoupMultipart *
read_multipart (HdOpenFixture *fixture)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  SoupMultipart *multipart;

  soup_message_headers_append (headers, "Content-Type", hd_canned_server_get_header (fixture->server, "Content-Type"));
  multipart = soup_multipart_new_from_message (headers, hd_canned_server_get_body (fixture->server));
  g_assert_nonnull (multipart);
  return multipart;
}

static void
assert_part (SoupMultipart *multipart,
             int            position,
             const char    *name,
             const char    *expected)
{
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;
  g_autofree char *text = NULL;
  SoupMessageHeaders *headers = NULL;
  GBytes *body = NULL;

  g_assert_true (soup_multipart_get_part (multipart, position, &headers, &body));
  soup_message_headers_get_content_disposition (headers, &disposition, &parameters);
  g_assert_cmpstr (g_hash_table_lookup (parameters, "name"), ==, name);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_submits_what_is_visible (HdOpenFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr (HdForm) form = create_form ();
  g_autoptr (HdSubmission) submission = create_submission (fixture, "submit");
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (SoupMultipart) multipart = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "POST " API "requests", 201, "{\"id\":\"r1\",\"number\":\"10316\"}");
  request = HD_PORTAL_CALL (submit, fixture->portal, &error, submission, form, progress);

  g_assert_no_error (error);
  g_assert_cmpstr (hd_request_get_number (request), ==, "10316");
  g_assert_true (hd_request_get_complete (request));
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Idempotency-Key"), ==, "key-1");
  g_assert_cmpfloat (hd_progress_get_fraction (progress), ==, 1.0);

  multipart = read_multipart (fixture);
  g_assert_cmpint (soup_multipart_get_length (multipart), ==, 2);
  assert_part (multipart, 0, "request",
               "{\"offering_id\":\"everything\",\"form_version\":4,\"article_id\":\"a1\","
               "\"answers\":{\"subject\":\"Доступ\",\"systems\":[\"asmo\",\"vpn\"]},"
               "\"attachments\":[{\"part\":\"file-0\",\"field_id\":\"scan\",\"name\":\"скан.pdf\","
               "\"content_type\":\"application/pdf\",\"size\":10}]}");
  assert_part (multipart, 1, "file-0", "вміст");
}

static void
test_lists_requests (HdOpenFixture *fixture,
                     gconstpointer  data)
{
  g_autoptr (HdRequestPage) page = NULL;
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "requests", 200,
                        "{\"items\":[{\"id\":\"r1\",\"status\":\"in-progress\",\"priority\":\"high\",\"kind\":\"incident\","
                        "\"unread\":true,\"complete\":true}],\"total\":1,\"next_cursor\":\"n\",\"as_of\":\"t\"}");
  page = HD_PORTAL_CALL (list_requests, fixture->portal, &error, "a&b", "c");

  g_assert_no_error (error);
  hd_open_fixture_assert_call (fixture, "GET " API "requests", "since=a%26b&cursor=c&limit=200");
  g_assert_cmpstr (hd_request_page_get_next_cursor (page), ==, "n");
  g_assert_cmpstr (hd_request_page_get_as_of (page), ==, "t");
  request = g_list_model_get_item (hd_request_page_get_items (page), 0);
  g_assert_cmpint (hd_request_get_status (request), ==, HD_STATUS_IN_PROGRESS);
  g_assert_false (hd_request_get_complete (request));
  g_assert_false (hd_request_get_unread (request));
}

static void
test_another_request_than_asked_for_is_refused (HdOpenFixture *fixture,
                                                gconstpointer  data)
{
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequest) other = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "requests/r1", 200, "{\"id\":\"r1\"}");
  hd_canned_server_add (fixture->server, "GET " API "requests/r2", 200, "{\"id\":\"r1\"}");

  request = HD_PORTAL_CALL (get_request, fixture->portal, &error, "r1", NULL);
  g_assert_no_error (error);
  g_assert_true (hd_request_get_complete (request));

  other = HD_PORTAL_CALL (get_request, fixture->portal, &error, "r2", NULL);
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
}

static void
test_replies_and_looks_again (HdOpenFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = create_submission (fixture, "reply");
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  /* Asking again fails, and so does the whole, to be tried with the same key. */
  hd_canned_server_add (fixture->server, "POST " API "requests/r%2F1/messages", 201, "{\"id\":\"m1\",\"text\":\"Готово?\"}");
  hd_canned_server_add (fixture->server, "GET " API "requests/r%2F1", 503, "");
  request = HD_PORTAL_CALL (reply, fixture->portal, &error, submission, NULL);
  g_assert_error (error, HD_ERROR, HD_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  hd_canned_server_add (fixture->server, "GET " API "requests/r%2F1", 200, "{\"id\":\"r/1\",\"messages\":[{\"id\":\"m1\"}]}");
  request = HD_PORTAL_CALL (reply, fixture->portal, &error, submission, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_request_get_messages (request)), ==, 1);
}

static void
test_a_reply_carries_text_and_files (HdOpenFixture *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = create_submission (fixture, "reply");
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (SoupMultipart) multipart = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "POST " API "requests/r%2F1/messages", 409, "{\"code\":\"conflict\"}");
  request = HD_PORTAL_CALL (reply, fixture->portal, &error, submission, NULL);
  g_assert_error (error, HD_ERROR, HD_ERROR_CONFLICT);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Idempotency-Key"), ==, "key-1");

  multipart = read_multipart (fixture);
  g_assert_cmpint (soup_multipart_get_length (multipart), ==, 3);
  assert_part (multipart, 0, "message",
               "{\"text\":\"Готово?\",\"attachments\":["
               "{\"part\":\"file-0\",\"name\":\"наказ.pdf\",\"size\":10},"
               "{\"part\":\"file-1\",\"name\":\"скан.pdf\",\"content_type\":\"application/pdf\",\"size\":10}]}");
  assert_part (multipart, 2, "file-1", "вміст");
}

static void
test_acts_on_a_request (HdOpenFixture *fixture,
                        gconstpointer  data)
{
  const struct { const char *action; const char *call; const char *body; } cases[] = {
    { "cancel", "POST " API "requests/r%2F1/cancel", "{\"comment\":\"Дякую\"}" },
    { "reopen", "POST " API "requests/r%2F1/reopen", "{\"comment\":\"Дякую\"}" },
    { "confirm", "POST " API "requests/r%2F1/confirm", "{\"comment\":\"Дякую\"}" },
    { "rate", "POST " API "requests/r%2F1/rating", "{\"comment\":\"Дякую\",\"stars\":4}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HdSubmission) submission = create_submission (fixture, cases[i].action);
      g_autoptr (HdProgress) progress = hd_progress_new ();
      g_autoptr (HdRequest) request = NULL;
      g_autoptr (GError) error = NULL;

      hd_canned_server_add (fixture->server, cases[i].call, 200, "{\"id\":\"r/1\",\"status\":\"cancelled\"}");
      request = HD_PORTAL_CALL (act, fixture->portal, &error, submission, progress);
      g_assert_no_error (error);
      g_assert_cmpuint (hd_progress_get_done (progress), ==, strlen (cases[i].body));
      g_assert_true (hd_progress_was_complete (progress));
      hd_open_fixture_assert_call (fixture, cases[i].call, NULL);
      hd_open_fixture_assert_body (fixture, cases[i].body);
      g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Idempotency-Key"), ==, "key-1");
      g_assert_true (hd_request_get_complete (request));
    }
}

static void
test_an_entry_without_its_object_is_an_error (HdOpenFixture *fixture,
                                              gconstpointer  data)
{
  g_autoptr (HdSubmission) bare = hd_record_new_from_string (HD_TYPE_SUBMISSION, "{\"id\":\"1\",\"client_key\":\"k\"}", NULL);
  g_autoptr (HdForm) form = create_form ();
  g_autoptr (GError) error = NULL;

  g_assert_null (HD_PORTAL_CALL (submit, fixture->portal, &error, bare, form, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (HD_PORTAL_CALL (reply, fixture->portal, &error, bare, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (HD_PORTAL_CALL (act, fixture->portal, &error, bare, NULL));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (HD_PORTAL_CALL (send_feedback, fixture->portal, &error, bare));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_saves_attachments (HdOpenFixture *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "скан.pdf", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "requests/r1/attachments/a1", 200, "вміст");
  g_assert_true (HD_PORTAL_CALL (download, fixture->portal, &error, "r1", "a1", file, progress));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "вміст");
  g_assert_cmpuint (hd_progress_get_done (progress), ==, 10);
}

static void
test_sends_feedback (HdOpenFixture *fixture,
                     gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = create_submission (fixture, "feedback");
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "POST " API "articles/a1/feedback", 204, "");
  g_assert_true (HD_PORTAL_CALL (send_feedback, fixture->portal, &error, submission));
  g_assert_no_error (error);
  hd_open_fixture_assert_body (fixture, "{\"helpful\":true,\"comment\":\"Дякую\"}");
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Idempotency-Key"), ==, "key-1");
}

typedef struct
{
  GCancellable *cancellable;
  guint64       done;        /* when that much is up it is stopped */
} Stop;

static void
moved_cb (HdProgress *progress,
          GParamSpec *pspec,
          Stop       *stop)
{
  if (hd_progress_get_done (progress) == stop->done)
    g_cancellable_cancel (stop->cancellable);
}

/* @stop: (nullable).  Returns: what became of a file of 1 MiB, of which the portal says what it has before and after a piece */
static GError *
upload (HdOpenFixture *fixture,
        const char    *before,
        const char    *after,
        HdProgress    *progress,
        Stop          *stop)
{
  const char *const sum = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
  g_autofree char *content = g_strnfill (1024 * 1024, 'x');
  g_autofree char *path = create_file (fixture, content);
  g_autofree char *get = g_strconcat ("GET " API "uploads/", sum, NULL);
  g_autofree char *patch = g_strconcat ("PATCH " API "uploads/", sum, NULL);
  g_autofree char *json = g_strdup_printf ("{\"id\":\"1\",\"client_key\":\"key-1\",\"action\":\"submit\",\"draft\":{\"id\":\"d\","
                                           "\"offering_id\":\"everything\",\"files\":[{\"id\":\"f\",\"name\":\"скан\",\"path\":\"%s\","
                                           "\"sha256\":\"%s\",\"size\":1048576}]}}", path, sum);
  g_autoptr (HdSubmission) submission = hd_record_new_from_string (HD_TYPE_SUBMISSION, json, NULL);
  g_autoptr (HdForm) form = create_form ();
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "info", 200, "{\"name\":\"P\",\"capabilities\":[\"uploads\"]}");
  hd_canned_server_add (fixture->server, get, 200, before);
  hd_canned_server_add (fixture->server, patch, 200, after);
  info = HD_PORTAL_CALL (get_info, fixture->portal, &error);
  g_assert_no_error (error);
  hd_portal_submit_async (fixture->portal, submission, form, progress, stop != NULL ? stop->cancellable : NULL,
                          hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_null (hd_portal_submit_finish (fixture->portal, result, &error));
  return error;
}

/* A portal that has what cannot be, or takes and keeps nothing, is not sent to for ever. */
static void
test_a_file_that_does_not_get_on_is_an_error (HdOpenFixture *fixture,
                                              gconstpointer  data)
{
  const char *const before[] = { "{\"offset\":1048577}", "{\"offset\":-1}", "{}", "{\"offset\":0}", "{\"offset\":10}", "{\"offset\":0}" };
  const char *const after[] = { "{}", "{}", "{}", "{\"offset\":0}", "{\"offset\":9}", "{\"offset\":1048577}" };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autoptr (GError) error = upload (fixture, before[i], after[i], NULL, NULL);

      g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
    }
}

/* Or it would be said that the request may have arrived. */
static void
test_a_file_that_is_up_is_no_request (HdOpenFixture *fixture,
                                      gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (HdProgress) progress = hd_progress_new ();
  Stop stop = { cancellable, 1024 * 1024 };
  g_autoptr (GError) error = NULL;

  g_signal_connect (progress, "notify", G_CALLBACK (moved_cb), &stop);
  error = upload (fixture, "{\"offset\":10}", "{\"offset\":1048576}", progress, &stop);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (hd_progress_get_done (progress), ==, 1024 * 1024);
  g_assert_false (hd_progress_was_complete (progress));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  HD_OPEN_TEST ("/open-requests/submits-what-is-visible", test_submits_what_is_visible);
  HD_OPEN_TEST ("/open-requests/lists-requests", test_lists_requests);
  HD_OPEN_TEST ("/open-requests/another-request-than-asked-for-is-refused", test_another_request_than_asked_for_is_refused);
  HD_OPEN_TEST ("/open-requests/replies-and-looks-again", test_replies_and_looks_again);
  HD_OPEN_TEST ("/open-requests/a-reply-carries-text-and-files", test_a_reply_carries_text_and_files);
  HD_OPEN_TEST ("/open-requests/acts-on-a-request", test_acts_on_a_request);
  HD_OPEN_TEST ("/open-requests/an-entry-without-its-object-is-an-error", test_an_entry_without_its_object_is_an_error);
  HD_OPEN_TEST ("/open-requests/saves-attachments", test_saves_attachments);
  HD_OPEN_TEST ("/open-requests/a-file-that-does-not-get-on-is-an-error", test_a_file_that_does_not_get_on_is_an_error);
  HD_OPEN_TEST ("/open-requests/a-file-that-is-up-is-no-request", test_a_file_that_is_up_is_no_request);
  HD_OPEN_TEST ("/open-requests/sends-feedback", test_sends_feedback);

  return g_test_run ();
}
