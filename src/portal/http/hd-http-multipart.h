/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-http-body.h"

G_BEGIN_DECLS

#define HD_TYPE_HTTP_MULTIPART (hd_http_multipart_get_type ())
G_DECLARE_FINAL_TYPE (HdHttpMultipart, hd_http_multipart, HD, HTTP_MULTIPART, GObject)

HdHttpMultipart *hd_http_multipart_new              (void) G_GNUC_WARN_UNUSED_RESULT;
void             hd_http_multipart_add_json         (HdHttpMultipart      *self,
                                                     const char           *name,
                                                     JsonNode             *node);
void             hd_http_multipart_add_file         (HdHttpMultipart      *self,
                                                     const char           *name,
                                                     GFile                *file,
                                                     const char           *file_name,
                                                     const char           *content_type,
                                                     guint64               size);
const char      *hd_http_multipart_get_content_type (HdHttpMultipart      *self);
void             hd_http_multipart_open_async       (HdHttpMultipart      *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
HdHttpBody      *hd_http_multipart_open_finish      (HdHttpMultipart      *self,
                                                     GAsyncResult         *result,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
