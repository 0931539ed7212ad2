/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkPrintOperation *hd_print_operation_new (const char *job_name,
                                           const char *markup) G_GNUC_WARN_UNUSED_RESULT;
void               hd_print_markup        (GtkWidget  *widget,
                                           const char *job_name,
                                           const char *markup);
char              *hd_print_dup_markup    (const char *title,
                                           const char *text);

G_END_DECLS
