/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offering.h"

#include <string.h>

/**
 * HdOffering:
 *
 * A service offering: one entry of the catalog, with a form of its own.
 */

struct _HdOffering
{
  HdRecord   parent_instance;

  char      *id;
  char      *category_id;
  HdKind     kind;
  char      *name;
  char      *summary;
  char      *icon;
  char      *expected_time;
  char     **keywords;
  gint64     position;
  gint64     popularity;
  gint64     form_version;
};

G_DEFINE_FINAL_TYPE (HdOffering, hd_offering, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdOffering, id, "id"),
  HD_RECORD_STRING (HdOffering, category_id, "category-id"),
  HD_RECORD_ENUM (HdOffering, kind, "kind", hd_kind_get_type),
  HD_RECORD_REQUIRED_STRING (HdOffering, name, "name"),
  HD_RECORD_STRING (HdOffering, summary, "summary"),
  HD_RECORD_STRING (HdOffering, icon, "icon"),
  HD_RECORD_STRING (HdOffering, expected_time, "expected-time"),
  HD_RECORD_STRV (HdOffering, keywords, "keywords"),
  HD_RECORD_INT64 (HdOffering, position, "position"),
  HD_RECORD_INT64 (HdOffering, popularity, "popularity"),
  HD_RECORD_INT64 (HdOffering, form_version, "form-version"),
};

static void
hd_offering_class_init (HdOfferingClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_offering_init (HdOffering *self)
{
}

HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, const char *, id)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, const char *, category_id)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, HdKind, kind)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, const char *, name)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, const char *, summary)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, const char *, icon)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, const char *, expected_time)
const char *const *
hd_offering_get_keywords (HdOffering *self)
{
  g_return_val_if_fail (HD_IS_OFFERING (self), NULL);
  return (const char *const *) self->keywords;
}

HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, gint64, position)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, gint64, popularity)
HD_RECORD_DEFINE_GETTER (HdOffering, hd_offering, gint64, form_version)

/**
 * hd_offering_parse_picture:
 * @icon: (nullable): the icon of an offering
 *
 * Returns: (transfer none) (nullable): the name of a picture of the portal's, %NULL where the icon is none
 */
const char *
hd_offering_parse_picture (const char *icon)
{
  return icon != NULL && g_str_has_prefix (icon, "media:") && icon[strlen ("media:")] != '\0' ? icon + strlen ("media:")
                                                                                             : NULL;
}
