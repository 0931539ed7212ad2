/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-offline-categories.h"

G_BEGIN_DECLS

#define HD_TYPE_OFFLINE_TOGGLE (hd_offline_toggle_get_type ())
G_DECLARE_FINAL_TYPE (HdOfflineToggle, hd_offline_toggle, HD, OFFLINE_TOGGLE, GtkToggleButton)

GtkWidget *hd_offline_toggle_new          (void);
void       hd_offline_toggle_set_category (HdOfflineToggle     *self,
                                           HdOfflineCategories *categories,
                                           const char          *id,
                                           const char          *name);

G_END_DECLS
