/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_CHECK_FIELD (hd_check_field_get_type ())
G_DECLARE_FINAL_TYPE (HdCheckField, hd_check_field, HD, CHECK_FIELD, HdFieldRow)

G_END_DECLS
