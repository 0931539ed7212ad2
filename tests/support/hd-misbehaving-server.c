/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-misbehaving-server.h"

#include <string.h>

/**
 * HdMisbehavingServer:
 *
 * A server that sends exactly the bytes it is told to, on the loopback interface.
 *
 * Each connection has a thread, so that one which sends for ever, or nothing,
 * does not hold up the test, and may still be busy with the behaviour before:
 * each is kept until the server ends.
 */

enum { MAX_THREADS = 16 };

struct _HdMisbehavingServer
{
  GSocketService       *service;       /* (owned) */
  GTlsCertificate      *certificate;   /* (owned) (nullable) */
  GCancellable         *cancellable;   /* (owned) */
  guint16               port;

  GMutex                mutex;         /* for all below */
  GCond                 cond;
  GPtrArray            *behaviours;    /* (owned) (element-type HdMisbehaviour), the last is the present one */
  GString              *heard;         /* (owned) */
  guint                 n_running;
  guint                 n_connections;
  guint                 n_requests;
  guint64               n_sent;
};

static void
behaviour_free (gpointer data)
{
  HdMisbehaviour *behaviour = data;

  for (guint i = 0; i < G_N_ELEMENTS (behaviour->steps); i++)
    g_free ((char *) behaviour->steps[i].bytes);

  g_free (behaviour);
}

static HdMisbehaviour *
behaviour_copy (const HdMisbehaviour *behaviour)
{
  HdMisbehaviour *copy = g_memdup2 (behaviour, sizeof *behaviour);

  for (guint i = 0; i < G_N_ELEMENTS (copy->steps); i++)
    {
      HdMisbehaviourStep *step = &copy->steps[i];

      step->bytes = step->length > 0 ? g_memdup2 (step->bytes, step->length) : g_strdup (step->bytes);
    }

  return copy;
}

static void
hear (HdMisbehavingServer *self,
      const char          *bytes,
      gsize                length,
      gboolean             is_whole)
{
  g_mutex_lock (&self->mutex);
  g_string_append_len (self->heard, bytes, length);
  self->n_requests += is_whole ? 1 : 0;
  g_mutex_unlock (&self->mutex);
}

/* Up to the end of the headers.  FALSE where the client went before that. */
static gboolean
read_request (HdMisbehavingServer *self,
              GInputStream        *input)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char c;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (g_input_stream_read (input, &c, 1, self->cancellable, NULL) != 1)
        {
          hear (self, head->str, head->len, FALSE);
          return FALSE;
        }

      g_string_append_c (head, c);
    }

  hear (self, head->str, head->len, TRUE);
  return TRUE;
}

static gboolean
take_step (HdMisbehavingServer      *self,
           GOutputStream            *output,
           const HdMisbehaviourStep *step)
{
  gsize length = step->length > 0 ? step->length : strlen (step->bytes);

  for (guint64 i = 0; i < MAX (step->repeat, 1); i++)
    {
      if (step->pause > 0)
        g_usleep (step->pause * 1000);

      if (!g_output_stream_write_all (output, step->bytes, length, NULL, self->cancellable, NULL))
        return FALSE;

      g_mutex_lock (&self->mutex);
      self->n_sent += length;
      g_mutex_unlock (&self->mutex);
    }

  return TRUE;
}

static void
wait_until_the_client_goes (HdMisbehavingServer *self,
                            GInputStream        *input)
{
  char buffer[4096];

  while (g_input_stream_read (input, buffer, sizeof buffer, self->cancellable, NULL) > 0)
    ;
}

static void
behave (HdMisbehavingServer  *self,
        const HdMisbehaviour *behaviour,
        GIOStream            *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  if (!behaviour->deaf && !read_request (self, input))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (behaviour->steps) && behaviour->steps[i].bytes != NULL; i++)
    {
      if (!take_step (self, output, &behaviour->steps[i]))
        return;
    }

  if (behaviour->stay)
    wait_until_the_client_goes (self, input);
}

/* What was sent must arrive before the reset that unread bytes would cause. */
static void
close_politely (HdMisbehavingServer *self,
                GSocketConnection   *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);

  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  g_socket_set_timeout (socket, 1);
  wait_until_the_client_goes (self, g_io_stream_get_input_stream (G_IO_STREAM (connection)));
}

/* On the main thread, before a thread is found for the connection. */
static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source_object,
             gpointer           user_data)
{
  HdMisbehavingServer *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_running++;
  self->n_connections++;
  g_mutex_unlock (&self->mutex);
  return FALSE;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source_object,
        gpointer                user_data)
{
  HdMisbehavingServer *self = user_data;
  const HdMisbehaviour *behaviour;
  g_autoptr (GIOStream) stream = NULL;

  g_mutex_lock (&self->mutex);
  behaviour = self->behaviours->len > 0 ? self->behaviours->pdata[self->behaviours->len - 1] : NULL;
  g_mutex_unlock (&self->mutex);

  if (self->certificate != NULL)
    stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  else
    stream = g_object_ref (G_IO_STREAM (connection));

  if (stream != NULL && behaviour != NULL)
    behave (self, behaviour, stream);

  close_politely (self, connection);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->n_running--;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/**
 * hd_misbehaving_server_new:
 * @certificate: (nullable): for TLS
 *
 * Returns: (transfer full): a server that closes each connection at once
 */
HdMisbehavingServer *
hd_misbehaving_server_new (GTlsCertificate *certificate)
{
  HdMisbehavingServer *self = g_new0 (HdMisbehavingServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->heard = g_string_new (NULL);
  self->behaviours = g_ptr_array_new_with_free_func (behaviour_free);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->cancellable = g_cancellable_new ();
  self->service = g_threaded_socket_service_new (MAX_THREADS);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);

  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_socket_service_start (self->service);

  return self;
}

/* Hangs up on everybody, and waits until they are gone. */
void
hd_misbehaving_server_free (HdMisbehavingServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->cancellable);

  g_mutex_lock (&self->mutex);
  while (self->n_running > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  g_clear_object (&self->certificate);
  g_clear_object (&self->cancellable);
  g_string_free (self->heard, TRUE);
  g_ptr_array_unref (self->behaviours);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/* From the next connection on. */
void
hd_misbehaving_server_set (HdMisbehavingServer  *self,
                           const HdMisbehaviour *behaviour)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->behaviours, behaviour_copy (behaviour));
  g_mutex_unlock (&self->mutex);
}

char *
hd_misbehaving_server_dup_uri (HdMisbehavingServer *self,
                               const char          *host)
{
  return g_strdup_printf ("%s://%s:%u/", self->certificate != NULL ? "https" : "http", host, self->port);
}

guint
hd_misbehaving_server_get_n_connections (HdMisbehavingServer *self)
{
  guint n_connections;

  g_mutex_lock (&self->mutex);
  n_connections = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n_connections;
}

/* How many requests came with all their headers. */
guint
hd_misbehaving_server_get_n_requests (HdMisbehavingServer *self)
{
  guint n_requests;

  g_mutex_lock (&self->mutex);
  n_requests = self->n_requests;
  g_mutex_unlock (&self->mutex);
  return n_requests;
}

guint64
hd_misbehaving_server_get_n_sent (HdMisbehavingServer *self)
{
  guint64 n_sent;

  g_mutex_lock (&self->mutex);
  n_sent = self->n_sent;
  g_mutex_unlock (&self->mutex);
  return n_sent;
}

/* Whether the text was in anything that any client ever sent up to the end of its headers. */
gboolean
hd_misbehaving_server_has_heard (HdMisbehavingServer *self,
                                 const char          *text)
{
  gboolean has_heard;

  g_mutex_lock (&self->mutex);
  has_heard = strstr (self->heard->str, text) != NULL;
  g_mutex_unlock (&self->mutex);
  return has_heard;
}
