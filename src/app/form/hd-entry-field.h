/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_ENTRY_FIELD (hd_entry_field_get_type ())
G_DECLARE_FINAL_TYPE (HdEntryField, hd_entry_field, HD, ENTRY_FIELD, HdFieldRow)

G_END_DECLS
