/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-issue.h"

/**
 * HdIssue:
 *
 * What is wrong with the answer to one field.
 */

struct _HdIssue
{
  HdRecord     parent_instance;

  char        *field_id;
  HdIssueCode  code;
  char        *limit;
  char        *message;
};

G_DEFINE_FINAL_TYPE (HdIssue, hd_issue, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_STRING (HdIssue, field_id, "field-id"),
  HD_RECORD_ENUM (HdIssue, code, "code", hd_issue_code_get_type),
  HD_RECORD_STRING (HdIssue, limit, "limit"),
  HD_RECORD_STRING (HdIssue, message, "message"),
};

static void
hd_issue_class_init (HdIssueClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_issue_init (HdIssue *self)
{
}

HD_RECORD_DEFINE_GETTER (HdIssue, hd_issue, const char *, field_id)
HD_RECORD_DEFINE_GETTER (HdIssue, hd_issue, HdIssueCode, code)
HD_RECORD_DEFINE_GETTER (HdIssue, hd_issue, const char *, limit)
HD_RECORD_DEFINE_GETTER (HdIssue, hd_issue, const char *, message)
