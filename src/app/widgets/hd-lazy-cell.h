/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-lazy-rows.h"
#include "hd-slot.h"

G_BEGIN_DECLS

#define HD_TYPE_LAZY_CELL (hd_lazy_cell_get_type ())

G_DECLARE_FINAL_TYPE (HdLazyCell, hd_lazy_cell, HD, LAZY_CELL, GtkWidget)

GtkWidget *hd_lazy_cell_new         (HdLazyRows          *rows,
                                     const HdLazyContent *content) G_GNUC_WARN_UNUSED_RESULT;
void       hd_lazy_cell_set_slot    (HdLazyCell          *self,
                                     HdSlot              *slot);
gboolean   hd_lazy_cell_is_shown    (HdLazyCell          *self);
void       hd_lazy_cell_set_shown   (HdLazyCell          *self,
                                     gboolean             shown);

G_END_DECLS
