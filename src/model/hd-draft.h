/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-answer.h"
#include "hd-draft-file.h"
#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_DRAFT (hd_draft_get_type ())
G_DECLARE_FINAL_TYPE (HdDraft, hd_draft, HD, DRAFT, HdRecord)

const char *hd_draft_get_id             (HdDraft *self);
HdKind      hd_draft_get_kind           (HdDraft *self);
const char *hd_draft_get_offering_id    (HdDraft *self);
const char *hd_draft_get_offering_name  (HdDraft *self);
gint64      hd_draft_get_form_version   (HdDraft *self);
const char *hd_draft_get_request_id     (HdDraft *self);
const char *hd_draft_get_request_number (HdDraft *self);
const char *hd_draft_get_article_id     (HdDraft *self);
const char *hd_draft_get_article_title  (HdDraft *self);
const char *hd_draft_get_title          (HdDraft *self);
const char *hd_draft_get_text           (HdDraft *self);
GListModel *hd_draft_get_answers        (HdDraft *self);
GListModel *hd_draft_get_asked          (HdDraft *self);
GListModel *hd_draft_get_left_answers   (HdDraft *self);
GListModel *hd_draft_get_files          (HdDraft *self);
GDateTime  *hd_draft_get_created_at     (HdDraft *self);
GDateTime  *hd_draft_get_updated_at     (HdDraft *self);

G_END_DECLS
