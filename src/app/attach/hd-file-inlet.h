/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HD_TYPE_FILE_INLET (hd_file_inlet_get_type ())
G_DECLARE_FINAL_TYPE (HdFileInlet, hd_file_inlet, HD, FILE_INLET, GObject)

HdFileInlet *hd_file_inlet_new           (GtkWidget       *widget) G_GNUC_WARN_UNUSED_RESULT;
gboolean     hd_file_inlet_paste         (HdFileInlet     *self);
void         hd_file_inlet_take_files    (HdFileInlet     *self,
                                          GListModel      *files);

void         hd_file_inlet_add_paste_key (GtkWidget       *widget,
                                          GtkShortcutFunc  paste,
                                          gpointer         user_data);

G_END_DECLS
