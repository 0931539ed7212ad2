/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-body-guard.h"

/*
 * Keeps a body that is too large out of memory.
 *
 * A client that asks first (“Expect: 100-continue”) is told before it sends
 * anything.  Of another one the rest is read and dropped, since a client that
 * is still sending may never see an answer; up to a point, then the connection
 * is closed.
 */

#define MAX_DROPPED ((gsize) 256 * 1024 * 1024)
#define KEY "hd-body-guard"

typedef struct
{
  gsize    limit;
  gsize    size;
  gboolean is_too_large;
} Guard;

static void
give_up (SoupServerMessage *message,
         Guard             *guard)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  guard->is_too_large = TRUE;
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  Guard *guard = user_data;

  guard->size += g_bytes_get_size (chunk);

  if (guard->size > guard->limit && !guard->is_too_large)
    give_up (message, guard);

  if (guard->size > guard->limit && guard->size - guard->limit > MAX_DROPPED)
    {
      GSocket *socket = soup_server_message_get_socket (message);

      if (socket != NULL)
        g_socket_shutdown (socket, TRUE, TRUE, NULL);
    }
}

/**
 * hd_body_guard_watch:
 * @message: a message whose headers have been read
 * @limit: how large its body may be
 *
 * Afterwards hd_body_guard_is_too_large() tells whether it was.
 */
void
hd_body_guard_watch (SoupServerMessage *message,
                     gsize              limit)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Guard *guard = g_new0 (Guard, 1);

  guard->limit = limit;
  g_object_set_data_full (G_OBJECT (message), KEY, guard, g_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), guard);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) > (goffset) limit)
    give_up (message, guard);
}

gboolean
hd_body_guard_is_too_large (SoupServerMessage *message)
{
  const Guard *guard = g_object_get_data (G_OBJECT (message), KEY);

  return guard != NULL && guard->is_too_large;
}
