/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define HD_TYPE_HTTP_WATCHDOG (hd_http_watchdog_get_type ())
G_DECLARE_FINAL_TYPE (HdHttpWatchdog, hd_http_watchdog, HD, HTTP_WATCHDOG, GObject)

HdHttpWatchdog *hd_http_watchdog_new       (SoupMessage    *message,
                                            guint           timeout,
                                            gboolean      may_take_long,
                                            GCancellable   *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void            hd_http_watchdog_add_bytes (HdHttpWatchdog *self,
                                            gsize           n_bytes);
void            hd_http_watchdog_stop      (HdHttpWatchdog *self);
const GError   *hd_http_watchdog_get_fault (HdHttpWatchdog *self);

G_END_DECLS
