/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-catalog-sections.h"

G_BEGIN_DECLS

#define HD_TYPE_CATALOG_FLOW (hd_catalog_flow_get_type ())
G_DECLARE_FINAL_TYPE (HdCatalogFlow, hd_catalog_flow, HD, CATALOG_FLOW, AdwBin)

GtkWidget *hd_catalog_flow_new         (void);
void       hd_catalog_flow_set_catalog (HdCatalogFlow         *self,
                                        HdCatalog             *catalog);
void       hd_catalog_flow_show        (HdCatalogFlow         *self,
                                        const HdCatalogChoice *choice);
void       hd_catalog_flow_grab_focus_first (HdCatalogFlow *self);

G_END_DECLS
