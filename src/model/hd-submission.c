/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-submission.h"

/**
 * HdSubmission:
 *
 * An entry of the outbox: something that the portal must be told exactly once.
 *
 * @client-key never changes over the attempts; it is how the portal, or we,
 * recognise an attempt whose answer was lost.  For portals that do not know keys,
 * @baseline are the ids of what they held already that looks the same, %NULL before
 * the first attempt; see hd-reconcile.c.  @tried_at is when it was last seen to, by
 * this machine's clock; @comment_arrived whether the portal has the words already.
 */

struct _HdSubmission
{
  HdRecord           parent_instance;

  char              *id;
  char              *client_key;
  HdAction           action;
  HdSubmissionState  state;
  char              *title;
  HdDraft           *draft;
  char              *request_id;
  char              *request_number;
  char              *article_id;
  gint64             stars;
  gboolean           helpful;
  char              *comment;
  gint64             attempts;
  GDateTime         *tried_at;
  char             **baseline;
  gboolean           comment_arrived;
  gint64             error_code;
  char              *error_title;
  char              *error_text;
  GListModel        *issues;  /* (element-type HdIssue) */
  GDateTime         *next_attempt_at;
  GDateTime         *created_at;
};

G_DEFINE_FINAL_TYPE (HdSubmission, hd_submission, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdSubmission, id, "id"),
  HD_RECORD_REQUIRED_STRING (HdSubmission, client_key, "client-key"),
  HD_RECORD_ENUM (HdSubmission, action, "action", hd_action_get_type),
  HD_RECORD_ENUM (HdSubmission, state, "state", hd_submission_state_get_type),
  HD_RECORD_STRING (HdSubmission, title, "title"),
  HD_RECORD_OBJECT (HdSubmission, draft, "draft", hd_draft_get_type),
  HD_RECORD_STRING (HdSubmission, request_id, "request-id"),
  HD_RECORD_STRING (HdSubmission, request_number, "request-number"),
  HD_RECORD_STRING (HdSubmission, article_id, "article-id"),
  HD_RECORD_INT64 (HdSubmission, stars, "stars"),
  HD_RECORD_BOOLEAN (HdSubmission, helpful, "helpful"),
  HD_RECORD_STRING (HdSubmission, comment, "comment"),
  HD_RECORD_INT64 (HdSubmission, attempts, "attempts"),
  HD_RECORD_DATE_TIME (HdSubmission, tried_at, "tried-at"),
  HD_RECORD_STRV (HdSubmission, baseline, "baseline"),
  HD_RECORD_BOOLEAN (HdSubmission, comment_arrived, "comment-arrived"),
  HD_RECORD_INT64 (HdSubmission, error_code, "error-code"),
  HD_RECORD_STRING (HdSubmission, error_title, "error-title"),
  HD_RECORD_STRING (HdSubmission, error_text, "error-text"),
  HD_RECORD_LIST (HdSubmission, issues, "issues", hd_issue_get_type),
  HD_RECORD_DATE_TIME (HdSubmission, next_attempt_at, "next-attempt-at"),
  HD_RECORD_DATE_TIME (HdSubmission, created_at, "created-at"),
};

static void
hd_submission_class_init (HdSubmissionClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_submission_init (HdSubmission *self)
{
}

HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, id)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, client_key)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, HdAction, action)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, HdSubmissionState, state)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, title)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, HdDraft *, draft)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, request_id)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, request_number)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, article_id)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, gint64, stars)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, gboolean, helpful)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, comment)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, gint64, attempts)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, GDateTime *, tried_at)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, gboolean, comment_arrived)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, gint64, error_code)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, error_title)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, const char *, error_text)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, GListModel *, issues)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, GDateTime *, next_attempt_at)
HD_RECORD_DEFINE_GETTER (HdSubmission, hd_submission, GDateTime *, created_at)

const char *const *
hd_submission_get_baseline (HdSubmission *self)
{
  g_return_val_if_fail (HD_IS_SUBMISSION (self), NULL);
  return (const char *const *) self->baseline;
}
