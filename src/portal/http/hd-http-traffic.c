/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-traffic.h"

/* What went over the line, for whoever pays by the byte.  The count lives with the session. */

#define TRAFFIC "hd-http-traffic"

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message)
{
  soup_message_add_flags (message, SOUP_MESSAGE_COLLECT_METRICS);
}

static void
request_unqueued_cb (SoupSession *session,
                     SoupMessage *message)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);
  guint64 *bytes = g_object_get_data (G_OBJECT (session), TRAFFIC);

  if (metrics != NULL)
    *bytes += soup_message_metrics_get_request_header_bytes_sent (metrics) +
              soup_message_metrics_get_request_body_bytes_sent (metrics) +
              soup_message_metrics_get_response_header_bytes_received (metrics) +
              soup_message_metrics_get_response_body_bytes_received (metrics);
}

/* From now on the bytes of @session are counted. */
void
hd_http_traffic_count (SoupSession *session)
{
  g_object_set_data_full (G_OBJECT (session), TRAFFIC, g_new0 (guint64, 1), g_free);
  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), NULL);
  g_signal_connect (session, "request-unqueued", G_CALLBACK (request_unqueued_cb), NULL);
}

/* Returns: the bytes that were sent and received, headers and all, before they were encrypted */
guint64
hd_http_traffic_get (SoupSession *session)
{
  guint64 *bytes = g_object_get_data (G_OBJECT (session), TRAFFIC);

  return *bytes;
}
