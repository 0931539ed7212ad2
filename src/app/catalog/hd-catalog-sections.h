/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-catalog.h"

G_BEGIN_DECLS

/**
 * HdCatalogChoice:
 * @kind: the side of the catalog; %HD_KIND_NONE for both
 * @category_id: (nullable): one category and what is in it; all without
 * @words: (nullable): what is searched for
 * @favourites: (nullable): the offerings with a star
 * @used: (nullable): the offerings used on this machine, most used first
 *
 * What of the catalog is to be seen.
 */
typedef struct
{
  HdKind              kind;
  const char         *category_id;
  const char         *words;
  const char * const *favourites;
  const char * const *used;
} HdCatalogChoice;

/**
 * HdCatalogSection:
 * @title: (nullable): the heading
 * @category: (nullable): whose section it is
 * @offerings: (element-type HdOffering): at least one
 *
 * Offerings under a heading.
 */
typedef struct
{
  char       *title;
  HdCategory *category;
  GListModel *offerings;
} HdCatalogSection;

GPtrArray *hd_catalog_dup_sections   (HdCatalog             *catalog,
                                      const HdCatalogChoice *choice) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *hd_catalog_dup_categories (HdCatalog             *catalog,
                                      HdKind                 kind,
                                      const char            *words) G_GNUC_WARN_UNUSED_RESULT;
guint      hd_catalog_count          (HdCatalog             *catalog,
                                      const HdCatalogChoice *choice);

G_END_DECLS
