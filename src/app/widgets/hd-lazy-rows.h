/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a cell of a row is made of; static. */
typedef struct
{
  GtkWidget *(*create) (void);
  void (*refresh)(GtkWidget *content,
                  gpointer   item);
} HdLazyContent;

#define HD_TYPE_LAZY_ROWS (hd_lazy_rows_get_type ())

G_DECLARE_FINAL_TYPE (HdLazyRows, hd_lazy_rows, HD, LAZY_ROWS, GObject)

HdLazyRows         *hd_lazy_rows_new            (GtkWidget           *view) G_GNUC_WARN_UNUSED_RESULT;
GtkListItemFactory *hd_lazy_rows_create_factory (HdLazyRows          *self,
                                                 const HdLazyContent *content) G_GNUC_WARN_UNUSED_RESULT;
int                 hd_lazy_rows_get_height     (HdLazyRows          *self);

G_END_DECLS
