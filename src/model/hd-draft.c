/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-draft.h"

#include "hd-field.h"
#include "hd-left-answer.h"

/**
 * HdDraft:
 *
 * What a person has begun to write: a form being filled in, or a reply.
 *
 * A reply has a @request-id and a @text, a form an @offering-id and @answers.
 */

struct _HdDraft
{
  HdRecord    parent_instance;

  char       *id;
  HdKind      kind;
  char       *offering_id;
  char       *offering_name;
  gint64      form_version;
  char       *request_id;
  char       *request_number;
  char       *article_id;
  char       *article_title;
  char       *title;
  char       *text;
  GListModel *answers;  /* (element-type HdAnswer) */
  GListModel *asked;  /* (element-type HdField): the form's fields in short */
  GListModel *left_answers;  /* (element-type HdLeftAnswer) */
  GListModel *files;  /* (element-type HdDraftFile) */
  GDateTime  *created_at;
  GDateTime  *updated_at;
};

G_DEFINE_FINAL_TYPE (HdDraft, hd_draft, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdDraft, id, "id"),
  HD_RECORD_ENUM (HdDraft, kind, "kind", hd_kind_get_type),
  HD_RECORD_STRING (HdDraft, offering_id, "offering-id"),
  HD_RECORD_STRING (HdDraft, offering_name, "offering-name"),
  HD_RECORD_INT64 (HdDraft, form_version, "form-version"),
  HD_RECORD_STRING (HdDraft, request_id, "request-id"),
  HD_RECORD_STRING (HdDraft, request_number, "request-number"),
  HD_RECORD_STRING (HdDraft, article_id, "article-id"),
  HD_RECORD_STRING (HdDraft, article_title, "article-title"),
  HD_RECORD_STRING (HdDraft, title, "title"),
  HD_RECORD_STRING (HdDraft, text, "text"),
  HD_RECORD_LIST (HdDraft, answers, "answers", hd_answer_get_type),
  HD_RECORD_LIST (HdDraft, asked, "asked", hd_field_get_type),
  HD_RECORD_LIST (HdDraft, left_answers, "left-answers", hd_left_answer_get_type),
  HD_RECORD_LIST (HdDraft, files, "files", hd_draft_file_get_type),
  HD_RECORD_DATE_TIME (HdDraft, created_at, "created-at"),
  HD_RECORD_DATE_TIME (HdDraft, updated_at, "updated-at"),
};

static void
hd_draft_class_init (HdDraftClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_draft_init (HdDraft *self)
{
}

HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, id)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, HdKind, kind)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, offering_id)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, offering_name)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, gint64, form_version)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, request_id)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, request_number)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, article_id)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, article_title)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, title)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, const char *, text)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, GListModel *, answers)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, GListModel *, asked)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, GListModel *, left_answers)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, GListModel *, files)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, GDateTime *, created_at)
HD_RECORD_DEFINE_GETTER (HdDraft, hd_draft, GDateTime *, updated_at)
