/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-patience.h"

#include <sys/socket.h>

/**
 * HdPatience:
 *
 * How long the portal waits for its clients.
 *
 * libsoup waits for ever: for the end of a handshake, for the first byte of a
 * request and for the last.  Here a client has a while to say what it wants, from
 * connecting, or from the answer before, to the end of the headers; then each
 * read and write must get on within the same time.
 *
 * A client that hangs up after an answer stays among libsoup's connections (before
 * 3.6) with its socket open, and there are only so many.  Here it is closed.
 *
 * When the server ends, libsoup closes its connections in a way that waits for a
 * handshake under way.  A socket that was shut down keeps it no longer.
 */

/* So many connections are left alone. */
#define FEW_LINES 64

struct _HdPatience
{
  GObject     parent_instance;

  GHashTable *lines;    /* (owned) (element-type GSocket Line): the sockets are not owned */
  guint       seconds;  /* 0 for ever */
  guint       many;     /* when to look for those that have hung up */
};

G_DEFINE_FINAL_TYPE (HdPatience, hd_patience, G_TYPE_OBJECT)

typedef struct
{
  HdPatience *patience;   /* (not owned) */
  GSocket    *socket;     /* (not owned): takes this with it */
  gboolean    is_idle;    /* there was an answer, and nothing since */
  guint       source_id;  /* while something is expected */
} Line;

static void socket_gone_cb (gpointer  user_data,
                            GObject  *where_it_was);

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_handle_id (&line->source_id, g_source_remove);

  if (line->socket != NULL)
    g_object_weak_unref (G_OBJECT (line->socket), socket_gone_cb, line);

  g_free (line);
}

static void
socket_gone_cb (gpointer  user_data,
                GObject  *where_it_was)
{
  Line *line = user_data;

  line->socket = NULL;
  g_hash_table_remove (line->patience->lines, where_it_was);
}

static Line *
find_line (HdPatience        *self,
           SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  Line *line = socket != NULL ? g_hash_table_lookup (self->lines, socket) : NULL;

  if (socket == NULL || line != NULL)
    return line;

  line = g_new0 (Line, 1);
  line->patience = self;
  line->socket = socket;
  g_object_weak_ref (G_OBJECT (socket), socket_gone_cb, line);
  g_hash_table_insert (self->lines, socket, line);
  g_socket_set_timeout (socket, self->seconds);

  return line;
}

static gboolean
has_hung_up (Line *line)
{
  char byte;

  return line->is_idle && recv (g_socket_get_fd (line->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static gboolean
close_cb (gpointer user_data)
{
  Line *line = user_data;

  line->source_id = 0;
  g_socket_close (line->socket, NULL);
  g_hash_table_remove (line->patience->lines, line->socket);
  return G_SOURCE_REMOVE;
}

/* libsoup looks at it once more, and must not when the number of the file has become another's. */
static void
hang_up (Line *line)
{
  g_clear_handle_id (&line->source_id, g_source_remove);
  g_socket_shutdown (line->socket, TRUE, TRUE, NULL);

  if (line->is_idle)
    line->source_id = g_idle_add_full (G_PRIORITY_LOW, close_cb, line, NULL);
}

/* Looks as seldom as the number of those that are still there doubles. */
static void
give_back_lines (HdPatience *self)
{
  GHashTableIter iter;
  gpointer line;
  guint n_left = 0;

  if (g_hash_table_size (self->lines) < self->many)
    return;

  g_hash_table_iter_init (&iter, self->lines);

  while (g_hash_table_iter_next (&iter, NULL, &line))
    {
      if (has_hung_up (line))
        hang_up (line);
      else
        n_left++;
    }

  self->many = MAX (2 * n_left, FEW_LINES);
}

static gboolean
had_enough_cb (gpointer user_data)
{
  Line *line = user_data;

  line->source_id = 0;
  g_debug ("a client does not say what it wants");
  hang_up (line);
  return G_SOURCE_REMOVE;
}

static void
expect_something (HdPatience        *self,
                  SoupServerMessage *message)
{
  Line *line = find_line (self, message);

  if (line == NULL || self->seconds == 0)
    return;

  g_clear_handle_id (&line->source_id, g_source_remove);
  line->source_id = g_timeout_add_seconds (self->seconds, had_enough_cb, line);
}

static void
got_headers_cb (SoupServerMessage *message,
                HdPatience        *self)
{
  Line *line = find_line (self, message);

  if (line == NULL)
    return;

  line->is_idle = FALSE;
  g_clear_handle_id (&line->source_id, g_source_remove);
}

static void
finished_cb (SoupServerMessage *message,
             HdPatience        *self)
{
  Line *line = find_line (self, message);

  if (line != NULL)
    line->is_idle = TRUE;

  expect_something (self, message);
}

/* The first as soon as there is a connection, before its handshake. */
static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    HdPatience        *self)
{
  give_back_lines (self);
  expect_something (self, message);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_DEFAULT);
}

static void
hd_patience_finalize (GObject *object)
{
  HdPatience *self = HD_PATIENCE (object);

  g_hash_table_unref (self->lines);

  G_OBJECT_CLASS (hd_patience_parent_class)->finalize (object);
}

static void
hd_patience_class_init (HdPatienceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_patience_finalize;
}

static void
hd_patience_init (HdPatience *self)
{
  self->lines = g_hash_table_new_full (NULL, NULL, NULL, line_free);
  self->many = FEW_LINES;
}

/**
 * hd_patience_new:
 * @server: a server that does not listen yet
 * @seconds: how long to wait for a client, 0 for ever
 *
 * Returns: (transfer full): what hangs up on clients of @server
 */
HdPatience *
hd_patience_new (SoupServer *server,
                 guint       seconds)
{
  HdPatience *self = g_object_new (HD_TYPE_PATIENCE, NULL);

  self->seconds = seconds;
  g_signal_connect_object (server, "request-started", G_CALLBACK (request_started_cb), self, G_CONNECT_DEFAULT);

  return self;
}

/* Hangs up on everybody, before the server does it politely. */
void
hd_patience_end (HdPatience *self)
{
  GHashTableIter iter;
  gpointer socket;

  g_return_if_fail (HD_IS_PATIENCE (self));

  g_hash_table_iter_init (&iter, self->lines);

  while (g_hash_table_iter_next (&iter, &socket, NULL))
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}
