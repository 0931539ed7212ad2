/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem() */

#include <string.h>
#include <unistd.h>

#include "hd-http-fixture.h"
#include "hd-json.h"
#include "hd-test-utils.h"

static GFile *
create_file (HdHttpFixture *fixture,
             const char    *name,
             gsize          size)
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
test_uploads_files_of_any_name (HdHttpFixture *fixture,
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
  answer = hd_http_fixture_send (fixture, request, &error);
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
test_a_file_that_vanished_is_told_before_anything_is_sent (HdHttpFixture *fixture,
                                                           gconstpointer  data)
{
  g_autoptr (GFile) file = create_file (fixture, "gone", 10);
  g_autoptr (HdHttpRequest) changed = create_upload (file, "gone", 9);
  g_autoptr (HdHttpRequest) vanished = create_upload (file, "gone", 10);

  hd_canned_server_add (fixture->server, "POST /things", 201, "{}");
  hd_http_fixture_assert_fails (fixture, changed, HD_ERROR_STORAGE);
  g_assert_true (g_file_delete (file, NULL, NULL));
  hd_http_fixture_assert_fails (fixture, vanished, HD_ERROR_STORAGE);
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_a_file_cut_while_it_is_sent_is_an_error (HdHttpFixture *fixture,
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
  answer = hd_http_fixture_finish (fixture, &result, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
}

static gboolean
download (HdHttpFixture  *fixture,
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
count_files (HdHttpFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static void
test_downloads_replace_a_file_when_complete (HdHttpFixture *fixture,
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
test_failed_downloads_leave_nothing_behind (HdHttpFixture *fixture,
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
test_cancelled_downloads_leave_nothing_behind (HdHttpFixture *fixture,
                                               gconstpointer  data)
{
  enum { SIZE = 20 * 1000 * 1000 };
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (SIZE), SIZE);
  g_autofree char *path = g_build_filename (fixture->folder, "file", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (path);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "file", NULL);
  g_autoptr (HdProgress) progress = hd_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add_bytes (fixture->server, "GET /file", 200, content);
  hd_http_request_expect_bytes (request);
  hd_http_request_set_progress (request, progress);
  hd_http_client_download_async (fixture->client, request, destination, cancellable, hd_test_store_result_cb, &result);

  while (hd_progress_get_done (progress) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_cancel (cancellable);
  hd_test_await (&result);
  g_assert_false (hd_http_client_download_finish (fixture->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_downloads_tell_that_a_folder_is_missing (HdHttpFixture *fixture,
                                              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nowhere", "file", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET /file", 200, "abc");
  g_assert_false (download (fixture, destination, NULL, 100, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  HD_HTTP_TEST ("/http-files/uploads-files-of-any-name", test_uploads_files_of_any_name);
  HD_HTTP_TEST ("/http-files/a-file-that-vanished-is-told-before-anything-is-sent",
                test_a_file_that_vanished_is_told_before_anything_is_sent);
  HD_HTTP_TEST ("/http-files/a-file-cut-while-it-is-sent-is-an-error", test_a_file_cut_while_it_is_sent_is_an_error);
  HD_HTTP_TEST ("/http-files/downloads-replace-a-file-when-complete", test_downloads_replace_a_file_when_complete);
  HD_HTTP_TEST ("/http-files/failed-downloads-leave-nothing-behind", test_failed_downloads_leave_nothing_behind);
  HD_HTTP_TEST ("/http-files/cancelled-downloads-leave-nothing-behind", test_cancelled_downloads_leave_nothing_behind);
  HD_HTTP_TEST ("/http-files/downloads-tell-that-a-folder-is-missing", test_downloads_tell_that_a_folder_is_missing);

  return g_test_run ();
}
