/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-http-answer.h"
#include "hd-http-request.h"

G_BEGIN_DECLS

#define HD_TYPE_HTTP_CLIENT (hd_http_client_get_type ())
G_DECLARE_FINAL_TYPE (HdHttpClient, hd_http_client, HD, HTTP_CLIENT, GObject)

HdHttpClient *hd_http_client_new             (const char           *base_uri,
                                              const char           *ca_file,
                                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void          hd_http_client_set_timeout     (HdHttpClient         *self,
                                              guint                 milliseconds);
void          hd_http_client_set_authorization (HdHttpClient       *self,
                                                const char         *scheme,
                                                const char         *secret);
gboolean      hd_http_client_has_authorization (HdHttpClient       *self);
guint64       hd_http_client_get_traffic     (HdHttpClient         *self);
void          hd_http_client_start_cookies   (HdHttpClient         *self);

void          hd_http_client_send_async      (HdHttpClient         *self,
                                              HdHttpRequest        *request,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
HdHttpAnswer *hd_http_client_send_finish     (HdHttpClient         *self,
                                              GAsyncResult         *result,
                                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void          hd_http_client_download_async  (HdHttpClient         *self,
                                              HdHttpRequest        *request,
                                              GFile                *destination,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      hd_http_client_download_finish (HdHttpClient         *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
