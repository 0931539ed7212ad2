/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GObject *hd_test_item_new     (guint       n);
void     hd_test_splice_range (GListStore *items,
                               guint       position,
                               guint       removed,
                               guint       first,
                               guint       added);

G_END_DECLS
