/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-exchange.h"

#include "hd-error.h"
#include "hd-http-message.h"
#include "hd-http-problem.h"
#include "hd-http-watchdog.h"

/**
 * HdHttpExchange:
 *
 * One message on its way and its answer, read piece by piece up to a limit.
 *
 *   open_async → message_sent_cb ─┬──────────────────────────► finish
 *                                 └ read_problem ⇄ problem_read_cb → finish (fails)
 *   read_async → piece_read_cb → finish, until a piece is empty
 *
 * All that can go wrong is an #HdError here.  What is left of an answer is never
 * waited for: closing early drops the connection.
 */

enum
{
  PIECE = 64 * 1024,
  MAX_CRUMBS = 20 * 1000,
  CRUMB = 64,
  READS_A_TURN = 8,
};

struct _HdHttpExchange
{
  GObject               parent_instance;

  SoupSession          *session;         /* (owned) */
  SoupMessage          *message;         /* (owned) */
  HdHttpRequest        *request;         /* (owned) */
  HdHttpWatchdog       *watchdog;        /* (owned) */
  GCancellable         *outer;           /* (owned) (nullable): the caller's */
  GCancellable         *inner;           /* (owned): cancelled with outer, or by the watchdog */
  gulong                outer_handler;
  GInputStream         *stream;          /* (owned) (nullable): the answer */
  GByteArray           *into;            /* (owned) (nullable): what the piece is added to that is being read */
  gsize                 filled;          /* of it */
  GByteArray           *problem;         /* (owned) */
  GTlsCertificateFlags  tls_flags;
  guint64               n_received;
  guint64               n_pieces;
  guint64               n_sent;
  gboolean              ended;           /* the answer was read to its end */
};

G_DEFINE_FINAL_TYPE (HdHttpExchange, hd_http_exchange, G_TYPE_OBJECT)

static void problem_read_cb (GObject      *object,
                             GAsyncResult *result,
                             gpointer      user_data);

static gboolean
cancel_inner_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/*
 * Only when nothing else is left to do: libsoup 3.6 ends a message twice, and
 * frees what it still uses, when it is cancelled after the answer has come and
 * before libsoup was told so from its main loop.
 */
static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, cancel_inner_cb, g_object_ref (user_data), g_object_unref);
}

/* Only to learn what is wrong; nothing ever makes a bad certificate good. */
static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              user_data)
{
  HdHttpExchange *self = user_data;

  self->tls_flags = flags;
  return FALSE;
}

/* What it takes a while to send counts, or else what is received. */
static gboolean
is_sending (HdHttpExchange *self)
{
  return hd_http_request_get_multipart (self->request) != NULL || hd_http_request_get_body (self->request) != NULL;
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        n_bytes,
                    gpointer     user_data)
{
  HdHttpExchange *self = user_data;
  HdProgress *progress = hd_http_request_get_progress (self->request);
  goffset total = soup_message_headers_get_content_length (soup_message_get_request_headers (message));

  self->n_sent += n_bytes;

  if (progress != NULL && is_sending (self))
    hd_progress_set (progress, MIN (self->n_sent, (guint64) total), total);
}

/*
 * The headers are there when the status is, and libsoup has not looked at the
 * length yet.  It takes one below zero for a length, and GObject warns of the
 * stream that is made of it.  What is no number at all it refuses by itself.
 */
static void
status_known_cb (SoupMessage *message,
                 GParamSpec  *pspec,
                 gpointer     user_data)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) < 0)
    soup_message_headers_replace (headers, "Content-Length", "below zero");
}

static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  HdHttpExchange *self = user_data;

  self->n_sent = 0;
}

static void
hd_http_exchange_dispose (GObject *object)
{
  HdHttpExchange *self = HD_HTTP_EXCHANGE (object);

  if (self->watchdog != NULL)
    hd_http_exchange_close (self);

  g_cancellable_disconnect (self->outer, self->outer_handler);
  self->outer_handler = 0;
  g_clear_object (&self->outer);
  g_clear_object (&self->inner);
  g_clear_object (&self->watchdog);
  g_clear_object (&self->message);
  g_clear_object (&self->request);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_http_exchange_parent_class)->dispose (object);
}

static void
hd_http_exchange_finalize (GObject *object)
{
  HdHttpExchange *self = HD_HTTP_EXCHANGE (object);

  g_clear_pointer (&self->problem, g_byte_array_unref);
  g_clear_pointer (&self->into, g_byte_array_unref);

  G_OBJECT_CLASS (hd_http_exchange_parent_class)->finalize (object);
}

static void
hd_http_exchange_class_init (HdHttpExchangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_http_exchange_dispose;
  object_class->finalize = hd_http_exchange_finalize;
}

static void
hd_http_exchange_init (HdHttpExchange *self)
{
  self->problem = g_byte_array_new ();
  self->inner = g_cancellable_new ();
}

/**
 * hd_http_exchange_new:
 * @session: what to send with
 * @message: the message, with its body
 * @request: what @message was made from
 * @timeout: in milliseconds
 * @cancellable: (nullable): for all of it
 *
 * Returns: (transfer full): an exchange that was not begun
 */
HdHttpExchange *
hd_http_exchange_new (SoupSession   *session,
                      SoupMessage   *message,
                      HdHttpRequest *request,
                      guint          timeout,
                      GCancellable  *cancellable)
{
  HdHttpExchange *self = g_object_new (HD_TYPE_HTTP_EXCHANGE, NULL);

  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  self->request = g_object_ref (request);
  self->watchdog = hd_http_watchdog_new (message, timeout, hd_http_request_get_expect (request) == HD_HTTP_EXPECT_BYTES,
                                         self->inner);

  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                   g_object_ref (self->inner), g_object_unref);
    }

  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "notify::status-code", G_CALLBACK (status_known_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "restarted", G_CALLBACK (restarted_cb), self, G_CONNECT_DEFAULT);

  return self;
}

SoupMessage *
hd_http_exchange_get_message (HdHttpExchange *self)
{
  return self->message;
}

static void
fail (HdHttpExchange *self,
      GTask          *task,
      GError         *error)
{
  hd_http_problem_translate (&error, hd_http_watchdog_get_fault (self->watchdog), self->tls_flags);
  hd_http_exchange_close (self);
  g_task_return_error (task, error);
}

/* At the end of an answer: the connection can serve the next message. */
static void
release_connection (HdHttpExchange *self)
{
  hd_http_watchdog_stop (self->watchdog);
  g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->stream);
}

static void
read_problem (HdHttpExchange *self,
              GTask          *task)
{
  g_input_stream_read_bytes_async (self->stream, PIECE, G_PRIORITY_DEFAULT, self->inner,
                                   problem_read_cb, g_object_ref (task));
}

static void
problem_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdHttpExchange *self = g_task_get_source_object (task);
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  g_autoptr (GBytes) body = NULL;
  gsize length = piece != NULL ? g_bytes_get_size (piece) : 0;
  GError *error;

  hd_http_watchdog_add_bytes (self->watchdog, length);

  if (length > 0)
    g_byte_array_append (self->problem, g_bytes_get_data (piece, NULL), length);

  if (length > 0 && self->problem->len < HD_HTTP_PROBLEM_LIMIT)
    {
      read_problem (self, task);
      return;
    }

  /* Where the explanation was cut off, or is a whole film, the status alone must do. */
  if (piece != NULL && length == 0)
    {
      release_connection (self);
      body = g_bytes_new (self->problem->data, self->problem->len);
    }

  hd_http_exchange_close (self);
  error = hd_http_problem_to_error (self->message, body);

  if (SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (self->message)) &&
      hd_http_request_get_redirect (self->request) == HD_HTTP_REDIRECT_SIGN_IN)
    error->code = HD_ERROR_SIGNED_OUT;

  g_task_return_error (task, error);
}

static GError *
too_large_error_new (void)
{
  return g_error_new_literal (HD_ERROR, HD_ERROR_TOO_LARGE, "the answer is larger than we take");
}

static void
message_sent_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdHttpExchange *self = g_task_get_source_object (task);
  guint status = soup_message_get_status (self->message);
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  g_debug ("%s %s: %u", soup_message_get_method (self->message),
           g_uri_get_path (soup_message_get_uri (self->message)), status);

  if (self->stream == NULL)
    fail (self, task, error);
  else if (!hd_http_message_has_good_status (self->message, self->request))
    read_problem (self, task);
  else if (hd_http_message_is_too_large (self->message, self->request))
    fail (self, task, too_large_error_new ());
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * hd_http_exchange_open_async:
 * @self: a new exchange
 * @callback: called when the answer's headers are there
 * @user_data: for @callback
 *
 * Sends the message.
 */
void
hd_http_exchange_open_async (HdHttpExchange      *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_HTTP_EXCHANGE (self));

  task = g_task_new (self, self->outer, callback, user_data);
  g_task_set_source_tag (task, hd_http_exchange_open_async);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->inner,
                           message_sent_cb, g_steal_pointer (&task));
}

/**
 * hd_http_exchange_open_finish:
 * @self: an exchange
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the server did what was asked (2xx), or nothing changed (304)
 */
gboolean
hd_http_exchange_open_finish (HdHttpExchange  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_http_exchange_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* 0 where it is not known: compressed, or sent in chunks. */
static guint64
get_total (HdHttpExchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
      soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    return 0;

  return soup_message_headers_get_content_length (headers);
}

static void
count_received (HdHttpExchange *self,
                gsize           length)
{
  HdProgress *progress = hd_http_request_get_progress (self->request);

  self->filled += length;
  self->n_received += length;
  self->n_pieces++;
  hd_http_watchdog_add_bytes (self->watchdog, length);

  if (progress != NULL && !is_sending (self))
    hd_progress_set (progress, self->n_received, get_total (self));
}

/* Each takes a turn of the main loop, so that a server which never says much in one chunk would keep us busy for long. */
static gboolean
are_crumbs (HdHttpExchange *self)
{
  return self->n_pieces > MAX_CRUMBS + self->n_received / CRUMB;
}

/* What is there already.  Returns: how many bytes, 0 at the end, below zero where it is wrong or nothing is there yet */
static gssize
read_now (HdHttpExchange  *self,
          void            *buffer,
          gsize            size,
          GError         **error)
{
  GPollableInputStream *stream = G_IS_POLLABLE_INPUT_STREAM (self->stream) ? G_POLLABLE_INPUT_STREAM (self->stream) : NULL;

  if (stream != NULL && g_pollable_input_stream_can_poll (stream))
    return g_pollable_input_stream_read_nonblocking (stream, buffer, size, self->inner, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "not pollable");
  return -1;
}

/* Whether nothing follows, and that can be told without another turn of the main loop. */
static gboolean
is_at_end (HdHttpExchange *self)
{
  char crumb;

  return self->n_received == get_total (self) && read_now (self, &crumb, sizeof crumb, NULL) == 0;
}

/* TLS gives 16 KiB at most: what has come meanwhile need not take a turn of the main loop each.
 * @n: what the first read said.  Returns: what the last one said */
static gssize
fill_piece (HdHttpExchange  *self,
            gssize           n,
            GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n_more = n;

  for (guint i = 0; n_more > 0; i++)
    {
      count_received (self, n_more);

      if (i == READS_A_TURN || self->filled == self->into->len)
        return n_more;

      n_more = read_now (self, self->into->data + self->filled, self->into->len - self->filled, &local_error);
    }

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return n;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return n_more;
}

static void
end_piece (HdHttpExchange *self)
{
  g_byte_array_set_size (self->into, self->filled);
  g_clear_pointer (&self->into, g_byte_array_unref);
}

static void
end (HdHttpExchange *self)
{
  self->ended = TRUE;
  release_connection (self);
}

static void
piece_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdHttpExchange *self = g_task_get_source_object (task);
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  n = fill_piece (self, n, &error);
  end_piece (self);

  if (n < 0)
    {
      fail (self, task, error);
      return;
    }

  if (self->n_received > hd_http_request_get_limit (self->request))
    {
      fail (self, task, too_large_error_new ());
      return;
    }

  if (are_crumbs (self))
    {
      fail (self, task, g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "the answer comes in crumbs"));
      return;
    }

  if (n == 0 || is_at_end (self))
    end (self);

  g_task_return_boolean (task, TRUE);
}

/* As much as is there still where that is known, or else a piece. */
static gsize
get_piece_size (HdHttpExchange *self)
{
  guint64 total = get_total (self);

  return total > self->n_received ? MIN (total - self->n_received, PIECE) : PIECE;
}

/**
 * hd_http_exchange_read_async:
 * @self: an exchange that is open
 * @into: what to add to; nobody else's until @callback is called
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads the next piece of the answer, which is empty at its end.
 */
void
hd_http_exchange_read_async (HdHttpExchange      *self,
                             GByteArray          *into,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_HTTP_EXCHANGE (self));
  g_return_if_fail (self->stream != NULL || self->ended);

  task = g_task_new (self, self->outer, callback, user_data);
  g_task_set_source_tag (task, hd_http_exchange_read_async);

  if (self->ended)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->into = g_byte_array_ref (into);
  self->filled = into->len;
  g_byte_array_set_size (into, self->filled + get_piece_size (self));
  g_input_stream_read_async (self->stream, into->data + self->filled, into->len - self->filled, G_PRIORITY_DEFAULT,
                             self->inner, piece_read_cb, g_steal_pointer (&task));
}

/**
 * hd_http_exchange_read_finish:
 * @self: an exchange
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was read
 */
gboolean
hd_http_exchange_read_finish (HdHttpExchange  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_http_exchange_read_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether the piece read last was the last one, so that the empty one after it need not be waited for. */
gboolean
hd_http_exchange_has_ended (HdHttpExchange *self)
{
  g_return_val_if_fail (HD_IS_HTTP_EXCHANGE (self), FALSE);

  return self->ended;
}

/* Drops what is left of the answer.  Closing may read on first, so that the
 * connection can be used again; a cancelled stream has no time for that. */
void
hd_http_exchange_close (HdHttpExchange *self)
{
  g_return_if_fail (HD_IS_HTTP_EXCHANGE (self));

  hd_http_watchdog_stop (self->watchdog);

  if (self->stream == NULL)
    return;

  g_cancellable_cancel (self->inner);
  g_input_stream_close (self->stream, self->inner, NULL);
  g_clear_object (&self->stream);
}
