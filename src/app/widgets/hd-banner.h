/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HD_TYPE_BANNER (hd_banner_get_type ())
G_DECLARE_FINAL_TYPE (HdBanner, hd_banner, HD, BANNER, AdwBin)

GtkWidget *hd_banner_new        (void);
void       hd_banner_show       (HdBanner   *self,
                                 const char *icon_name,
                                 const char *title,
                                 const char *text,
                                 const char *button_label,
                                 const char *action_name);
void       hd_banner_hide       (HdBanner   *self);
void       hd_banner_set_narrow (HdBanner   *self,
                                 gboolean    narrow);

G_END_DECLS
