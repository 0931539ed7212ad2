/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-store.h"

G_BEGIN_DECLS

void hd_request_columns_add      (GtkColumnView *view);
void hd_request_columns_get_sort (GtkColumnView *view,
                                  HdRequestSort *sort,
                                  gboolean      *descending);
void hd_request_columns_set_wide (GtkColumnView *view,
                                  gboolean       is_wide);

G_END_DECLS
