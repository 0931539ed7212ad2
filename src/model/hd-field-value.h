/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_FIELD_VALUE (hd_field_value_get_type ())
G_DECLARE_FINAL_TYPE (HdFieldValue, hd_field_value, HD, FIELD_VALUE, HdRecord)

const char *hd_field_value_get_field_id (HdFieldValue *self);
const char *hd_field_value_get_label    (HdFieldValue *self);
const char *hd_field_value_get_value    (HdFieldValue *self);

G_END_DECLS
