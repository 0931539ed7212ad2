/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-catalog-sections.h"

G_BEGIN_DECLS

#define HD_TYPE_CATALOG_LIST (hd_catalog_list_get_type ())
G_DECLARE_FINAL_TYPE (HdCatalogList, hd_catalog_list, HD, CATALOG_LIST, AdwBin)

GtkWidget *hd_catalog_list_new    (void);
void       hd_catalog_list_show   (HdCatalogList      *self,
                                   HdCatalog          *catalog,
                                   HdKind              first_kind,
                                   const char         *words,
                                   const char * const *favourites,
                                   const char * const *used);

G_END_DECLS
