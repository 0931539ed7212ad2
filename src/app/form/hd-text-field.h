/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_TEXT_FIELD (hd_text_field_get_type ())
G_DECLARE_FINAL_TYPE (HdTextField, hd_text_field, HD, TEXT_FIELD, HdFieldRow)

G_END_DECLS
