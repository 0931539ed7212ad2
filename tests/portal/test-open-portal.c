/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-canned-server.h"
#include "hd-error.h"
#include "hd-json.h"
#include "hd-portal-call.h"
#include "hd-portal-factory.h"
#include "hd-record-json.h"

/* How the open portal maps the API to the model, against canned answers. */

#define API "/api/v1/"

typedef struct
{
  HdCannedServer *server;
  HdPortal       *portal;
  char           *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  fixture->server = hd_canned_server_new ();
  uri = hd_canned_server_dup_uri (fixture->server);
  fixture->portal = hd_portal_new_for_kind ("open", uri, NULL, &error);
  fixture->folder = hd_test_make_tmp_dir ();
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  hd_test_remove_tree (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static void
assert_call (Fixture    *fixture,
             const char *call,
             const char *query)
{
  g_assert_cmpstr (hd_canned_server_get_call (fixture->server), ==, call);
  g_assert_cmpstr (hd_canned_server_get_query (fixture->server), ==, query);
}

static void
assert_body (Fixture    *fixture,
             const char *expected)
{
  GBytes *body = hd_canned_server_get_body (fixture->server);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_cmpstr (text, ==, expected);
}

static void
sign_in (Fixture *fixture)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "POST " API "session", 201,
                        "{\"token\":\"secret\",\"expires_at\":\"2026-11-22T20:00:00Z\","
                        "\"account\":{\"id\":\"1\",\"user_name\":\"support\",\"name\":\"Олена Коваль\"}}");
  account = HD_PORTAL_CALL (sign_in, fixture->portal, &error, "support", "Пароль \"1\"");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_account_get_name (account), ==, "Олена Коваль");
}

static void
test_info_narrows_what_the_portal_can_do (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hd_portal_get_capabilities (fixture->portal) & HD_PORTAL_RATE, ==, HD_PORTAL_RATE);

  hd_canned_server_add (fixture->server, "GET " API "info", 200,
                        "{\"name\":\"HELP DESK\",\"capabilities\":[\"reply\",\"idempotency\",\"fax\"]}");
  sign_in (fixture);
  info = HD_PORTAL_CALL (get_info, fixture->portal, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hd_portal_info_get_name (info), ==, "HELP DESK");
  g_assert_cmpint (hd_portal_get_capabilities (fixture->portal), ==, HD_PORTAL_REPLY | HD_PORTAL_IDEMPOTENCY);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
}

static void
test_any_json_is_not_a_portal (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "info", 200, "{\"swagger\":\"2.0\"}");
  info = HD_PORTAL_CALL (get_info, fixture->portal, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
}

static void
test_signing_in_and_out (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (fixture);
  assert_call (fixture, "POST " API "session", NULL);
  assert_body (fixture, "{\"user_name\":\"support\",\"password\":\"Пароль \\\"1\\\"\"}");
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);

  hd_canned_server_add (fixture->server, "GET " API "me", 200, "{\"id\":\"1\",\"user_name\":\"support\"}");
  account = HD_PORTAL_CALL (get_account, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, "Bearer secret");

  /* The token is gone from here even where the portal cannot take it back. */
  hd_canned_server_add (fixture->server, "DELETE " API "session", 503, "");
  g_assert_false (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_UNAVAILABLE);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, "Bearer secret");
  g_clear_error (&error);
  g_clear_object (&account);

  account = HD_PORTAL_CALL (get_account, fixture->portal, &error);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
}

static void
test_signing_out_twice_is_no_error (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 0);

  sign_in (fixture);
  hd_canned_server_add (fixture->server, "DELETE " API "session", 401, "{\"code\":\"signed-out\"}");
  g_assert_true (HD_PORTAL_CALL (sign_out, fixture->portal, &error));
  g_assert_no_error (error);
}

static void
test_a_refused_password_is_never_signed_out (Fixture       *fixture,
                                             gconstpointer  data)
{
  const struct { guint status; const char *body; HdError code; int tries_left; } cases[] = {
    { 401, "{\"code\":\"invalid-credentials\",\"tries_left\":2}", HD_ERROR_CREDENTIALS, 2 },
    { 401, "{\"code\":\"invalid-credentials\",\"tries_left\":-7}", HD_ERROR_CREDENTIALS, -1 },
    { 401, "<html>", HD_ERROR_CREDENTIALS, -1 },
    { 429, "{\"code\":\"locked\"}", HD_ERROR_LOCKED, -1 },
    { 429, "{\"code\":\"rate-limited\"}", HD_ERROR_RATE_LIMITED, -1 },
    { 201, "{\"token\":\"a b\",\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"a\\r\\nX-Evil: 1\",\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"\",\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"abc\"}", HD_ERROR_PROTOCOL, -1 },
    { 201, "{\"token\":\"abc\",\"account\":7}", HD_ERROR_PROTOCOL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HdAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      hd_canned_server_add (fixture->server, "POST " API "session", cases[i].status, cases[i].body);
      account = HD_PORTAL_CALL (sign_in, fixture->portal, &error, "support", "wrong");
      g_assert_error (error, HD_ERROR, (int) cases[i].code);
      g_assert_cmpint (hd_error_get_tries_left (error), ==, cases[i].tries_left);
    }

  /* Never twice. */
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, G_N_ELEMENTS (cases));
}

static void
test_an_unchanged_catalog_has_no_version (Fixture       *fixture,
                                          gconstpointer  data)
{
  const char *call = "GET " API "catalog";
  g_autoptr (HdCatalog) first = NULL;
  g_autoptr (HdCatalog) same_version = NULL;
  g_autoptr (HdCatalog) not_modified = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, call, 200,
                        "{\"version\":\"7\",\"categories\":[{\"id\":\"mail\",\"name\":\"Пошта\",\"kind\":\"request\"}],"
                        "\"offerings\":[{\"id\":\"mailbox\",\"category_id\":\"mail\",\"kind\":\"incident\",\"name\":\"Скринька\"}]}");
  hd_canned_server_add_header (fixture->server, call, "ETag", "\"abc\"");

  first = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_catalog_get_version (first), ==, "7");
  g_assert_cmpuint (g_list_model_get_n_items (hd_catalog_get_offerings (first)), ==, 1);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, NULL);

  same_version = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, "7");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_catalog_get_version (same_version), ==, NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, "\"abc\"");

  hd_canned_server_add (fixture->server, call, 304, "");
  not_modified = HD_PORTAL_CALL (get_catalog, fixture->portal, &error, "7");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_catalog_get_version (not_modified), ==, NULL);
}

static void
test_forms_are_asked_for_conditionally (Fixture       *fixture,
                                        gconstpointer  data)
{
  const char *call = "GET " API "offerings/mail%2Fbox/form";
  g_autoptr (HdForm) first = NULL;
  g_autoptr (HdForm) second = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, call, 200,
                        "{\"offering_id\":\"mail/box\",\"version\":3,\"fields\":[{\"id\":\"subject\",\"type\":\"text\"}]}");
  hd_canned_server_add_header (fixture->server, call, "ETag", "\"3\"");
  first = HD_PORTAL_CALL (get_form, fixture->portal, &error, "mail/box");
  g_assert_no_error (error);

  hd_canned_server_add (fixture->server, call, 304, "");
  second = HD_PORTAL_CALL (get_form, fixture->portal, &error, "mail/box");
  g_assert_no_error (error);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, "\"3\"");
  g_assert_true (first != second);
  g_assert_true (hd_record_equal (HD_RECORD (first), HD_RECORD (second)));

  /* What was seen by one person is not compared to by the next. */
  sign_in (fixture);
  g_clear_object (&second);
  second = HD_PORTAL_CALL (get_form, fixture->portal, &error, "mail/box");
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "If-None-Match"), ==, NULL);
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
}

static void
test_options_are_searched (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (HdOptionList) options = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "options/staff", 200,
                        "{\"options\":[{\"value\":\"koval\",\"label\":\"Коваль\"}]}");
  options = HD_PORTAL_CALL (get_options, fixture->portal, &error, "staff", "ко в", NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_option_list_get_options (options)), ==, 1);
  assert_call (fixture, "GET " API "options/staff", "q=%D0%BA%D0%BE%20%D0%B2&limit=50");
}

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
create_file (Fixture    *fixture,
             const char *content)
{
  char *path = g_build_filename (fixture->folder, "копія", NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return path;
}

static HdSubmission *
create_submission (Fixture    *fixture,
                   const char *action)
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
read_multipart (Fixture *fixture)
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
test_submits_what_is_visible (Fixture       *fixture,
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
test_lists_requests (Fixture       *fixture,
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
  assert_call (fixture, "GET " API "requests", "since=a%26b&cursor=c&limit=200");
  g_assert_cmpstr (hd_request_page_get_next_cursor (page), ==, "n");
  g_assert_cmpstr (hd_request_page_get_as_of (page), ==, "t");
  request = g_list_model_get_item (hd_request_page_get_items (page), 0);
  g_assert_cmpint (hd_request_get_status (request), ==, HD_STATUS_IN_PROGRESS);
  g_assert_false (hd_request_get_complete (request));
  g_assert_false (hd_request_get_unread (request));
}

static void
test_another_request_than_asked_for_is_refused (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (HdRequest) other = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "requests/r1", 200, "{\"id\":\"r1\"}");
  hd_canned_server_add (fixture->server, "GET " API "requests/r2", 200, "{\"id\":\"r1\"}");

  request = HD_PORTAL_CALL (get_request, fixture->portal, &error, "r1");
  g_assert_no_error (error);
  g_assert_true (hd_request_get_complete (request));

  other = HD_PORTAL_CALL (get_request, fixture->portal, &error, "r2");
  g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
}

static void
test_replies_and_looks_again (Fixture       *fixture,
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
test_a_reply_carries_text_and_files (Fixture       *fixture,
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
test_acts_on_a_request (Fixture       *fixture,
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
      g_autoptr (HdRequest) request = NULL;
      g_autoptr (GError) error = NULL;

      hd_canned_server_add (fixture->server, cases[i].call, 200, "{\"id\":\"r/1\",\"status\":\"cancelled\"}");
      request = HD_PORTAL_CALL (act, fixture->portal, &error, submission);
      g_assert_no_error (error);
      assert_call (fixture, cases[i].call, NULL);
      assert_body (fixture, cases[i].body);
      g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Idempotency-Key"), ==, "key-1");
      g_assert_true (hd_request_get_complete (request));
    }
}

static void
test_an_entry_without_its_object_is_an_error (Fixture       *fixture,
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
  g_assert_null (HD_PORTAL_CALL (act, fixture->portal, &error, bare));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (HD_PORTAL_CALL (send_feedback, fixture->portal, &error, bare));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_reads_articles_and_announcements (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autoptr (HdAnnouncementList) first = NULL;
  g_autoptr (HdAnnouncementList) second = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET " API "articles", 200,
                        "{\"categories\":[],\"articles\":[{\"id\":\"a1\",\"title\":\"Пошта\",\"media\":[\"00\"]}],"
                        "\"deleted\":[\"a2\"],\"as_of\":\"9\",\"more\":true}");
  changes = HD_PORTAL_CALL (list_articles, fixture->portal, &error, "8");
  g_assert_no_error (error);
  assert_call (fixture, "GET " API "articles", "since=8&limit=50");
  g_assert_true (hd_article_changes_get_more (changes));
  g_assert_cmpstr (hd_article_changes_get_deleted (changes)[0], ==, "a2");

  hd_canned_server_add (fixture->server, "GET " API "announcements", 200, "{\"announcements\":[{\"id\":\"n1\",\"title\":\"Роботи\"}]}");
  hd_canned_server_add_header (fixture->server, "GET " API "announcements", "ETag", "\"n\"");
  first = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_assert_no_error (error);
  hd_canned_server_add (fixture->server, "GET " API "announcements", 304, "");
  second = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_assert_no_error (error);
  g_assert_true (hd_record_equal (HD_RECORD (first), HD_RECORD (second)));
}

/* Small and large: the latter are hashed on a thread. */
static void
test_pictures_must_hash_to_their_name (Fixture       *fixture,
                                       gconstpointer  data)
{
  const gsize sizes[] = { 1, 100, 3 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) picture = g_bytes_new_take (g_malloc0 (sizes[i]), sizes[i]);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture);
      g_autofree char *call = g_strconcat ("GET " API "media/", sha256, NULL);
      g_autoptr (GBytes) good = NULL;
      g_autoptr (GBytes) bad = NULL;
      g_autoptr (GError) error = NULL;

      hd_canned_server_add_bytes (fixture->server, call, 200, picture);
      good = HD_PORTAL_CALL (get_media, fixture->portal, &error, sha256);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (good, picture));

      hd_canned_server_add_bytes (fixture->server, "GET " API "media/00", 200, picture);
      bad = HD_PORTAL_CALL (get_media, fixture->portal, &error, "00");
      g_assert_error (error, HD_ERROR, HD_ERROR_PROTOCOL);
    }
}

static void
test_saves_attachments (Fixture       *fixture,
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
test_sends_feedback (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = create_submission (fixture, "feedback");
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "POST " API "articles/a1/feedback", 204, "");
  g_assert_true (HD_PORTAL_CALL (send_feedback, fixture->portal, &error, submission));
  g_assert_no_error (error);
  assert_body (fixture, "{\"helpful\":true,\"comment\":\"Дякую\"}");
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Idempotency-Key"), ==, "key-1");
}

#define ADD(name, function) g_test_add ("/open-portal/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD ("info-narrows-what-the-portal-can-do", test_info_narrows_what_the_portal_can_do);
  ADD ("any-json-is-not-a-portal", test_any_json_is_not_a_portal);
  ADD ("signing-in-and-out", test_signing_in_and_out);
  ADD ("signing-out-twice-is-no-error", test_signing_out_twice_is_no_error);
  ADD ("a-refused-password-is-never-signed-out", test_a_refused_password_is_never_signed_out);
  ADD ("an-unchanged-catalog-has-no-version", test_an_unchanged_catalog_has_no_version);
  ADD ("forms-are-asked-for-conditionally", test_forms_are_asked_for_conditionally);
  ADD ("options-are-searched", test_options_are_searched);
  ADD ("submits-what-is-visible", test_submits_what_is_visible);
  ADD ("lists-requests", test_lists_requests);
  ADD ("another-request-than-asked-for-is-refused", test_another_request_than_asked_for_is_refused);
  ADD ("replies-and-looks-again", test_replies_and_looks_again);
  ADD ("a-reply-carries-text-and-files", test_a_reply_carries_text_and_files);
  ADD ("acts-on-a-request", test_acts_on_a_request);
  ADD ("an-entry-without-its-object-is-an-error", test_an_entry_without_its_object_is_an_error);
  ADD ("reads-articles-and-announcements", test_reads_articles_and_announcements);
  ADD ("pictures-must-hash-to-their-name", test_pictures_must_hash_to_their_name);
  ADD ("saves-attachments", test_saves_attachments);
  ADD ("sends-feedback", test_sends_feedback);

  return g_test_run ();
}
