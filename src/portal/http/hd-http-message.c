/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-message.h"

#include <string.h>

/*
 * libsoup's message for a request.
 *
 * libsoup sends once more by itself what does no harm twice, where the line was
 * cut before any answer; but a body, which it has read to its end by then, it
 * leaves empty.  So each body is set again when that happens.
 */

static void
bytes_restarted_cb (SoupMessage *message,
                    gpointer     user_data)
{
  HdHttpRequest *request = user_data;

  soup_message_set_request_body_from_bytes (message, hd_http_request_get_body_type (request),
                                            hd_http_request_get_body (request));
}

/* Returns: (transfer full) (nullable): where the header says that the next part of a collection is (RFC 8288) */
static char *
dup_next_link (const char *header)
{
  const char *start = header != NULL ? strchr (header, '<') : NULL;
  const char *end = start != NULL ? strchr (start, '>') : NULL;

  if (end == NULL || (strstr (end, "rel=\"next\"") == NULL && strstr (end, "rel=next") == NULL))
    return NULL;

  return g_strndup (start + 1, end - start - 1);
}

static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  g_autofree char *next = dup_next_link (soup_message_headers_get_one (soup_message_get_response_headers (message), "Link"));

  if (next != NULL && soup_message_get_status (message) == SOUP_STATUS_OK)
    hd_http_request_tell_next (user_data, next);
}

/* @base_uri: of the server; @request: a path below it.  Returns: (transfer full): a message without credentials */
SoupMessage *
hd_http_message_new (GUri          *base_uri,
                     HdHttpRequest *request)
{
  g_autofree char *path = g_strconcat (g_uri_get_path (base_uri), hd_http_request_get_path (request), NULL);
  g_autoptr (GUri) uri = g_uri_build (SOUP_HTTP_URI_FLAGS,
                                      g_uri_get_scheme (base_uri), NULL,
                                      g_uri_get_host (base_uri), g_uri_get_port (base_uri),
                                      path, hd_http_request_get_query (request), NULL);
  SoupMessage *message = soup_message_new_from_uri (hd_http_request_get_method (request), uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GHashTableIter iter;
  gpointer name, value;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | (hd_http_request_get_idempotent (request) ? SOUP_MESSAGE_IDEMPOTENT : 0));
  soup_message_headers_replace (headers, "Accept",
                                hd_http_request_get_expect (request) == HD_HTTP_EXPECT_BYTES ? "*/*" : "application/json");

  g_hash_table_iter_init (&iter, hd_http_request_get_headers (request));
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);

  if (hd_http_request_get_body (request) != NULL)
    {
      bytes_restarted_cb (message, request);
      g_signal_connect_object (message, "restarted", G_CALLBACK (bytes_restarted_cb), request, G_CONNECT_DEFAULT);
    }

  if (hd_http_request_is_read_ahead (request))
    g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), request, G_CONNECT_DEFAULT);

  return message;
}

static void
body_restarted_cb (SoupMessage *message,
                   gpointer     user_data)
{
  HdHttpBody *body = user_data;
  g_autofree char *content_type = g_strdup (soup_message_headers_get_one (soup_message_get_request_headers (message),
                                                                          "Content-Type"));

  /* Where a file cannot be read again, sending it says so. */
  hd_http_body_rewind (body, NULL);
  soup_message_set_request_body (message, content_type, G_INPUT_STREAM (body), hd_http_body_get_length (body));
}

/* @body: what is sent instead of the request's own */
void
hd_http_message_set_body (SoupMessage *message,
                          const char  *content_type,
                          HdHttpBody  *body)
{
  soup_message_set_request_body (message, content_type, G_INPUT_STREAM (body), hd_http_body_get_length (body));
  g_signal_connect_object (message, "restarted", G_CALLBACK (body_restarted_cb), body, G_CONNECT_DEFAULT);
}

/* An unchanged answer only to whoever asked for changes, an empty one only where nothing is expected, and never a part. */
gboolean
hd_http_message_has_good_status (SoupMessage   *message,
                                 HdHttpRequest *request)
{
  guint status = soup_message_get_status (message);

  if (status == SOUP_STATUS_NOT_MODIFIED)
    return hd_http_request_get_header (request, "If-None-Match") != NULL;

  if (SOUP_STATUS_IS_REDIRECTION (status))
    return hd_http_request_get_redirect (request) == HD_HTTP_REDIRECT_ANSWER;

  if (status == SOUP_STATUS_NO_CONTENT)
    return hd_http_request_get_expect (request) == HD_HTTP_EXPECT_NOTHING;

  return status != SOUP_STATUS_PARTIAL_CONTENT && SOUP_STATUS_IS_SUCCESSFUL (status);
}

/* Whether the answer is longer than it may be, as its headers say. */
gboolean
hd_http_message_is_too_large (SoupMessage   *message,
                              HdHttpRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         (guint64) soup_message_headers_get_content_length (headers) > hd_http_request_get_limit (request);
}
