/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hd_print_text (GtkWidget  *widget,
                    const char *title,
                    const char *text);

G_END_DECLS
