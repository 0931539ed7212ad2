/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HD_TYPE_DROP_ZONE (hd_drop_zone_get_type ())
G_DECLARE_FINAL_TYPE (HdDropZone, hd_drop_zone, HD, DROP_ZONE, AdwBin)

GtkWidget *hd_drop_zone_new        (void);
GtkWidget *hd_drop_zone_get_button (HdDropZone *self);
gboolean   hd_drop_zone_paste      (HdDropZone *self);

G_END_DECLS
