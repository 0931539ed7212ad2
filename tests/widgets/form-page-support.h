/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-form-page.h"

G_BEGIN_DECLS

GtkWidget *hd_test_find_widget    (GtkWidget  *root,
                                   GType       type);
GtkWidget *hd_test_find_button    (GtkWidget  *root,
                                   const char *label);
GtkWidget *hd_test_find_label (GtkWidget  *root,
                               const char *text);
gboolean   hd_test_shows_text     (GtkWidget  *root,
                                   const char *text);
void       hd_test_click          (GtkWidget  *root,
                                   const char *label);
gboolean   hd_test_press_paste    (GtkWidget  *widget);
GtkWidget *hd_test_window_new     (GtkWidget  *child);
void       hd_test_window_destroy (GtkWidget  *window);

G_END_DECLS
