/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hd_list_item_set_labelled_by (GtkListItem *item,
                                   GtkWidget   *label);
void hd_list_item_name_row        (GtkWidget   *content,
                                   const char  *name);

G_END_DECLS
