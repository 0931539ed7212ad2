/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_OFFLINE_CATEGORIES (hd_offline_categories_get_type ())
G_DECLARE_FINAL_TYPE (HdOfflineCategories, hd_offline_categories, HD, OFFLINE_CATEGORIES, GObject)

HdOfflineCategories *hd_offline_categories_get_for_store (HdStore             *store);
gboolean             hd_offline_categories_contains      (HdOfflineCategories *self,
                                                          const char          *category_id);
char                *hd_offline_categories_dup_missing   (HdOfflineCategories *self,
                                                          const char          *category_id) G_GNUC_WARN_UNUSED_RESULT;
void                 hd_offline_categories_set           (HdOfflineCategories *self,
                                                          const char          *category_id,
                                                          gboolean             offline);

G_END_DECLS
