/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hd_watchdog_start        (void);
void hd_watchdog_stop         (void);
void hd_watchdog_report_paint (GtkWidget  *widget,
                               const char *what);

G_END_DECLS
