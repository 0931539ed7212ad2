/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field-row.h"

G_BEGIN_DECLS

#define HD_TYPE_NOTE_FIELD (hd_note_field_get_type ())
G_DECLARE_FINAL_TYPE (HdNoteField, hd_note_field, HD, NOTE_FIELD, HdFieldRow)

G_END_DECLS
