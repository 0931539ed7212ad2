/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-option.h"

/**
 * HdOption:
 *
 * One value that a field offers.
 */

struct _HdOption
{
  HdRecord   parent_instance;

  char      *value;
  char      *label;
  char      *detail;
  char     **when;
};

G_DEFINE_FINAL_TYPE (HdOption, hd_option, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdOption, value, "value"),
  HD_RECORD_STRING (HdOption, label, "label"),
  HD_RECORD_STRING (HdOption, detail, "detail"),
  HD_RECORD_STRV (HdOption, when, "when"),
};

static void
hd_option_class_init (HdOptionClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_option_init (HdOption *self)
{
}

HD_RECORD_DEFINE_GETTER (HdOption, hd_option, const char *, value)
HD_RECORD_DEFINE_GETTER (HdOption, hd_option, const char *, label)
HD_RECORD_DEFINE_GETTER (HdOption, hd_option, const char *, detail)
const char *const *
hd_option_get_when (HdOption *self)
{
  g_return_val_if_fail (HD_IS_OPTION (self), NULL);
  return (const char *const *) self->when;
}
