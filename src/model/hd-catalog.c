/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-catalog.h"

/**
 * HdCatalog:
 *
 * All that a person may ask for.
 */

struct _HdCatalog
{
  HdRecord    parent_instance;

  char       *version;
  GListModel *categories;  /* (element-type HdCategory) */
  GListModel *offerings;  /* (element-type HdOffering) */
};

G_DEFINE_FINAL_TYPE (HdCatalog, hd_catalog, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_STRING (HdCatalog, version, "version"),
  HD_RECORD_LIST (HdCatalog, categories, "categories", hd_category_get_type),
  HD_RECORD_LIST (HdCatalog, offerings, "offerings", hd_offering_get_type),
};

static void
hd_catalog_class_init (HdCatalogClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_catalog_init (HdCatalog *self)
{
}

HD_RECORD_DEFINE_GETTER (HdCatalog, hd_catalog, const char *, version)
HD_RECORD_DEFINE_GETTER (HdCatalog, hd_catalog, GListModel *, categories)
HD_RECORD_DEFINE_GETTER (HdCatalog, hd_catalog, GListModel *, offerings)
