/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-client.h"

#include "hd-error.h"
#include "hd-http-credentials.h"
#include "hd-http-download.h"
#include "hd-http-exchange.h"
#include "hd-http-message.h"
#include "hd-http-pause.h"
#include "hd-http-traffic.h"
#include "hd-http-trust.h"
#include "hd-http-uri.h"

/**
 * HdHttpClient:
 *
 * Talks to one server over one libsoup session, and turns everything that can
 * go wrong into an #HdError.
 *
 * The server is fixed: no redirection is followed, no cookie is kept unless the
 * kind of portal wants it, no password dialogue of HTTP is answered, and what
 * proves the session goes to the base address only.  The log has the method, the path and the status of each request; never
 * a header, a query or a body, which hold tokens and what people wrote.
 *
 *   send_async ─► open_body (where there are files) ─► begin ─► exchange_opened_cb
 *     ─► read ⇄ piece_received_cb ─► parse (on a thread if large) ─► finish
 */

enum
{
  TIMEOUT = 30 * 1000,
  MAX_CONNECTIONS = 6,
  INLINE_LIMIT = 64 * 1024,     /* larger documents are parsed on a thread */
  IGNORED_LIMIT = 64 * 1024,    /* of a body that nobody wants */
};

struct _HdHttpClient
{
  GObject           parent_instance;

  GUri             *base_uri;    /* (owned) */
  SoupSession      *session;     /* (owned) */
  char             *ca_file;     /* (owned) (nullable) */
  gboolean          has_trust;   /* whether the session knows its authorities */
  guint             timeout;     /* in milliseconds */
  HdHttpPause       pause;
  HdHttpCredentials credentials;
};

G_DEFINE_FINAL_TYPE (HdHttpClient, hd_http_client, G_TYPE_OBJECT)

typedef struct
{
  HdHttpRequest  *request;   /* (owned) */
  HdHttpExchange *exchange;  /* (owned) (nullable) */
  GByteArray     *received;  /* (owned) */
  HdHttpAnswer   *answer;    /* (owned) (nullable) */
  GFile          *file;      /* (owned) (nullable): for a download */
} Send;

static void piece_received_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);

static void
send_free (gpointer data)
{
  Send *state = data;

  g_clear_object (&state->request);
  g_clear_object (&state->exchange);
  g_clear_object (&state->file);
  g_clear_pointer (&state->received, g_byte_array_unref);
  g_clear_pointer (&state->answer, hd_http_answer_free);
  g_free (state);
}

static void
hd_http_client_finalize (GObject *object)
{
  HdHttpClient *self = HD_HTTP_CLIENT (object);

  hd_http_credentials_clear (&self->credentials);
  g_clear_pointer (&self->base_uri, g_uri_unref);
  g_clear_object (&self->session);
  g_free (self->ca_file);

  G_OBJECT_CLASS (hd_http_client_parent_class)->finalize (object);
}

static void
hd_http_client_class_init (HdHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_http_client_finalize;
}

static void
hd_http_client_init (HdHttpClient *self)
{
  self->timeout = TIMEOUT;
  self->session = soup_session_new_with_options ("timeout", TIMEOUT / 1000,
                                                 "user-agent", "helpdesk/" HD_VERSION,
                                                 "accept-language-auto", TRUE,
                                                 "max-conns", MAX_CONNECTIONS,
                                                 "max-conns-per-host", MAX_CONNECTIONS,
                                                 NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  hd_http_traffic_count (self->session);
}

/* Only when there is something to send, see hd-http-trust.c. */
static gboolean
apply_trust (HdHttpClient  *self,
             GError       **error)
{
  if (self->has_trust || g_strcmp0 (g_uri_get_scheme (self->base_uri), "https") != 0)
    return TRUE;

  self->has_trust = hd_http_trust_apply (self->session, self->ca_file, error);
  return self->has_trust;
}

/**
 * hd_http_client_new:
 * @base_uri: the address below which all requests are
 * @ca_file: (nullable): a PEM file with authorities to trust besides the system's
 * @error: return location for an #HdError
 *
 * Creates a client for one server.  This does no network activity.  That @ca_file
 * cannot be read is said here, that it holds no certificate by every request.
 *
 * Returns: (transfer full) (nullable): a client
 */
HdHttpClient *
hd_http_client_new (const char  *base_uri,
                    const char  *ca_file,
                    GError     **error)
{
  g_autoptr (HdHttpClient) self = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (base_uri != NULL, NULL);

  uri = hd_http_uri_parse (base_uri, error);

  if (uri == NULL)
    return NULL;

  self = g_object_new (HD_TYPE_HTTP_CLIENT, NULL);
  self->base_uri = g_steal_pointer (&uri);
  self->ca_file = ca_file != NULL ? g_canonicalize_filename (ca_file, NULL) : NULL;

  if (self->ca_file != NULL && !hd_http_trust_check (self->ca_file, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* For how long the server may be silent. */
void
hd_http_client_set_timeout (HdHttpClient *self,
                            guint         milliseconds)
{
  g_return_if_fail (HD_IS_HTTP_CLIENT (self));
  g_return_if_fail (milliseconds > 0);

  self->timeout = milliseconds;
  soup_session_set_timeout (self->session, (milliseconds + 999) / 1000);
}

/**
 * hd_http_client_set_authorization:
 * @self: a client
 * @scheme: (nullable): `Bearer` or `Basic`
 * @secret: (nullable): what proves the session; kept in memory only
 */
void
hd_http_client_set_authorization (HdHttpClient *self,
                                  const char   *scheme,
                                  const char   *secret)
{
  g_return_if_fail (HD_IS_HTTP_CLIENT (self));

  hd_http_credentials_set (&self->credentials, scheme, secret);
}

gboolean
hd_http_client_has_authorization (HdHttpClient *self)
{
  g_return_val_if_fail (HD_IS_HTTP_CLIENT (self), FALSE);

  return self->credentials.authorization != NULL;
}

/* Returns: the bytes that were sent and received, headers and all, before they were encrypted */
guint64
hd_http_client_get_traffic (HdHttpClient *self)
{
  g_return_val_if_fail (HD_IS_HTTP_CLIENT (self), 0);

  return hd_http_traffic_get (self->session);
}

/**
 * hd_http_client_start_cookies:
 * @self: a client
 *
 * From now on the server's cookies are kept, in memory, and sent back to it;
 * those that were kept before are forgotten.
 */
void
hd_http_client_start_cookies (HdHttpClient *self)
{
  hd_http_credentials_start_cookies (&self->credentials, self->session);
}

static SoupMessage *
create_message (HdHttpClient  *self,
                HdHttpRequest *request)
{
  SoupMessage *message = hd_http_message_new (self->base_uri, request);

  hd_http_credentials_apply (&self->credentials, message, hd_http_request_get_anonymous (request));
  return message;
}

static void
return_parsed (GTask  *task,
               GError *error)
{
  Send *state = g_task_get_task_data (task);

  if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&state->answer), (GDestroyNotify) hd_http_answer_free);
  else
    g_task_return_error (task, error);
}

static void
parsed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  return_parsed (task, error);
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Send *state = task_data;
  GError *error = NULL;

  if (hd_http_answer_parse (state->answer, state->received, state->request, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* With a task that does not hold us: the thread may be the last to let go of it,
 * and a libsoup session must not end on a thread. */
static void
start_parsing (GTask *task)
{
  g_autoptr (GTask) parsing = g_task_new (NULL, g_task_get_cancellable (task), parsed_cb, g_object_ref (task));

  g_task_set_source_tag (parsing, start_parsing);
  g_task_set_task_data (parsing, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (parsing, parse_in_thread);
}

static void
parse_now (GTask *task)
{
  Send *state = g_task_get_task_data (task);
  GError *error = NULL;

  hd_http_answer_parse (state->answer, state->received, state->request, &error);
  return_parsed (task, error);
}

static void
finish (GTask *task)
{
  Send *state = g_task_get_task_data (task);
  SoupMessage *message = hd_http_exchange_get_message (state->exchange);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  HdHttpExpect expect = hd_http_request_get_expect (state->request);
  HdHttpAnswer *answer = g_new0 (HdHttpAnswer, 1);

  state->answer = answer;
  answer->status = soup_message_get_status (message);
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));

  if (answer->status == SOUP_STATUS_NOT_MODIFIED || expect == HD_HTTP_EXPECT_NOTHING)
    {
      g_task_return_pointer (task, g_steal_pointer (&state->answer), (GDestroyNotify) hd_http_answer_free);
    }
  else if (expect == HD_HTTP_EXPECT_BYTES)
    {
      answer->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&state->received));
      g_task_return_pointer (task, g_steal_pointer (&state->answer), (GDestroyNotify) hd_http_answer_free);
    }
  else if (state->received->len > INLINE_LIMIT)
    {
      start_parsing (task);
    }
  else
    {
      parse_now (task);
    }
}

static void
read_piece (GTask *task)
{
  Send *state = g_task_get_task_data (task);

  hd_http_exchange_read_async (state->exchange, state->received, piece_received_cb, g_object_ref (task));
}

static void
piece_received_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *state = g_task_get_task_data (task);
  GError *error = NULL;

  if (!hd_http_exchange_read_finish (HD_HTTP_EXCHANGE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (hd_http_exchange_has_ended (state->exchange))
    {
      finish (task);
    }
  else if (hd_http_request_get_expect (state->request) == HD_HTTP_EXPECT_NOTHING &&
           state->received->len > IGNORED_LIMIT)
    {
      hd_http_exchange_close (state->exchange);
      finish (task);
    }
  else
    {
      read_piece (task);
    }
}

static void
refuse (GTask  *task,
        GError *error)
{
  hd_http_pause_note (&HD_HTTP_CLIENT (g_task_get_source_object (task))->pause, error, g_get_monotonic_time ());
  g_task_return_error (task, error);
}

static void
exchange_opened_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (hd_http_exchange_open_finish (HD_HTTP_EXCHANGE (object), result, &error))
    read_piece (task);
  else
    refuse (task, error);
}

static void
download_opened_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *state = g_task_get_task_data (task);
  GError *error = NULL;

  if (hd_http_exchange_open_finish (HD_HTTP_EXCHANGE (object), result, &error))
    hd_http_download_run (state->exchange, state->file, g_steal_pointer (&task));
  else
    refuse (task, error);
}

static void
begin (GTask       *task,
       SoupMessage *message)
{
  HdHttpClient *self = g_task_get_source_object (task);
  Send *state = g_task_get_task_data (task);

  state->exchange = hd_http_exchange_new (self->session, message, state->request, self->timeout,
                                          g_task_get_cancellable (task));
  hd_http_exchange_open_async (state->exchange,
                               state->file != NULL ? download_opened_cb : exchange_opened_cb,
                               g_object_ref (task));
}

static void
body_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdHttpMultipart *multipart = HD_HTTP_MULTIPART (object);
  g_autoptr (GTask) task = user_data;
  Send *state = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (HdHttpBody) body = NULL;
  GError *error = NULL;

  body = hd_http_multipart_open_finish (multipart, result, &error);

  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  message = create_message (g_task_get_source_object (task), state->request);
  hd_http_message_set_body (message, hd_http_multipart_get_content_type (multipart), body);
  begin (task, message);
}

static void
run (GTask         *task,
     HdHttpRequest *request,
     GFile         *file)
{
  HdHttpMultipart *multipart = hd_http_request_get_multipart (request);
  HdHttpClient *self = g_task_get_source_object (task);
  Send *state = g_new0 (Send, 1);
  GError *error = NULL;

  state->request = g_object_ref (request);
  state->received = g_byte_array_new ();
  state->file = file != NULL ? g_object_ref (file) : NULL;
  g_task_set_task_data (task, state, send_free);

  if (!hd_http_pause_check (&self->pause, g_get_monotonic_time (), &error) || !apply_trust (self, &error))
    {
      g_task_return_error (task, error);
    }
  else if (hd_http_request_get_path (request) == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_NOT_FOUND, "no identifier of anything");
    }
  else if (multipart != NULL)
    {
      hd_http_multipart_open_async (multipart, g_task_get_cancellable (task), body_opened_cb, g_object_ref (task));
    }
  else
    {
      g_autoptr (SoupMessage) message = create_message (self, request);

      begin (task, message);
    }
}

/**
 * hd_http_client_send_async:
 * @self: a client
 * @request: what to ask; not changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Sends a request and reads the answer into memory.
 */
void
hd_http_client_send_async (HdHttpClient        *self,
                           HdHttpRequest       *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_HTTP_CLIENT (self));
  g_return_if_fail (HD_IS_HTTP_REQUEST (request));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hd_http_client_send_async);
  run (task, request, NULL);
}

/**
 * hd_http_client_send_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, if it is a good one
 */
HdHttpAnswer *
hd_http_client_send_finish (HdHttpClient  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_http_client_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hd_http_client_download_async:
 * @self: a client
 * @request: what to ask; what it expects does not matter, its limit does
 * @destination: where to write the answer
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Writes an answer to a file, which appears, or is replaced, only when all of
 * it is there.
 */
void
hd_http_client_download_async (HdHttpClient        *self,
                               HdHttpRequest       *request,
                               GFile               *destination,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_HTTP_CLIENT (self));
  g_return_if_fail (HD_IS_HTTP_REQUEST (request));
  g_return_if_fail (G_IS_FILE (destination));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hd_http_client_download_async);
  run (task, request, destination);
}

/**
 * hd_http_client_download_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the file is there
 */
gboolean
hd_http_client_download_finish (HdHttpClient  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_http_client_download_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
