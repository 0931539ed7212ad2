/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form.h"

/**
 * HdForm:
 *
 * The form of an offering.
 */

struct _HdForm
{
  HdRecord    parent_instance;

  char       *offering_id;
  gint64      version;
  char       *intro;
  GListModel *fields;  /* (element-type HdField) */
};

G_DEFINE_FINAL_TYPE (HdForm, hd_form, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_STRING (HdForm, offering_id, "offering-id"),
  HD_RECORD_INT64 (HdForm, version, "version"),
  HD_RECORD_STRING (HdForm, intro, "intro"),
  HD_RECORD_LIST (HdForm, fields, "fields", hd_field_get_type),
};

static void
hd_form_class_init (HdFormClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_form_init (HdForm *self)
{
}

HD_RECORD_DEFINE_GETTER (HdForm, hd_form, const char *, offering_id)
HD_RECORD_DEFINE_GETTER (HdForm, hd_form, gint64, version)
HD_RECORD_DEFINE_GETTER (HdForm, hd_form, const char *, intro)
HD_RECORD_DEFINE_GETTER (HdForm, hd_form, GListModel *, fields)
