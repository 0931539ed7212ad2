/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_TYPE_HTTP_BODY (hd_http_body_get_type ())
G_DECLARE_FINAL_TYPE (HdHttpBody, hd_http_body, HD, HTTP_BODY, GInputStream)

HdHttpBody *hd_http_body_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void        hd_http_body_add        (HdHttpBody    *self,
                                     GInputStream  *stream,
                                     guint64        length);
guint64     hd_http_body_get_length (HdHttpBody    *self);
gboolean    hd_http_body_rewind     (HdHttpBody    *self,
                                     GError       **error);

G_END_DECLS
