/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define HD_TYPE_CANNED_SERVER (hd_canned_server_get_type ())
G_DECLARE_FINAL_TYPE (HdCannedServer, hd_canned_server, HD, CANNED_SERVER, GObject)

/* For hd_canned_server_add(): never answers. */
#define HD_CANNED_SILENT 0

HdCannedServer *hd_canned_server_new            (void) G_GNUC_WARN_UNUSED_RESULT;
char           *hd_canned_server_dup_uri        (HdCannedServer *self);
void            hd_canned_server_add            (HdCannedServer *self,
                                                 const char     *call,
                                                 guint           status,
                                                 const char     *body);
void            hd_canned_server_add_bytes      (HdCannedServer *self,
                                                 const char     *call,
                                                 guint           status,
                                                 GBytes         *body);
void            hd_canned_server_add_header     (HdCannedServer *self,
                                                 const char     *call,
                                                 const char     *name,
                                                 const char     *value);
guint           hd_canned_server_get_n_requests (HdCannedServer *self);
guint           hd_canned_server_get_n_clients  (HdCannedServer *self);
const char     *hd_canned_server_get_call       (HdCannedServer *self);
const char     *hd_canned_server_get_query      (HdCannedServer *self);
const char     *hd_canned_server_get_header     (HdCannedServer *self,
                                                 const char     *name);
GBytes         *hd_canned_server_get_body       (HdCannedServer *self);

G_END_DECLS
