/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-catalog-sections.h"

G_BEGIN_DECLS

#define HD_TYPE_CATALOG_SIDE (hd_catalog_side_get_type ())
G_DECLARE_FINAL_TYPE (HdCatalogSide, hd_catalog_side, HD, CATALOG_SIDE, AdwBin)

GtkWidget *hd_catalog_side_new         (void);
void       hd_catalog_side_set_catalog (HdCatalogSide *self,
                                        HdCatalog     *catalog);
void       hd_catalog_side_show        (HdCatalogSide *self,
                                        HdKind         kind,
                                        const char    *category_id,
                                        const char    *words);

G_END_DECLS
