/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void    hd_http_traffic_count (SoupSession *session);
guint64 hd_http_traffic_get   (SoupSession *session);

G_END_DECLS
