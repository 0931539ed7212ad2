/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-watchdog.h"

#include "hd-error.h"

/**
 * HdHttpWatchdog:
 *
 * Ends an exchange that does not get on, or cannot, by cancelling it.
 *
 * libsoup's own time-out is about a single read or write, so a server that
 * sends a byte now and then, or headers for ever, would hold us for good.  Here
 * each interval must bring some bytes of a body, sent or received; the wait for
 * a free connection does not count.  A file may take any number of intervals over
 * a slow line; any other answer may not, however many bytes each brings.
 */

enum
{
  MIN_BYTES = 256,     /* an interval */
  MAX_INTERVALS = 20,
  MAX_INFORMATIONAL = 16,
};

struct _HdHttpWatchdog
{
  GObject       parent_instance;

  SoupMessage  *message;          /* (owned) */
  GCancellable *cancellable;      /* (owned) */
  GError       *fault;            /* (owned) (nullable) */
  guint         timeout;          /* in milliseconds */
  guint         source_id;
  guint64       n_bytes;          /* in this interval */
  guint         n_intervals;
  gboolean      may_take_long;
  guint         n_informational;
  gboolean      stopped;
};

G_DEFINE_FINAL_TYPE (HdHttpWatchdog, hd_http_watchdog, G_TYPE_OBJECT)

static void
bark (HdHttpWatchdog *self,
      HdError         code,
      const char     *message)
{
  if (self->fault == NULL)
    self->fault = g_error_new_literal (HD_ERROR, code, message);

  hd_http_watchdog_stop (self);
  g_cancellable_cancel (self->cancellable);
}

static gboolean
interval_passed_cb (gpointer user_data)
{
  HdHttpWatchdog *self = user_data;

  self->n_intervals++;

  if (self->n_bytes >= MIN_BYTES && (self->may_take_long || self->n_intervals < MAX_INTERVALS))
    {
      self->n_bytes = 0;
      return G_SOURCE_CONTINUE;
    }

  self->source_id = 0;
  bark (self, HD_ERROR_NETWORK, "the server does not answer in time");
  return G_SOURCE_REMOVE;
}

static void
start (HdHttpWatchdog *self)
{
  if (self->source_id == 0 && !self->stopped)
    self->source_id = g_timeout_add (self->timeout, interval_passed_cb, self);
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  start (user_data);
}

static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  start (user_data);
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        n_bytes,
                    gpointer     user_data)
{
  HdHttpWatchdog *self = user_data;

  self->n_intervals = 0;
  hd_http_watchdog_add_bytes (self, n_bytes);
}

static void
got_informational_cb (SoupMessage *message,
                      gpointer     user_data)
{
  HdHttpWatchdog *self = user_data;

  if (++self->n_informational > MAX_INFORMATIONAL)
    bark (self, HD_ERROR_PROTOCOL, "the server sends informational answers without end");
}

/* A length that is none makes libsoup warn, and read who knows how much. */
static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  HdHttpWatchdog *self = user_data;
  const char *length = soup_message_headers_get_list (soup_message_get_response_headers (message), "Content-Length");

  if (length != NULL && !g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, NULL, NULL))
    bark (self, HD_ERROR_PROTOCOL, "the length of the answer is not a number");
}

static void
hd_http_watchdog_dispose (GObject *object)
{
  HdHttpWatchdog *self = HD_HTTP_WATCHDOG (object);

  hd_http_watchdog_stop (self);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (hd_http_watchdog_parent_class)->dispose (object);
}

static void
hd_http_watchdog_finalize (GObject *object)
{
  HdHttpWatchdog *self = HD_HTTP_WATCHDOG (object);

  g_clear_error (&self->fault);

  G_OBJECT_CLASS (hd_http_watchdog_parent_class)->finalize (object);
}

static void
hd_http_watchdog_class_init (HdHttpWatchdogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_http_watchdog_dispose;
  object_class->finalize = hd_http_watchdog_finalize;
}

static void
hd_http_watchdog_init (HdHttpWatchdog *self)
{
}

/**
 * hd_http_watchdog_new:
 * @message: a message that will be sent
 * @timeout: how long an interval is, in milliseconds
 * @may_take_long: whether the answer may take any number of intervals
 * @cancellable: what the message is sent with
 *
 * Returns: (transfer full): a watchdog that wakes up when @message is under way
 */
HdHttpWatchdog *
hd_http_watchdog_new (SoupMessage  *message,
                      guint         timeout,
                      gboolean      may_take_long,
                      GCancellable *cancellable)
{
  HdHttpWatchdog *self = g_object_new (HD_TYPE_HTTP_WATCHDOG, NULL);

  self->message = g_object_ref (message);
  self->cancellable = g_object_ref (cancellable);
  self->timeout = timeout;
  self->may_take_long = may_take_long;

  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "starting", G_CALLBACK (starting_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "got-informational", G_CALLBACK (got_informational_cb), self, G_CONNECT_DEFAULT);

  return self;
}

/* Tells that bytes of a body went over the line. */
void
hd_http_watchdog_add_bytes (HdHttpWatchdog *self,
                            gsize           n_bytes)
{
  g_return_if_fail (HD_IS_HTTP_WATCHDOG (self));

  self->n_bytes += n_bytes;
}

/* For good. */
void
hd_http_watchdog_stop (HdHttpWatchdog *self)
{
  g_return_if_fail (HD_IS_HTTP_WATCHDOG (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->source_id, g_source_remove);
}

/* Returns: (nullable): why it cancelled the exchange, if it did */
const GError *
hd_http_watchdog_get_fault (HdHttpWatchdog *self)
{
  g_return_val_if_fail (HD_IS_HTTP_WATCHDOG (self), NULL);

  return self->fault;
}
