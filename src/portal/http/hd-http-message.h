/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "hd-http-body.h"
#include "hd-http-request.h"

G_BEGIN_DECLS

SoupMessage *hd_http_message_new      (GUri          *base_uri,
                                       HdHttpRequest *request) G_GNUC_WARN_UNUSED_RESULT;
void         hd_http_message_set_body (SoupMessage   *message,
                                       const char    *content_type,
                                       HdHttpBody    *body);
gboolean     hd_http_message_has_good_status (SoupMessage   *message,
                                              HdHttpRequest *request);
gboolean     hd_http_message_is_too_large (SoupMessage   *message,
                                           HdHttpRequest *request);

G_END_DECLS
