/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_OPTION_FIELD (hd_option_field_get_type ())
G_DECLARE_FINAL_TYPE (HdOptionField, hd_option_field, HD, OPTION_FIELD, HdFieldRow)

G_END_DECLS
