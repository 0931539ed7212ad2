/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_CATALOG_PAGE (hd_catalog_page_get_type ())
G_DECLARE_FINAL_TYPE (HdCatalogPage, hd_catalog_page, HD, CATALOG_PAGE, HdPage)

GtkWidget *hd_catalog_page_new       (HdSession     *session);
void       hd_catalog_page_show_kind (HdCatalogPage *self,
                                      HdKind         kind);
void       hd_catalog_page_report    (HdCatalogPage *self,
                                      const char    *words);

G_END_DECLS
