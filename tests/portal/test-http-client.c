/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "hd-account.h"
#include "hd-http-fixture.h"
#include "hd-http-pause.h"
#include "hd-http-problem.h"
#include "hd-issue.h"
#include "hd-json.h"
#include "hd-option-list.h"
#include "hd-portal-factory.h"
#include "hd-test-utils.h"

static HdHttpAnswer *
get (HdHttpFixture *fixture,
     const char    *segment,
     GError       **error)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", segment, NULL);

  return hd_http_fixture_send (fixture, request, error);
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
  g_autoptr (HdPortal) portal = hd_portal_new_for_kind ("open", "helpdesk.customs.gov.ua", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (portal);
  g_assert_null (hd_portal_new_for_kind ("fax", "helpdesk.customs.gov.ua", NULL, NULL, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_UNSUPPORTED);
}

/* What the server has asked for is kept to, whoever asks for what. */
static void
test_a_server_that_wants_a_pause_gets_it (HdHttpFixture *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdHttpRequest) thing = hd_http_request_new ("GET", "thing", NULL);
  g_autoptr (HdHttpRequest) other = hd_http_request_new ("GET", "other", NULL);
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET /thing", 429,
                        "{\"type\":\"about:blank\",\"status\":429,\"code\":\"rate-limited\",\"detail\":\"Зачекайте\"}");
  hd_canned_server_add_header (fixture->server, "GET /thing", "Retry-After", "120");
  hd_canned_server_add (fixture->server, "GET /other", 200, "{}");

  hd_http_fixture_assert_fails (fixture, thing, HD_ERROR_RATE_LIMITED);
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 1);

  g_assert_null (hd_http_fixture_send (fixture, other, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_RATE_LIMITED);
  g_assert_cmpint (hd_error_get_retry_after (error), >, 0);
  g_assert_cmpint (hd_error_get_retry_after (error), <=, 120);
  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 1);
}

static void
assert_pause (HdHttpPause *pause,
              gint64       now,
              int          seconds)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_http_pause_check (pause, now * G_USEC_PER_SEC, &error) == (seconds == 0));
  if (seconds > 0)
    g_assert_cmpint (hd_error_get_retry_after (error), ==, seconds);
}

static void
test_a_pause_ends (void)
{
  HdHttpPause pause = { 0 };
  g_autoptr (GError) limited = g_error_new_literal (HD_ERROR, HD_ERROR_RATE_LIMITED, "slowly");
  g_autoptr (GError) locked = g_error_new_literal (HD_ERROR, HD_ERROR_LOCKED, "locked");

  hd_error_set_retry_after (limited, 30);
  hd_error_set_retry_after (locked, 300);

  assert_pause (&pause, 100, 0);
  hd_http_pause_note (&pause, locked, 100 * G_USEC_PER_SEC);
  assert_pause (&pause, 100, 0);
  hd_http_pause_note (&pause, limited, 100 * G_USEC_PER_SEC);
  assert_pause (&pause, 100, 30);
  assert_pause (&pause, 129, 1);
  assert_pause (&pause, 130, 0);

  /* Nobody is shut out for a week by a slip. */
  hd_error_set_retry_after (limited, 7 * 24 * 60 * 60);
  hd_http_pause_note (&pause, limited, 200 * G_USEC_PER_SEC);
  assert_pause (&pause, 200, 15 * 60);
}

static void
test_an_authority_that_cannot_be_read_is_an_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hd_portal_new_for_kind ("open", "helpdesk.customs.gov.ua", "/nowhere/ca.pem", NULL, &error));
  g_assert_error (error, HD_ERROR, HD_ERROR_TLS);
}

static void
test_an_authority_without_a_certificate_fails_every_request (HdHttpFixture *fixture,
                                                             gconstpointer  data)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autofree char *absolute = g_build_filename (directory, "ca.pem", NULL);
  g_autofree char *here = g_get_current_dir ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (absolute, "nothing", -1, NULL));
  g_assert_cmpint (g_chdir (directory), ==, 0);
  g_clear_object (&fixture->client);
  /* The path is taken for what it is now, relative to where the program was started. */
  fixture->client = hd_http_client_new ("https://localhost/", "ca.pem", &error);
  g_assert_cmpint (g_chdir (here), ==, 0);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->client);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (get (fixture, "thing", &error));
      g_assert_error (error, HD_ERROR, HD_ERROR_TLS);
      g_clear_error (&error);
    }

  hd_test_remove_tree (directory);
}

static void
test_gets_json (HdHttpFixture *fixture,
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
test_makes_records_of_large_answers (HdHttpFixture *fixture,
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
  answer = hd_http_fixture_send (fixture, request, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (hd_option_list_get_options (answer->record)), ==, 5000);
}

static void
test_large_answers_that_are_broken_are_errors (HdHttpFixture *fixture,
                                               gconstpointer  data)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "options", NULL);
  g_autofree char *spaces = g_strnfill (200 * 1024, ' ');
  g_autofree char *body = g_strconcat ("{\"options\":", spaces, NULL);

  hd_canned_server_add (fixture->server, "GET /options", 200, body);
  hd_http_request_expect_record (request, HD_TYPE_OPTION_LIST);
  hd_http_fixture_assert_fails (fixture, request, HD_ERROR_PROTOCOL);
}

static void
test_the_token_goes_along_unless_anonymous (HdHttpFixture *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdHttpRequest) anonymous = hd_http_request_new ("GET", "thing", NULL);
  HdHttpAnswer *answer;

  hd_canned_server_add (fixture->server, "GET /thing", 200, "{}");
  hd_http_request_set_anonymous (anonymous, TRUE);
  hd_http_client_set_authorization (fixture->client, "Bearer", "secret");

  answer = get (fixture, "thing", NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, "Bearer secret");
  hd_http_answer_free (answer);

  answer = hd_http_fixture_send (fixture, anonymous, NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
  hd_http_answer_free (answer);

  hd_http_client_set_authorization (fixture->client, NULL, NULL);
  answer = get (fixture, "thing", NULL);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Authorization"), ==, NULL);
  hd_http_answer_free (answer);
}

/* Signing in or out forgets the cookies, also while something else is under way. */
static void
test_cookies_come_back_until_they_are_forgotten (HdHttpFixture *fixture,
                                                 gconstpointer  data)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "slow", NULL);
  g_autoptr (HdHttpAnswer) first = NULL;
  g_autoptr (HdHttpAnswer) second = NULL;
  g_autoptr (HdHttpAnswer) third = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint n_requests;

  hd_canned_server_add (fixture->server, "GET /a", 200, "{}");
  hd_canned_server_add_header (fixture->server, "GET /a", "Set-Cookie", "session=secret; Path=/");
  hd_canned_server_add (fixture->server, "GET /b", 200, "{}");
  hd_canned_server_add (fixture->server, "GET /slow", HD_CANNED_SILENT, "");
  hd_http_client_start_cookies (fixture->client);

  first = get (fixture, "a", &error);
  g_assert_no_error (error);
  second = get (fixture, "b", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hd_canned_server_get_header (fixture->server, "Cookie"), ==, "session=secret");

  n_requests = hd_canned_server_get_n_requests (fixture->server);
  hd_http_client_set_timeout (fixture->client, 200);
  hd_http_client_send_async (fixture->client, request, NULL, hd_test_store_result_cb, &result);
  while (hd_canned_server_get_n_requests (fixture->server) == n_requests)
    g_main_context_iteration (NULL, TRUE);
  hd_http_client_start_cookies (fixture->client);
  g_assert_null (hd_http_fixture_finish (fixture, &result, NULL));

  third = get (fixture, "b", &error);
  g_assert_no_error (error);
  g_assert_null (hd_canned_server_get_header (fixture->server, "Cookie"));
}

static void
test_one_connection_serves_many_requests (HdHttpFixture *fixture,
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
test_identifiers_cannot_lead_elsewhere (HdHttpFixture *fixture,
                                        gconstpointer  data)
{
  const char *rubbish[] = { "", ".", "..", "\xff" };
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "requests", "../me?a=b#c/ї", NULL);
  g_autoptr (HdHttpAnswer) answer = NULL;

  hd_canned_server_add (fixture->server, "GET /requests/..%2Fme%3Fa%3Db%23c%2F%D1%97", 200, "{}");
  hd_http_request_add_query (request, "q", "a&b=c d");
  hd_http_request_add_query (request, "nothing", NULL);
  hd_http_request_add_query (request, "since", "1+1");
  answer = hd_http_fixture_send (fixture, request, NULL);
  g_assert_nonnull (answer);
  g_assert_cmpstr (hd_canned_server_get_query (fixture->server), ==, "q=a%26b%3Dc%20d&since=1%2B1");

  for (guint i = 0; i < G_N_ELEMENTS (rubbish); i++)
    {
      g_autoptr (HdHttpRequest) other = hd_http_request_new ("GET", "requests", rubbish[i], "cancel", NULL);

      hd_http_fixture_assert_fails (fixture, other, HD_ERROR_NOT_FOUND);
    }

  g_assert_cmpuint (hd_canned_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_unchanged_only_if_asked (HdHttpFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr (HdHttpRequest) conditional = hd_http_request_new ("GET", "thing", NULL);
  g_autoptr (HdHttpRequest) plain = hd_http_request_new ("GET", "thing", NULL);
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  hd_canned_server_add (fixture->server, "GET /thing", 304, "");
  hd_http_request_set_header (conditional, "If-None-Match", "\"1\"");
  answer = hd_http_fixture_send (fixture, conditional, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 304);
  g_assert_null (answer->root);

  hd_http_fixture_assert_fails (fixture, plain, HD_ERROR_PROTOCOL);
}

static void
test_problems_tell_all_they_know (HdHttpFixture *fixture,
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
test_answers_over_the_limit_are_errors (HdHttpFixture *fixture,
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
      answer = hd_http_fixture_send (fixture, fits, NULL);
      g_assert_nonnull (answer);
      hd_http_fixture_assert_fails (fixture, too_large, HD_ERROR_TOO_LARGE);
    }
}

static void
test_reads_gzip (HdHttpFixture *fixture,
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
test_silence_is_a_network_fault (HdHttpFixture *fixture,
                                 gconstpointer  data)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "thing", NULL);

  hd_canned_server_add (fixture->server, "GET /thing", HD_CANNED_SILENT, "");
  hd_http_client_set_timeout (fixture->client, 100);
  hd_http_fixture_assert_fails (fixture, request, HD_ERROR_NETWORK);
}

static void
test_can_be_cancelled_while_the_server_is_silent (HdHttpFixture *fixture,
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
  answer = hd_http_fixture_finish (fixture, &result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/http/addresses-as-people-type-them", test_addresses_as_people_type_them);
  g_test_add_func ("/http/only-known-kinds-are-made", test_only_known_kinds_are_made);
  g_test_add_func ("/http/an-authority-that-cannot-be-read-is-an-error", test_an_authority_that_cannot_be_read_is_an_error);
  g_test_add_func ("/http/retry-after-in-seconds-or-as-a-date", test_retry_after_in_seconds_or_as_a_date);
  g_test_add_func ("/http/a-pause-ends", test_a_pause_ends);
  HD_HTTP_TEST ("/http/a-server-that-wants-a-pause-gets-it", test_a_server_that_wants_a_pause_gets_it);
  HD_HTTP_TEST ("/http/an-authority-without-a-certificate-fails-every-request",
                test_an_authority_without_a_certificate_fails_every_request);
  HD_HTTP_TEST ("/http/gets-json", test_gets_json);
  HD_HTTP_TEST ("/http/makes-records-of-large-answers", test_makes_records_of_large_answers);
  HD_HTTP_TEST ("/http/large-answers-that-are-broken-are-errors", test_large_answers_that_are_broken_are_errors);
  HD_HTTP_TEST ("/http/the-token-goes-along-unless-anonymous", test_the_token_goes_along_unless_anonymous);
  HD_HTTP_TEST ("/http/cookies-come-back-until-they-are-forgotten", test_cookies_come_back_until_they_are_forgotten);
  HD_HTTP_TEST ("/http/one-connection-serves-many-requests", test_one_connection_serves_many_requests);
  HD_HTTP_TEST ("/http/identifiers-cannot-lead-elsewhere", test_identifiers_cannot_lead_elsewhere);
  HD_HTTP_TEST ("/http/unchanged-only-if-asked", test_unchanged_only_if_asked);
  HD_HTTP_TEST ("/http/problems-tell-all-they-know", test_problems_tell_all_they_know);
  HD_HTTP_TEST ("/http/answers-over-the-limit-are-errors", test_answers_over_the_limit_are_errors);
  HD_HTTP_TEST ("/http/reads-gzip", test_reads_gzip);
  HD_HTTP_TEST ("/http/silence-is-a-network-fault", test_silence_is_a_network_fault);
  HD_HTTP_TEST ("/http/can-be-cancelled-while-the-server-is-silent", test_can_be_cancelled_while_the_server_is_silent);

  return g_test_run ();
}
