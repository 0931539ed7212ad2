/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-field-value.h"

/**
 * HdFieldValue:
 *
 * A field of a filed request as it was sent: the label and the value in words.
 */

struct _HdFieldValue
{
  HdRecord  parent_instance;

  char     *field_id;
  char     *label;
  char     *value;
};

G_DEFINE_FINAL_TYPE (HdFieldValue, hd_field_value, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_STRING (HdFieldValue, field_id, "field-id"),
  HD_RECORD_STRING (HdFieldValue, label, "label"),
  HD_RECORD_STRING (HdFieldValue, value, "value"),
};

static void
hd_field_value_class_init (HdFieldValueClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_field_value_init (HdFieldValue *self)
{
}

HD_RECORD_DEFINE_GETTER (HdFieldValue, hd_field_value, const char *, field_id)
HD_RECORD_DEFINE_GETTER (HdFieldValue, hd_field_value, const char *, label)
HD_RECORD_DEFINE_GETTER (HdFieldValue, hd_field_value, const char *, value)
