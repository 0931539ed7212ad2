/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_FILE_FIELD (hd_file_field_get_type ())
G_DECLARE_FINAL_TYPE (HdFileField, hd_file_field, HD, FILE_FIELD, HdFieldRow)

gboolean hd_file_field_paste (HdFileField *self);

G_END_DECLS
