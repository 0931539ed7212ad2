/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_CONDITION (hd_condition_get_type ())
G_DECLARE_FINAL_TYPE (HdCondition, hd_condition, HD, CONDITION, HdRecord)

const char         *hd_condition_get_field  (HdCondition *self);
HdConditionOp       hd_condition_get_op     (HdCondition *self);
const char * const *hd_condition_get_values (HdCondition *self);

G_END_DECLS
