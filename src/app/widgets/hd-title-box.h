/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HD_TYPE_TITLE_BOX (hd_title_box_get_type ())
G_DECLARE_FINAL_TYPE (HdTitleBox, hd_title_box, HD, TITLE_BOX, GtkWidget)

GtkWidget *hd_title_box_new (void);
void       hd_title_box_set (HdTitleBox *self,
                             const char *title,
                             const char *subtitle);

G_END_DECLS
