/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-condition.h"

/**
 * HdCondition:
 *
 * What must hold of another field’s answer for a field to be visible.
 */

struct _HdCondition
{
  HdRecord        parent_instance;

  char           *field;
  HdConditionOp   op;
  char          **values;
};

G_DEFINE_FINAL_TYPE (HdCondition, hd_condition, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdCondition, field, "field"),
  HD_RECORD_ENUM (HdCondition, op, "op", hd_condition_op_get_type),
  HD_RECORD_STRV (HdCondition, values, "values"),
};

static void
hd_condition_class_init (HdConditionClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_condition_init (HdCondition *self)
{
}

HD_RECORD_DEFINE_GETTER (HdCondition, hd_condition, const char *, field)
HD_RECORD_DEFINE_GETTER (HdCondition, hd_condition, HdConditionOp, op)
const char *const *
hd_condition_get_values (HdCondition *self)
{
  g_return_val_if_fail (HD_IS_CONDITION (self), NULL);
  return (const char *const *) self->values;
}
