/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-error.h"
#include "hd-misbehaving-server.h"
#include "hd-open-portal.h"
#include "hd-portal-call.h"
#include "hd-portal-calls.h"

/*
 * The open portal against a server that answers with anything but what it
 * should.  For each: the error by kind, soon, without a warning, with nothing
 * left behind, and not more taken from the line than the limit.
 */

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define ANSWER(length, body) OK "Content-Length: " length "\r\n\r\n" body
#define UNTIL_CLOSED(body) OK "\r\n" body
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"
#define TEN "0123456789"
#define EIGHTY "        " "        " "        " "        " "        " "        " "        " "        " "        " "        "
#define WHOLE "{\"id\":\"1\",\"name\":\"a\",\"user_name\":\"b\",\"offering_id\":\"c\",\"version\":1,\"fields\":[]}"
#define FOREVER HD_MISBEHAVE_FOREVER

enum
{
  SHORT = 150,                        /* milliseconds of silence that are too many, where there is silence */
  LONG = 20 * 1000,
  PATIENCE = 30 * G_USEC_PER_SEC,     /* nothing here may take longer */
  BLOCK = 64 * 1024,
  HALF_A_GIGABYTE = 500 * 1000 * 1000,
};

static char block[BLOCK];             /* of spaces, which are no fault in JSON */
static char chunk[BLOCK + 9];         /* the same as one chunk */
static char described[BLOCK + 9];     /* a chunk of one byte with a long extension */

typedef struct
{
  const char     *name;
  HdMisbehaviour  behaviour;
  HdError         code;
} Case;

/* What is wrong with these does not depend on what was asked. */
static const Case cases[] = {
  { "html", { { { ANSWER ("26", "<html><body>Hi</body></html>") } } }, HD_ERROR_PROTOCOL },
  { "nothing at all in the body", { { { ANSWER ("0", "") } } }, HD_ERROR_PROTOCOL },
  { "truncated json", { { { UNTIL_CLOSED ("{\"id\":\"1\",\"user_na") } } }, HD_ERROR_PROTOCOL },
  { "an array", { { { ANSWER ("2", "[]") } } }, HD_ERROR_PROTOCOL },
  { "a string", { { { ANSWER ("3", "\"a\"") } } }, HD_ERROR_PROTOCOL },
  { "null", { { { ANSWER ("4", "null") } } }, HD_ERROR_PROTOCOL },
  { "two documents", { { { ANSWER ("4", "{}{}") } } }, HD_ERROR_PROTOCOL },
  { "a document and rubbish", { { { ANSWER ("6", "{}<a/>") } } }, HD_ERROR_PROTOCOL },
  { "invalid utf-8", { { { UNTIL_CLOSED ("{\"id\":\"\xff\xfe\",\"name\":\"\xc3\x28\"}") } } }, HD_ERROR_PROTOCOL },
  { "nul bytes", { { { OK "\r\n" }, { "{\"id\":\"a\0b\",\"name\":\"\0\"}", 22 } } }, HD_ERROR_PROTOCOL },
  { "only nul bytes", { { { OK "\r\n" }, { "\0\0\0\0\0\0\0\0", 8 } } }, HD_ERROR_PROTOCOL },
  { "deep arrays", { { { OK "\r\n{\"a\":" }, { "[[[[[[[[[[", 10, 100000 } } }, HD_ERROR_PROTOCOL },
  { "deep objects", { { { OK "\r\n" }, { "{\"a\":{\"a\":{\"a\":{\"a\":", 20, 100000 } } }, HD_ERROR_PROTOCOL },
  { "a long number", { { { OK "\r\n{\"id\":" }, { TEN, 10, 10000 }, { "}" } } }, HD_ERROR_PROTOCOL },

  { "no content", { { { "HTTP/1.1 204 No Content\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
  { "no content that has some", { { { "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}" } } }, HD_ERROR_PROTOCOL },
  { "a part that nobody asked for", { { { "HTTP/1.1 206 Partial Content\r\nContent-Type: application/json\r\n"
                                          "Content-Range: bytes 0-78/900\r\nContent-Length: 79\r\n\r\n" WHOLE } } }, HD_ERROR_PROTOCOL },
  { "a redirection to itself", { { { "HTTP/1.1 307 Here\r\nLocation: \r\nContent-Length: 0\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
  { "a redirection to another", { { { "HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
  { "cookies without end", { { { OK }, { "Set-Cookie: a=0123456789\r\n", 0, FOREVER } } }, HD_ERROR_NETWORK },

  { "half a gigabyte announced", { { { OK "Content-Length: 500000000\r\n\r\n" }, { block, BLOCK, HALF_A_GIGABYTE / BLOCK } } }, HD_ERROR_TOO_LARGE },
  { "half a gigabyte in chunks", { { { CHUNKED }, { chunk, BLOCK + 9, HALF_A_GIGABYTE / BLOCK } } }, HD_ERROR_TOO_LARGE },
  { "half a gigabyte until the end", { { { OK "\r\n" }, { block, BLOCK, HALF_A_GIGABYTE / BLOCK } } }, HD_ERROR_TOO_LARGE },
  { "small chunks for ever", { { { CHUNKED }, { "1\r\n \r\n", 6, FOREVER } } }, HD_ERROR_PROTOCOL },
  { "a chunk that is described for ever", { { { CHUNKED "1;" }, { TEN, 10, FOREVER } } }, HD_ERROR_NETWORK },
  { "chunks that are described at length", { { { CHUNKED }, { described, sizeof described - 1, FOREVER } } }, HD_ERROR_NETWORK },
  { "trailers for ever", { { { CHUNKED "2\r\n[]\r\n0\r\n" }, { "X-A: b\r\n", 0, FOREVER } } }, HD_ERROR_PROTOCOL },
  { "chunks for ever", { { { CHUNKED }, { chunk, BLOCK + 9, FOREVER } } }, HD_ERROR_TOO_LARGE },

  { "silence", { { { NULL } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "silence after the headers", { { { OK "Content-Length: 10\r\n\r\n" } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "silence in the headers", { { { OK } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "silence in the body", { { { OK "Content-Length: 10\r\n\r\n{\"id\"" } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "silence in a chunk", { { { CHUNKED "20\r\n{" } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "a byte now and then", { { { CHUNKED }, { "1\r\n \r\n", 6, FOREVER, 20 } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "some bytes now and then", { { { CHUNKED }, { "50\r\n" EIGHTY "\r\n", 0, FOREVER, 20 } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "a header now and then", { { { OK }, { "X-A: b\r\n", 8, FOREVER, 20 } }, .stay = TRUE }, HD_ERROR_NETWORK },
  { "closing without a word", { { { NULL } } }, HD_ERROR_NETWORK },
  { "closing without listening", { { { NULL } }, .deaf = TRUE }, HD_ERROR_NETWORK },
  { "closing in the headers", { { { "HTTP/1.1 200 OK\r\nContent-Ty" } } }, HD_ERROR_PROTOCOL },
  { "half a body", { { { ANSWER ("100", "{\"id\":\"1\"") } } }, HD_ERROR_NETWORK },
  { "half a chunk", { { { CHUNKED "64\r\n{\"id\":" } } }, HD_ERROR_NETWORK },

  { "a length that is too small", { { { ANSWER ("5", "{\"id\":\"1\"}") } } }, HD_ERROR_PROTOCOL },
  { "a length below zero", { { { ANSWER ("-5", "{\"options\":[]}") } } }, HD_ERROR_PROTOCOL },
  { "a length far below zero", { { { ANSWER ("-9223372036854775808", "{\"options\":[]}") } } }, HD_ERROR_PROTOCOL },
  { "a length that is no number", { { { ANSWER ("many", "{\"id\"}") } } }, HD_ERROR_PROTOCOL },
  { "a length beyond all numbers", { { { ANSWER ("99999999999999999999999", "{\"id\"") } } }, HD_ERROR_PROTOCOL },
  { "two lengths", { { { OK "Content-Length: 2\r\nContent-Length: 400\r\n\r\n{\"" } } }, HD_ERROR_PROTOCOL },
  { "a chunk of no length", { { { CHUNKED "zz\r\n{}\r\n0\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
  { "a chunk beyond all numbers", { { { CHUNKED "ffffffffffffffffff\r\n{\"\r\n" } } }, HD_ERROR_PROTOCOL },

  { "informational answers for ever", { { { "HTTP/1.1 100 Continue\r\n\r\n", 0, FOREVER } } }, HD_ERROR_PROTOCOL },
  { "hints for ever", { { { "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0, FOREVER } } }, HD_ERROR_PROTOCOL },
  { "headers for ever", { { { "HTTP/1.1 200 OK\r\n" }, { "X-Header: 0123456789\r\n", 0, FOREVER } } }, HD_ERROR_NETWORK },
  { "a header for ever", { { { "HTTP/1.1 200 OK\r\nX-Header: " }, { TEN, 10, FOREVER } } }, HD_ERROR_NETWORK },
  { "empty lines for ever", { { { "\r\n", 2, FOREVER } } }, HD_ERROR_PROTOCOL },
  { "no http at all", { { { "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n" } } }, HD_ERROR_PROTOCOL },
  { "zeros for ever", { { { "\0\0\0\0\0\0\0\0", 8, FOREVER } } }, HD_ERROR_NETWORK },
  { "http of the future", { { { "HTTP/9.9 200 OK\r\n\r\n{}" } } }, HD_ERROR_PROTOCOL },
  { "no status", { { { "HTTP/1.1\r\n\r\n{}" } } }, HD_ERROR_PROTOCOL },
  { "a status of five figures", { { { "HTTP/1.1 20000 OK\r\n\r\n{}" } } }, HD_ERROR_PROTOCOL },
  { "a status of nothing", { { { "HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
  { "another protocol", { { { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: Upgrade\r\n\r\n" } } }, HD_ERROR_NETWORK },

  { "compressed rubbish", { { { OK "Content-Encoding: gzip\r\nContent-Length: 10\r\n\r\n" TEN } } }, HD_ERROR_PROTOCOL },
  { "an unknown compression", { { { OK "Content-Encoding: rubbish\r\nContent-Length: 10\r\n\r\n" TEN } } }, HD_ERROR_PROTOCOL },
  { "unchanged without having asked", { { { "HTTP/1.1 304 Not Modified\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
  { "a failure as large as a film", { { { "HTTP/1.1 500 No\r\nContent-Type: application/problem+json\r\n\r\n" }, { block, BLOCK, FOREVER } } }, HD_ERROR_UNAVAILABLE },
  { "a failure that never ends", { { { "HTTP/1.1 500 No\r\nContent-Length: 500\r\n\r\n{" } }, .stay = TRUE }, HD_ERROR_UNAVAILABLE },
};

static HdPortal *
create_portal (HdMisbehavingServer *server,
               guint                timeout)
{
  g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
  g_autofree char *base = g_strconcat (uri, "api/v1/", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdHttpClient) client = hd_http_client_new (base, NULL, &error);

  g_assert_no_error (error);
  hd_http_client_set_timeout (client, timeout);
  return HD_PORTAL (hd_open_portal_new (client));
}

/* What a call ends with, which must be soon. */
static GError *
call (HdMisbehavingServer    *server,
      const HdMisbehaviour   *behaviour,
      const HdPortalCallInfo *info)
{
  HdPortal *portal = create_portal (server, behaviour->stay ? SHORT : LONG);
  gint64 begin = g_get_monotonic_time ();
  GError *error = NULL;

  hd_misbehaving_server_set (server, behaviour);
  info->call (portal, &error);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, PATIENCE);

  hd_test_drain ();
  g_assert_finalize_object (portal);
  return error;
}

static void
assert_call_fails (HdMisbehavingServer    *server,
                   const HdMisbehaviour   *behaviour,
                   const HdPortalCallInfo *info,
                   const char             *name,
                   HdError                 code)
{
  g_autoptr (GError) error = call (server, behaviour, info);

  if (!g_error_matches (error, HD_ERROR, (int) code))
    g_error ("%s, %s: %s, not %d", info->name, name, error != NULL ? error->message : "no error", (int) code);
}

static void
test_answer (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
  guint n_calls = 0, n_called = 0;
  const HdPortalCallInfo *calls = hd_portal_calls_get (&n_calls);

  /* Where each takes its time, a few calls must do: one for info, signing in, a list, filing. */
  for (guint i = 0; i < n_calls; i += c->behaviour.stay || c->code == HD_ERROR_TOO_LARGE ? 5 : 1)
    {
      if (calls[i].answer != NULL)
        {
          assert_call_fails (server, &c->behaviour, &calls[i], c->name, c->code);
          n_called++;
        }
    }

  /* The limit of JSON, and what fits into the buffers between us. */
  g_assert_cmpuint (hd_misbehaving_server_get_n_sent (server), <, n_called * 48 * 1024 * 1024);
}

/* Pictures, attachments and what answers with nothing have no JSON to be broken. */
static void
test_calls_without_json (void)
{
  const Case special[] = {
    { "get_media_bundle", { { { CHUNKED }, { chunk, BLOCK + 9, FOREVER } } }, HD_ERROR_TOO_LARGE },
    { "get_media_bundle", { { { ANSWER ("26", "<html><body>Hi</body></html>") } } }, HD_ERROR_PROTOCOL },
    { "get_media", { { { OK "Content-Length: 500000000\r\n\r\n" }, { block, BLOCK, FOREVER } } }, HD_ERROR_TOO_LARGE },
    { "get_media", { { { CHUNKED }, { chunk, BLOCK + 9, FOREVER } } }, HD_ERROR_TOO_LARGE },
    { "get_media", { { { ANSWER ("26", "<html><body>Hi</body></html>") } } }, HD_ERROR_PROTOCOL },
    { "get_media", { { { ANSWER ("100", "half") } } }, HD_ERROR_NETWORK },
    { "get_media", { { { NULL } }, .stay = TRUE }, HD_ERROR_NETWORK },
    { "get_media", { { { "HTTP/1.1 204 No Content\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
    { "get_media", { { { "HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\nhalf" } } }, HD_ERROR_PROTOCOL },
    { "download", { { { "HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\nhalf" } } }, HD_ERROR_PROTOCOL },
    { "download", { { { "HTTP/1.1 204 No Content\r\n\r\n" } } }, HD_ERROR_PROTOCOL },
    { "download", { { { CHUNKED }, { "1\r\nx\r\n", 6, FOREVER, 20 } }, .stay = TRUE }, HD_ERROR_NETWORK },
    { "download", { { { OK "Content-Length: 2000000000\r\n\r\n" }, { block, BLOCK, FOREVER } } }, HD_ERROR_TOO_LARGE },
    { "download", { { { ANSWER ("100", "half") } } }, HD_ERROR_NETWORK },
    { "download", { { { OK "Content-Length: 100\r\n\r\nhalf" } }, .stay = TRUE }, HD_ERROR_NETWORK },
    { "download", { { { CHUNKED "64\r\nhalf" } } }, HD_ERROR_NETWORK },
    { "send_feedback", { { { NULL } }, .stay = TRUE }, HD_ERROR_NETWORK },
    { "send_feedback", { { { "HTTP/1.1 100 Continue\r\n\r\n", 0, FOREVER } } }, HD_ERROR_PROTOCOL },
  };
  guint n_calls = 0;
  const HdPortalCallInfo *calls = hd_portal_calls_get (&n_calls);

  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    {
      g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
      gboolean found = FALSE;

      for (guint j = 0; j < n_calls; j++)
        {
          if (g_str_equal (calls[j].name, special[i].name))
            {
              assert_call_fails (server, &special[i].behaviour, &calls[j], special[i].behaviour.steps[0].bytes, special[i].code);
              found = TRUE;
            }
        }

      g_assert_true (found);
    }
}

/* A thousand times smaller on the line than in memory. */
static void
test_a_compressed_bomb (void)
{
  enum { SIZE = 80 * 1024 * 1024 };
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, gzip);
  g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
  HdMisbehaviour behaviour = { 0, };
  guint n_calls = 0;

  for (guint i = 0; i < SIZE / BLOCK; i++)
    g_assert_true (g_output_stream_write_all (stream, block, BLOCK, NULL, NULL, NULL));

  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  behaviour.steps[0].bytes = OK "Content-Encoding: gzip\r\n\r\n";
  behaviour.steps[1].bytes = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory));
  behaviour.steps[1].length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  g_assert_cmpuint (behaviour.steps[1].length, <, SIZE / 500);

  assert_call_fails (server, &behaviour, &hd_portal_calls_get (&n_calls)[0], "bomb", HD_ERROR_TOO_LARGE);
}

static const struct
{
  guint   status;
  HdError code;
} statuses[] = {
  { 300, HD_ERROR_PROTOCOL }, { 301, HD_ERROR_PROTOCOL }, { 305, HD_ERROR_PROTOCOL },
  { 400, HD_ERROR_REFUSED }, { 403, HD_ERROR_FORBIDDEN }, { 404, HD_ERROR_NOT_FOUND },
  { 405, HD_ERROR_REFUSED }, { 407, HD_ERROR_REFUSED }, { 408, HD_ERROR_NETWORK },
  { 409, HD_ERROR_CONFLICT }, { 410, HD_ERROR_NOT_FOUND }, { 412, HD_ERROR_CONFLICT },
  { 413, HD_ERROR_TOO_LARGE }, { 418, HD_ERROR_REFUSED }, { 422, HD_ERROR_REFUSED },
  { 429, HD_ERROR_RATE_LIMITED }, { 500, HD_ERROR_UNAVAILABLE }, { 502, HD_ERROR_UNAVAILABLE },
  { 503, HD_ERROR_UNAVAILABLE }, { 504, HD_ERROR_UNAVAILABLE }, { 599, HD_ERROR_UNAVAILABLE },
};

static const char *const explanations[] = {
  "",
  "<html><body>Bad Gateway</body></html>",
  "{\"code\":7,\"detail\":[],\"fields\":{\"a\":1},\"tries_left\":\"many\"}",
  "{\"code\":\"something-new\",\"fields\":[null,[],\"a\",{\"field\":{}}],\"tries_left\":-1}",
  "{\"code\":\"\xff\"}",
  "[[[[[[[[[[",
};

/* With explanations that explain nothing, and times to wait that are none. */
static void
test_statuses (void)
{
  const char *waits[] = { "", "Retry-After: soon\r\n", "Retry-After: -1\r\n", "Retry-After: 99999999999999999999\r\n" };
  g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
  guint n_calls = 0;
  const HdPortalCallInfo *calls = hd_portal_calls_get (&n_calls);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (explanations); j++)
        {
          g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u No\r\n%sContent-Type: application/problem+json\r\n"
                                                   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                                   statuses[i].status, waits[j % G_N_ELEMENTS (waits)],
                                                   strlen (explanations[j]), explanations[j]);
          const HdMisbehaviour behaviour = { { { text } } };
          const HdPortalCallInfo *info = &calls[(i + j) % n_calls];
          g_autoptr (GError) error = NULL;

          /* Without a session there is nothing to ask for its end. */
          if (g_str_equal (info->name, "sign_out"))
            continue;

          error = call (server, &behaviour, info);
          /* What a conflict is about that nobody explains is not known. */
          if (statuses[i].status != 409 || !g_error_matches (error, HD_ERROR, HD_ERROR_UNSETTLED))
            g_assert_error (error, HD_ERROR, (int) statuses[i].code);
          g_assert_cmpint (hd_error_get_retry_after (error), ==, -1);
          g_assert_cmpint (hd_error_get_tries_left (error), ==, -1);
          g_assert_null (hd_error_get_fields (error));
          g_assert_null (hd_error_get_detail (error));
        }
    }
}

static void
fill_blocks (void)
{
  memset (block, ' ', sizeof block);
  memcpy (chunk, "10000\r\n", 7);
  memset (chunk + 7, ' ', BLOCK);
  memcpy (chunk + 7 + BLOCK, "\r\n", 2);
  memset (described, 'x', sizeof described);
  memcpy (described, "1;", 2);
  memcpy (described + sizeof described - 6, "\r\n \r\n", 5);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);
  fill_blocks ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " ", '-');
      g_autofree char *path = g_strconcat ("/misbehaving/", name, NULL);

      g_test_add_data_func (path, &cases[i], test_answer);
    }

  g_test_add_func ("/misbehaving/calls-without-json", test_calls_without_json);
  g_test_add_func ("/misbehaving/a-compressed-bomb", test_a_compressed_bomb);
  g_test_add_func ("/misbehaving/statuses", test_statuses);

  return g_test_run ();
}
