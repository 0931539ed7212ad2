/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define HD_TYPE_PATIENCE (hd_patience_get_type ())
G_DECLARE_FINAL_TYPE (HdPatience, hd_patience, HD, PATIENCE, GObject)

HdPatience *hd_patience_new (SoupServer *server,
                             guint       seconds) G_GNUC_WARN_UNUSED_RESULT;
void        hd_patience_end (HdPatience *self);

G_END_DECLS
