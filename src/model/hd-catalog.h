/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-category.h"
#include "hd-offering.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_CATALOG (hd_catalog_get_type ())
G_DECLARE_FINAL_TYPE (HdCatalog, hd_catalog, HD, CATALOG, HdRecord)

const char *hd_catalog_get_version    (HdCatalog *self);
GListModel *hd_catalog_get_categories (HdCatalog *self);
GListModel *hd_catalog_get_offerings  (HdCatalog *self);

G_END_DECLS
