/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-field.h"

/**
 * HdField:
 *
 * One field of a form, as the portal describes it.
 */

struct _HdField
{
  HdRecord      parent_instance;

  char         *id;
  HdFieldType   type;
  char         *label;
  char         *help;
  char         *placeholder;
  char         *section;
  gboolean      required;
  char         *pattern;
  char         *pattern_hint;
  char         *min;
  char         *max;
  GListModel   *options;  /* (element-type HdOption) */
  char         *options_source;
  char         *depends_on;
  char         *default_value;
  GListModel   *visible_when;  /* (element-type HdCondition) */
  gboolean      sensitive;
  char        **accept;
};

G_DEFINE_FINAL_TYPE (HdField, hd_field, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdField, id, "id"),
  HD_RECORD_ENUM (HdField, type, "type", hd_field_type_get_type),
  HD_RECORD_STRING (HdField, label, "label"),
  HD_RECORD_STRING (HdField, help, "help"),
  HD_RECORD_STRING (HdField, placeholder, "placeholder"),
  HD_RECORD_STRING (HdField, section, "section"),
  HD_RECORD_BOOLEAN (HdField, required, "required"),
  HD_RECORD_STRING (HdField, pattern, "pattern"),
  HD_RECORD_STRING (HdField, pattern_hint, "pattern-hint"),
  HD_RECORD_STRING (HdField, min, "min"),
  HD_RECORD_STRING (HdField, max, "max"),
  HD_RECORD_LIST (HdField, options, "options", hd_option_get_type),
  HD_RECORD_STRING (HdField, options_source, "options-source"),
  HD_RECORD_STRING (HdField, depends_on, "depends-on"),
  HD_RECORD_STRING (HdField, default_value, "default-value"),
  HD_RECORD_LIST (HdField, visible_when, "visible-when", hd_condition_get_type),
  HD_RECORD_BOOLEAN (HdField, sensitive, "sensitive"),
  HD_RECORD_STRV (HdField, accept, "accept"),
};

static void
hd_field_class_init (HdFieldClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_field_init (HdField *self)
{
}

HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, id)
/* Not hd_field_get_type(), which GObject has taken. */
HdFieldType
hd_field_get_field_type (HdField *self)
{
  g_return_val_if_fail (HD_IS_FIELD (self), HD_FIELD_TYPE_TEXT);
  return self->type;
}

HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, label)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, help)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, placeholder)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, section)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, gboolean, required)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, pattern)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, pattern_hint)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, min)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, max)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, GListModel *, options)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, options_source)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, depends_on)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, const char *, default_value)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, GListModel *, visible_when)
HD_RECORD_DEFINE_GETTER (HdField, hd_field, gboolean, sensitive)
const char *const *
hd_field_get_accept (HdField *self)
{
  g_return_val_if_fail (HD_IS_FIELD (self), NULL);
  return (const char *const *) self->accept;
}
