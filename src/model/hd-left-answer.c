/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-left-answer.h"

/**
 * HdLeftAnswer:
 *
 * What a person had answered to a field that the form no longer has, or that
 * takes something else now: in words, until they have done something about it.
 */

struct _HdLeftAnswer
{
  HdRecord  parent_instance;

  char     *field_id;
  char     *label;
  char     *text;
  gboolean  sensitive;
};

G_DEFINE_FINAL_TYPE (HdLeftAnswer, hd_left_answer, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_STRING (HdLeftAnswer, field_id, "field-id"),
  HD_RECORD_STRING (HdLeftAnswer, label, "label"),
  HD_RECORD_STRING (HdLeftAnswer, text, "text"),
  HD_RECORD_BOOLEAN (HdLeftAnswer, sensitive, "sensitive"),
};

static void
hd_left_answer_class_init (HdLeftAnswerClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_left_answer_init (HdLeftAnswer *self)
{
}

HD_RECORD_DEFINE_GETTER (HdLeftAnswer, hd_left_answer, const char *, field_id)
HD_RECORD_DEFINE_GETTER (HdLeftAnswer, hd_left_answer, const char *, label)
HD_RECORD_DEFINE_GETTER (HdLeftAnswer, hd_left_answer, const char *, text)
HD_RECORD_DEFINE_GETTER (HdLeftAnswer, hd_left_answer, gboolean, sensitive)
