/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-draft.h"
#include "hd-enums.h"
#include "hd-issue.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_SUBMISSION (hd_submission_get_type ())
G_DECLARE_FINAL_TYPE (HdSubmission, hd_submission, HD, SUBMISSION, HdRecord)

const char       *hd_submission_get_id              (HdSubmission *self);
const char       *hd_submission_get_client_key      (HdSubmission *self);
HdAction          hd_submission_get_action          (HdSubmission *self);
HdSubmissionState hd_submission_get_state           (HdSubmission *self);
const char       *hd_submission_get_title           (HdSubmission *self);
HdDraft          *hd_submission_get_draft           (HdSubmission *self);
const char       *hd_submission_get_request_id      (HdSubmission *self);
const char       *hd_submission_get_request_number  (HdSubmission *self);
const char       *hd_submission_get_article_id      (HdSubmission *self);
gint64            hd_submission_get_stars           (HdSubmission *self);
gboolean          hd_submission_get_helpful         (HdSubmission *self);
const char       *hd_submission_get_comment         (HdSubmission *self);
gint64            hd_submission_get_attempts        (HdSubmission *self);
GDateTime        *hd_submission_get_tried_at        (HdSubmission *self);
const char *const *hd_submission_get_baseline (HdSubmission *self);
gboolean          hd_submission_get_comment_arrived (HdSubmission *self);
gint64            hd_submission_get_error_code      (HdSubmission *self);
const char       *hd_submission_get_error_title     (HdSubmission *self);
const char       *hd_submission_get_error_text      (HdSubmission *self);
GListModel       *hd_submission_get_issues          (HdSubmission *self);
GDateTime        *hd_submission_get_next_attempt_at (HdSubmission *self);
GDateTime        *hd_submission_get_created_at      (HdSubmission *self);

G_END_DECLS
