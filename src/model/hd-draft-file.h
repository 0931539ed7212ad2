/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_DRAFT_FILE (hd_draft_file_get_type ())
G_DECLARE_FINAL_TYPE (HdDraftFile, hd_draft_file, HD, DRAFT_FILE, HdRecord)

const char *hd_draft_file_get_id           (HdDraftFile *self);
const char *hd_draft_file_get_field_id     (HdDraftFile *self);
const char *hd_draft_file_get_name         (HdDraftFile *self);
const char *hd_draft_file_get_content_type (HdDraftFile *self);
gint64      hd_draft_file_get_size         (HdDraftFile *self);
const char *hd_draft_file_get_sha256       (HdDraftFile *self);
const char *hd_draft_file_get_path         (HdDraftFile *self);

G_END_DECLS
