/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem() */

#include <string.h>
#include <unistd.h>

#include "hd-account.h"
#include "hd-canned-server.h"
#include "hd-error.h"
#include "hd-http-client.h"
#include "hd-http-problem.h"
#include "hd-issue.h"
#include "hd-json.h"
#include "hd-option-list.h"
#include "hd-portal-factory.h"
#include "hd-test-utils.h"

typedef struct
{
  HdCannedServer *server;
  HdHttpClient   *client;
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
  fixture->client = hd_http_client_new (uri, NULL, &error);
  fixture->folder = hd_test_make_tmp_dir ();
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->client));
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  hd_test_remove_tree (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static HdHttpAnswer *
finish (HdHttpClient  *client,
        GAsyncResult **result,
        GError       **error)
{
  g_autoptr (GAsyncResult) owned = NULL;

  hd_test_await (result);
  owned = g_steal_pointer (result);
  return hd_http_client_send_finish (client, owned, error);
}

static HdHttpAnswer *
send (Fixture        *fixture,
      HdHttpRequest  *request,
      GError        **error)
{
  GAsyncResult *result = NULL;

  hd_http_client_send_async (fixture->client, request, NULL, hd_test_store_result_cb, &result);
  return finish (fixture->client, &result, error);
}

static HdHttpAnswer *
get (Fixture     *fixture,
     const char  *segment,
     GError     **error)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", segment, NULL);

  return send (fixture, request, error);
}

static void
assert_send_fails (Fixture       *fixture,
                   HdHttpRequest *request,
                   HdError        code)
{
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = send (fixture, request, &error);
  g_assert_error (error, HD_ERROR, (int) code);
  g_assert_null (answer);
}

static const struct
{
  const char *typed;
  const char *uri;   /* NULL: refused */
  HdError     error;
} addresses[] = {
  { "helpdesk.customs.gov.ua", "https://helpdesk.customs.gov.ua/", 0 },
  { "  HelpDesk.customs.gov.ua  ", "https://helpdesk.customs.gov.ua/", 0 },
  { "helpdesk.customs.gov.ua/help", "https://helpdesk.customs.gov.ua/help/", 0 },
  { "helpdesk.customs.gov.ua:8443", "https://helpdesk.customs.gov.ua:8443/", 0 },
  { "https://helpdesk.customs.gov.ua:443", "https://helpdesk.customs.gov.ua/", 0 },
  { "HTTPS://helpdesk.customs.gov.ua/", "https://helpdesk.customs.gov.ua/", 0 },
  { "https://somebody:secret@helpdesk.customs.gov.ua/?a=b#c", "https://helpdesk.customs.gov.ua/", 0 },
  { "довідка.укр", "https://xn--80adfb4av3o.xn--j1amh/", 0 },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080/", 0 },
  { "http://localhost/", "http://localhost/", 0 },
  { "http://[::1]:1", "http://[::1]:1/", 0 },
  { "http://helpdesk.customs.gov.ua", NULL, HD_ERROR_TLS },
  { "http://localhost.evil.example", NULL, HD_ERROR_TLS },
  { "ftp://helpdesk.customs.gov.ua", NULL, HD_ERROR_NAME },
  { "file:///etc/passwd", NULL, HD_ERROR_NAME },
  { "https://", NULL, HD_ERROR_NAME },
  { "", NULL, HD_ERROR_NAME },
  { "   ", NULL, HD_ERROR_NAME },
  { "two words", NULL, HD_ERROR_NAME },
  { "host:port", NULL, HD_ERROR_NAME },
  { "<b>", NULL, HD_ERROR_NAME },
};

static void
test_addresses_as_people_type_them (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *uri = hd_portal_dup_uri (addresses[i].typed, &error);

      g_test_message ("“%s”", addresses[i].typed);
      g_assert_cmpstr (uri, ==, addresses[i].uri);

      if (addresses[i].uri == NULL)
        g_assert_error (error, HD_ERROR, (int) addresses[i].error);
      else
        g_assert_no_error (error);
    }
}

static void
test_only_known_kinds_are_made (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPortal) portal = hd_portal_new_for_kind ("open", "helpdesk.customs.gov.ua", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (portal);
  g_assert_null (hd_portal_new_for_kind ("fax", "helpdesk.customs.gov.ua", NULL, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_UNSUPPORTED);
}

static void
test_an_authority_that_cannot_be_read_is_an_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hd_portal_new_for_kind ("open", "helpdesk.customs.gov.ua", "/nowhere/ca.pem", &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_TLS);
}

static void
test_gets_json (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET /thing", 200, "{\"name\":\"довідка\"}");
  hd_canned_server_add_header (fixture->server, "GET /thing", "ETag", "\"1\"");
  answer = get (fixture, "thing", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hd_json_get_string (json_node_get_object (answer->root), "name"), ==, "довідка");
  g_assert_cmpstr (answer->etag, ==, "\"1\"");
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (hd_canned_server_get_header (fixture->server, "Accept-Language"));
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Cookie"), ==, NULL);
}

/* More than what is parsed at once on the main thread. */
static void
test_makes_records_of_large_answers (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "options", NULL);
  g_autoptr (GString) body = g_string_new ("{\"options\":[");
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (body, "%s{\"value\":\"%u\",\"label\":\"Митниця %u\"}", i > 0 ? "," : "", i, i);

  g_string_append (body, "]}");
  hd_canned_server_add (fixture->server, "GET /options", 200, body->str);
  hd_http_request_expect_record (request, HD_TYPE_OPTION_LIST);
  answer = send (fixture, request, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_option_list_get_options (answer->record)), ==, 5000);
}

static void
test_large_answers_that_are_broken_are_errors (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "options", NULL);
  g_autofree char *spaces = g_strnfill (200 * 1024, ' ');
  g_autofree char *body = g_strconcat ("{\"options\":", spaces, NULL);

  hd_canned_server_add (fixture->server, "GET /options", 200, body);
  hd_http_request_expect_record (request, HD_TYPE_OPTION_LIST);
  assert_send_fails (fixture, request, HD_ERROR_PROTOCOL);
}

static void
test_the_token_goes_along_unless_anonymous (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdHttpRequest) anonymous = hd_http_request_new ("GET", "thing", NULL);
  HdHttpAnswer *answer;

  hd_canned_server_add (fixture->server, "GET /thing", 200, "{}");
  hd_http_request_set_anonymous (anonymous, TRUE);
  hd_http_client_set_token (fixture->client, "secret");

  answer = get (fixture, "thing", NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, "Bearer secret");
  hd_http_answer_free (answer);

  answer = send (fixture, anonymous, NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
  hd_http_answer_free (answer);

  hd_http_client_set_token (fixture->client, NULL);
  answer = get (fixture, "thing", NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
  hd_http_answer_free (answer);
}

static void
test_one_connection_serves_many_requests (Fixture       *fixture,
                                          gconstpointer  data)
{
  hd_canned_server_add (fixture->server, "GET /thing", 200, "{}");
  hd_canned_server_add (fixture->server, "GET /fault", 404, "{}");

  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (HdHttpAnswer) answer = get (fixture, i % 2 == 0 ? "thing" : "fault", NULL);

      hd_test_drain ();
    }

  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 8);
  g_assert_cmpuint (hd_canned_server_get_n_clients (fixture->server), ==, 1);
}

static void
test_identifiers_cannot_lead_elsewhere (Fixture       *fixture,
                                        gconstpointer  data)
{
  const char *rubbish[] = { "", ".", "..", "\xff" };
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "requests", "../me?a=b#c/ї", NULL);
  g_autoptr (HdHttpAnswer) answer = NULL;

  hd_canned_server_add (fixture->server, "GET /requests/..%2Fme%3Fa%3Db%23c%2F%D1%97", 200, "{}");
  hd_http_request_add_query (request, "q", "a&b=c d");
  hd_http_request_add_query (request, "nothing", NULL);
  hd_http_request_add_query (request, "since", "1+1");
  answer = send (fixture, request, NULL);
  g_assert_nonnull (answer);
  g_assert_cmpstr (hd_canned_server_get_query (fixture->server), ==, "q=a%26b%3Dc%20d&since=1%2B1");

  for (guint i = 0; i < G_N_ELEMENTS (rubbish); i++)
    {
      g_autoptr (HdHttpRequest) other = hd_http_request_new ("GET", "requests", rubbish[i], "cancel", NULL);

      assert_send_fails (fixture, other, HD_ERROR_NOT_FOUND);
    }

  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_unchanged_only_if_asked (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (HdHttpRequest) conditional = hd_http_request_new ("GET", "thing", NULL);
  g_autoptr (HdHttpRequest) plain = hd_http_request_new ("GET", "thing", NULL);
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET /thing", 304, "");
  hd_http_request_set_header (conditional, "If-None-Match", "\"1\"");
  answer = send (fixture, conditional, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 304);
  g_assert_null (answer->root);

  assert_send_fails (fixture, plain, HD_ERROR_PROTOCOL);
}

static void
test_problems_tell_all_they_know (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (HdIssue) issue = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET /thing", 422,
                        "{\"status\":422,\"code\":\"refused\",\"detail\":\"Виправте\",\"tries_left\":3,"
                        "\"fields\":[7,{\"field\":1},{\"field\":\"phone\",\"message\":\"Не номер\"}]}");
  hd_canned_server_add_header (fixture->server, "GET /thing", "Retry-After", "120");
  answer = get (fixture, "thing", &error);

  g_assert_error (error, HD_ERROR, HD_ERROR_REFUSED);
  g_assert_cmpstr (hd_error_get_detail (error), ==, "Виправте");
  g_assert_cmpint (hd_error_get_retry_after (error), ==, 120);
  g_assert_cmpint (hd_error_get_tries_left (error), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (hd_error_get_fields (error)), ==, 1);
  issue = g_list_model_get_item (hd_error_get_fields (error), 0);
  g_assert_cmpstr (hd_issue_get_field_id (issue), ==, "phone");
  g_assert_cmpint (hd_issue_get_code (issue), ==, HD_ISSUE_CODE_PORTAL);
  g_assert_cmpstr (hd_issue_get_message (issue), ==, "Не номер");
}

static void
test_retry_after_in_seconds_or_as_a_date (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 22, 9, 41, 0);
  const struct { const char *value; int seconds; } cases[] = {
    { NULL, -1 },
    { "0", 0 },
    { "300", 300 },
    { "99999999999999999999", -1 },
    { "99999999", 24 * 3600 },
    { "-5", -1 },
    { "soon", -1 },
    { "", -1 },
    { "Sun, 22 Nov 2026 09:46:00 GMT", 300 },
    { "Sun, 22 Nov 2020 09:46:00 GMT", 0 },
    { "Sun, 22 Nov 2126 09:46:00 GMT", 24 * 3600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].value);
      g_assert_cmpint (hd_http_parse_retry_after (cases[i].value, now), ==, cases[i].seconds);
    }
}

static void
test_answers_over_the_limit_are_errors (Fixture       *fixture,
                                        gconstpointer  data)
{
  for (guint chunked = 0; chunked < 2; chunked++)
    {
      g_autoptr (HdHttpRequest) fits = hd_http_request_new ("GET", "thing", NULL);
      g_autoptr (HdHttpRequest) too_large = hd_http_request_new ("GET", "thing", NULL);
      g_autoptr (HdHttpAnswer) answer = NULL;

      hd_canned_server_add (fixture->server, "GET /thing", 200, "{\"a\":\"bcdef\"}");

      if (chunked)
        hd_canned_server_add_header (fixture->server, "GET /thing", "Transfer-Encoding", "chunked");

      hd_http_request_set_limit (fits, 13);
      hd_http_request_set_limit (too_large, 12);
      answer = send (fixture, fits, NULL);
      g_assert_nonnull (answer);
      assert_send_fails (fixture, too_large, HD_ERROR_TOO_LARGE);
    }
}

static void
test_reads_gzip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data ("{\"a\":\"b\"}", -1, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (plain, gzip);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  guint8 buffer[1000];
  gsize length = 0;

  g_assert_true (g_input_stream_read_all (stream, buffer, sizeof buffer, &length, NULL, NULL));
  body = g_bytes_new (buffer, length);
  hd_canned_server_add_bytes (fixture->server, "GET /thing", 200, body);
  hd_canned_server_add_header (fixture->server, "GET /thing", "Content-Encoding", "gzip");
  answer = get (fixture, "thing", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hd_json_get_string (json_node_get_object (answer->root), "a"), ==, "b");
}

static void
test_silence_is_a_network_fault (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "thing", NULL);

  hd_canned_server_add (fixture->server, "GET /thing", HD_CANNED_SILENT, "");
  hd_http_client_set_timeout (fixture->client, 100);
  assert_send_fails (fixture, request, HD_ERROR_NETWORK);
}

static void
test_can_be_cancelled_while_the_server_is_silent (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "thing", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  hd_canned_server_add (fixture->server, "GET /thing", HD_CANNED_SILENT, "");
  hd_http_client_send_async (fixture->client, request, cancellable, hd_test_store_result_cb, &result);

  while (hd_canned_server_get_n_requests (fixture->server) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_cancel (cancellable);
  answer = finish (fixture->client, &result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GFile *
create_file (Fixture    *fixture,
             const char *name,
             gsize       size)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *content = g_malloc (size + 1);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    content[i] = (char) (i % 251);

  g_file_set_contents (path, content, size, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static HdHttpRequest *
create_upload (GFile      *file,
               const char *file_name,
               guint64     size)
{
  HdHttpRequest *request = hd_http_request_new ("POST", "things", NULL);
  g_autoptr (HdHttpMultipart) multipart = hd_http_multipart_new ();
  g_autoptr (JsonNode) node = hd_json_parse ("{\"a\":\"ї\"}", 10, NULL);

  hd_http_multipart_add_json (multipart, "request", node);
  hd_http_multipart_add_file (multipart, "file-0", file, file_name, "image/png\r\nX-Evil: 1", size);
  hd_http_multipart_add_file (multipart, "file-1", file, "plain.png", "image/png", size);
  hd_http_request_set_multipart (request, multipart);
  return request;
}

static void
assert_part_holds (GBytes     *body,
                   const char *head,
                   gsize       size)
{
  const char *data = g_bytes_get_data (body, NULL);
  const char *start = memmem (data, g_bytes_get_size (body), head, strlen (head));

  g_assert_nonnull (start);
  start += strlen (head);
  g_assert_cmpuint (size + 4, <, g_bytes_get_size (body) - (start - data));

  for (gsize i = 0; i < size; i++)
    g_assert_cmpint (start[i], ==, (char) (i % 251));

  g_assert_cmpint (memcmp (start + size, "\r\n--", 4), ==, 0);
}

static void
test_uploads_files_of_any_name (Fixture       *fixture,
                                gconstpointer  data)
{
  enum { SIZE = 3 * 1000 * 1000 };
  g_autoptr (GFile) file = create_file (fixture, "файл", SIZE);
  g_autoptr (HdHttpRequest) request = create_upload (file, "знімок \"1\"\r\n\\екрана.png", SIZE);
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *body;

  hd_canned_server_add (fixture->server, "POST /things", 201, "{}");
  hd_http_request_set_progress (request, progress);
  answer = send (fixture, request, &error);
  g_assert_no_error (error);

  body = hd_canned_server_get_body (fixture->server);
  g_assert_true (g_str_has_prefix (hd_canned_server_get_header (fixture->server, "Content-Type"),
                                   "multipart/form-data; boundary="));
  assert_part_holds (body,
                     "Content-Disposition: form-data; name=\"file-0\"; "
                     "filename=\"знімок %221%22%0D%0A\\екрана.png\"\r\n"
                     "Content-Type: application/octet-stream\r\n\r\n", SIZE);
  assert_part_holds (body,
                     "Content-Disposition: form-data; name=\"file-1\"; filename=\"plain.png\"\r\n"
                     "Content-Type: image/png\r\n\r\n", SIZE);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (body, NULL), 500,
                                  "Content-Disposition: form-data; name=\"request\"\r\n"
                                  "Content-Type: application/json\r\n\r\n{\"a\":\"ї\"}\r\n--"));
  g_assert_cmpuint (hd_progress_get_total (progress), ==, g_bytes_get_size (body));
  g_assert_cmpuint (hd_progress_get_done (progress), ==, g_bytes_get_size (body));
}

static void
test_a_file_that_vanished_is_told_before_anything_is_sent (Fixture       *fixture,
                                                           gconstpointer  data)
{
  g_autoptr (GFile) file = create_file (fixture, "gone", 10);
  g_autoptr (HdHttpRequest) changed = create_upload (file, "gone", 9);
  g_autoptr (HdHttpRequest) vanished = create_upload (file, "gone", 10);

  hd_canned_server_add (fixture->server, "POST /things", 201, "{}");
  assert_send_fails (fixture, changed, HD_ERROR_STORAGE);
  g_assert_true (g_file_delete (file, NULL, NULL));
  assert_send_fails (fixture, vanished, HD_ERROR_STORAGE);
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_a_file_cut_while_it_is_sent_is_an_error (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autoptr (GFile) file = create_file (fixture, "cut", 8 * 1000 * 1000);
  g_autoptr (HdHttpRequest) request = create_upload (file, "cut", 8 * 1000 * 1000);
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  hd_canned_server_add (fixture->server, "POST /things", 201, "{}");
  hd_http_request_set_progress (request, progress);
  hd_http_client_send_async (fixture->client, request, NULL, hd_test_store_result_cb, &result);

  while (hd_progress_get_done (progress) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_no_errno (truncate (g_file_peek_path (file), 100));
  answer = finish (fixture->client, &result, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
}

static gboolean
download (Fixture        *fixture,
          GFile          *destination,
          HdProgress     *progress,
          guint64         limit,
          GError        **error)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "file", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  hd_http_request_expect_bytes (request);
  hd_http_request_set_limit (request, limit);
  hd_http_request_set_progress (request, progress);
  hd_http_client_download_async (fixture->client, request, destination, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_http_client_download_finish (fixture->client, result, error);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static void
test_downloads_replace_a_file_when_complete (Fixture       *fixture,
                                             gconstpointer  data)
{
  enum { SIZE = 2 * 1000 * 1000 };
  g_autoptr (GFile) source = create_file (fixture, "source", SIZE);
  g_autoptr (GFile) destination = create_file (fixture, "вкладення.png", 5);
  g_autoptr (GBytes) content = g_file_load_bytes (source, NULL, NULL, NULL);
  g_autoptr (GBytes) downloaded = NULL;
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (GError) error = NULL;

  hd_canned_server_add_bytes (fixture->server, "GET /file", 200, content);
  g_assert_true (download (fixture, destination, progress, SIZE, &error));
  g_assert_no_error (error);

  downloaded = g_file_load_bytes (destination, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (downloaded, content));
  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_cmpuint (hd_progress_get_done (progress), ==, SIZE);
  g_assert_cmpuint (hd_progress_get_total (progress), ==, SIZE);
}

static void
test_failed_downloads_leave_nothing_behind (Fixture       *fixture,
                                            gconstpointer  data)
{
  enum { SIZE = 1000 * 1000 };
  g_autoptr (GFile) destination = create_file (fixture, "kept", 5);
  g_autofree char *zeros = g_malloc0 (SIZE);
  g_autoptr (GBytes) content = g_bytes_new (zeros, SIZE);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GError) too_large = NULL;
  g_autoptr (GError) not_found = NULL;

  hd_canned_server_add_bytes (fixture->server, "GET /file", 200, content);
  hd_canned_server_add_header (fixture->server, "GET /file", "Transfer-Encoding", "chunked");
  g_assert_false (download (fixture, destination, NULL, SIZE - 1, &too_large));
  g_assert_error (too_large, HD_ERROR, HD_ERROR_TOO_LARGE);

  hd_canned_server_add (fixture->server, "GET /file", 404, "{}");
  g_assert_false (download (fixture, destination, NULL, SIZE, &not_found));
  g_assert_error (not_found, HD_ERROR, HD_ERROR_NOT_FOUND);

  kept = g_file_load_bytes (destination, NULL, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (kept), ==, 5);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_downloads_tell_that_a_folder_is_missing (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nowhere", "file", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET /file", 200, "abc");
  g_assert_false (download (fixture, destination, NULL, 100, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/http/addresses-as-people-type-them", test_addresses_as_people_type_them);
  g_test_add_func ("/http/only-known-kinds-are-made", test_only_known_kinds_are_made);
  g_test_add_func ("/http/an-authority-that-cannot-be-read-is-an-error", test_an_authority_that_cannot_be_read_is_an_error);
  g_test_add_func ("/http/retry-after-in-seconds-or-as-a-date", test_retry_after_in_seconds_or_as_a_date);
  ADD ("/http/gets-json", test_gets_json);
  ADD ("/http/makes-records-of-large-answers", test_makes_records_of_large_answers);
  ADD ("/http/large-answers-that-are-broken-are-errors", test_large_answers_that_are_broken_are_errors);
  ADD ("/http/the-token-goes-along-unless-anonymous", test_the_token_goes_along_unless_anonymous);
  ADD ("/http/one-connection-serves-many-requests", test_one_connection_serves_many_requests);
  ADD ("/http/identifiers-cannot-lead-elsewhere", test_identifiers_cannot_lead_elsewhere);
  ADD ("/http/unchanged-only-if-asked", test_unchanged_only_if_asked);
  ADD ("/http/problems-tell-all-they-know", test_problems_tell_all_they_know);
  ADD ("/http/answers-over-the-limit-are-errors", test_answers_over_the_limit_are_errors);
  ADD ("/http/reads-gzip", test_reads_gzip);
  ADD ("/http/silence-is-a-network-fault", test_silence_is_a_network_fault);
  ADD ("/http/can-be-cancelled-while-the-server-is-silent", test_can_be_cancelled_while_the_server_is_silent);
  ADD ("/http/uploads-files-of-any-name", test_uploads_files_of_any_name);
  ADD ("/http/a-file-that-vanished-is-told-before-anything-is-sent",
       test_a_file_that_vanished_is_told_before_anything_is_sent);
  ADD ("/http/a-file-cut-while-it-is-sent-is-an-error", test_a_file_cut_while_it_is_sent_is_an_error);
  ADD ("/http/downloads-replace-a-file-when-complete", test_downloads_replace_a_file_when_complete);
  ADD ("/http/failed-downloads-leave-nothing-behind", test_failed_downloads_leave_nothing_behind);
  ADD ("/http/downloads-tell-that-a-folder-is-missing", test_downloads_tell_that_a_folder_is_missing);

  return g_test_run ();
}
