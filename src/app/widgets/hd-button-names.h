/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hd_button_names_clean (GtkWidget *widget);

G_END_DECLS
