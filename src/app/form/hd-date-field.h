/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_DATE_FIELD (hd_date_field_get_type ())
G_DECLARE_FINAL_TYPE (HdDateField, hd_date_field, HD, DATE_FIELD, HdFieldRow)

G_END_DECLS
