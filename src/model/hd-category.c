/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-category.h"

/**
 * HdCategory:
 *
 * A heading of the catalog or of the knowledge base.  Categories form a tree by @parent-id.
 */

struct _HdCategory
{
  HdRecord  parent_instance;

  char     *id;
  char     *parent_id;
  char     *name;
  char     *description;
  char     *icon;
  HdKind    kind;
  gint64    position;
};

G_DEFINE_FINAL_TYPE (HdCategory, hd_category, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdCategory, id, "id"),
  HD_RECORD_STRING (HdCategory, parent_id, "parent-id"),
  HD_RECORD_REQUIRED_STRING (HdCategory, name, "name"),
  HD_RECORD_STRING (HdCategory, description, "description"),
  HD_RECORD_STRING (HdCategory, icon, "icon"),
  HD_RECORD_ENUM (HdCategory, kind, "kind", hd_kind_get_type),
  HD_RECORD_INT64 (HdCategory, position, "position"),
};

static void
hd_category_class_init (HdCategoryClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_category_init (HdCategory *self)
{
}

HD_RECORD_DEFINE_GETTER (HdCategory, hd_category, const char *, id)
HD_RECORD_DEFINE_GETTER (HdCategory, hd_category, const char *, parent_id)
HD_RECORD_DEFINE_GETTER (HdCategory, hd_category, const char *, name)
HD_RECORD_DEFINE_GETTER (HdCategory, hd_category, const char *, description)
HD_RECORD_DEFINE_GETTER (HdCategory, hd_category, const char *, icon)
HD_RECORD_DEFINE_GETTER (HdCategory, hd_category, HdKind, kind)
HD_RECORD_DEFINE_GETTER (HdCategory, hd_category, gint64, position)
