/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "hd-http-request.h"

G_BEGIN_DECLS

#define HD_TYPE_HTTP_EXCHANGE (hd_http_exchange_get_type ())
G_DECLARE_FINAL_TYPE (HdHttpExchange, hd_http_exchange, HD, HTTP_EXCHANGE, GObject)

HdHttpExchange *hd_http_exchange_new         (SoupSession          *session,
                                              SoupMessage          *message,
                                              HdHttpRequest        *request,
                                              guint                 timeout,
                                              GCancellable         *cancellable) G_GNUC_WARN_UNUSED_RESULT;
SoupMessage    *hd_http_exchange_get_message (HdHttpExchange       *self);
void            hd_http_exchange_open_async  (HdHttpExchange       *self,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        hd_http_exchange_open_finish (HdHttpExchange       *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void            hd_http_exchange_read_async  (HdHttpExchange       *self,
                                              GByteArray           *into,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        hd_http_exchange_read_finish (HdHttpExchange       *self,
                                              GAsyncResult         *result,
                                              GError              **error);
gboolean        hd_http_exchange_has_ended   (HdHttpExchange       *self);
void            hd_http_exchange_close       (HdHttpExchange       *self);

G_END_DECLS
