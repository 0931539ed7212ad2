/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_TICK_FIELD (hd_tick_field_get_type ())
G_DECLARE_FINAL_TYPE (HdTickField, hd_tick_field, HD, TICK_FIELD, HdFieldRow)

G_END_DECLS
