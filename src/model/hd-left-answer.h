/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_LEFT_ANSWER (hd_left_answer_get_type ())
G_DECLARE_FINAL_TYPE (HdLeftAnswer, hd_left_answer, HD, LEFT_ANSWER, HdRecord)

const char *hd_left_answer_get_field_id  (HdLeftAnswer *self);
const char *hd_left_answer_get_label     (HdLeftAnswer *self);
const char *hd_left_answer_get_text      (HdLeftAnswer *self);
gboolean    hd_left_answer_get_sensitive (HdLeftAnswer *self);

G_END_DECLS
