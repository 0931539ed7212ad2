/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ANSWER (hd_answer_get_type ())
G_DECLARE_FINAL_TYPE (HdAnswer, hd_answer, HD, ANSWER, HdRecord)

const char         *hd_answer_get_field_id (HdAnswer *self);
const char * const *hd_answer_get_values   (HdAnswer *self);
const char * const *hd_answer_get_labels   (HdAnswer *self);

G_END_DECLS
