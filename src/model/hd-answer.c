/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-answer.h"

/**
 * HdAnswer:
 *
 * What was answered to one field; @labels are the words for @values where they differ.
 */

struct _HdAnswer
{
  HdRecord   parent_instance;

  char      *field_id;
  char     **values;
  char     **labels;
};

G_DEFINE_FINAL_TYPE (HdAnswer, hd_answer, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdAnswer, field_id, "field-id"),
  HD_RECORD_STRV (HdAnswer, values, "values"),
  HD_RECORD_STRV (HdAnswer, labels, "labels"),
};

static void
hd_answer_class_init (HdAnswerClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_answer_init (HdAnswer *self)
{
}

HD_RECORD_DEFINE_GETTER (HdAnswer, hd_answer, const char *, field_id)
const char *const *
hd_answer_get_values (HdAnswer *self)
{
  g_return_val_if_fail (HD_IS_ANSWER (self), NULL);
  return (const char *const *) self->values;
}

const char *const *
hd_answer_get_labels (HdAnswer *self)
{
  g_return_val_if_fail (HD_IS_ANSWER (self), NULL);
  return (const char *const *) self->labels;
}
