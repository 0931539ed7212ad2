/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *hd_star_button_new (const char *offering_id,
                               const char *offering_name,
                               gboolean    favourite);
void       hd_star_button_set (GtkWidget  *button,
                               gboolean    favourite);

G_END_DECLS
