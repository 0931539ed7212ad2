/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-store-list.h"

G_BEGIN_DECLS

GtkTreeListModel   *hd_knowledge_tree_new         (HdStore    *store) G_GNUC_WARN_UNUSED_RESULT;
GtkListItemFactory *hd_knowledge_tree_new_factory (HdStore *store) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
