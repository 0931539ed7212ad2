/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-traffic.h"

/* What went over the line, for whoever pays by the byte. */

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message)
{
  soup_message_add_flags (message, SOUP_MESSAGE_COLLECT_METRICS);
}

static void
request_unqueued_cb (SoupSession *session,
                     SoupMessage *message,
                     guint64     *bytes)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  if (metrics != NULL)
    *bytes += soup_message_metrics_get_request_header_bytes_sent (metrics) +
              soup_message_metrics_get_request_body_bytes_sent (metrics) +
              soup_message_metrics_get_response_header_bytes_received (metrics) +
              soup_message_metrics_get_response_body_bytes_received (metrics);
}

/*
 * hd_http_traffic_count:
 * @session: a session
 * @bytes: grows with what is sent and received; lives as long as @session
 */
void
hd_http_traffic_count (SoupSession *session,
                       guint64     *bytes)
{
  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), NULL);
  g_signal_connect (session, "request-unqueued", G_CALLBACK (request_unqueued_cb), bytes);
}
