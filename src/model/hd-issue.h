/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ISSUE (hd_issue_get_type ())
G_DECLARE_FINAL_TYPE (HdIssue, hd_issue, HD, ISSUE, HdRecord)

const char *hd_issue_get_field_id (HdIssue *self);
HdIssueCode hd_issue_get_code     (HdIssue *self);
const char *hd_issue_get_limit    (HdIssue *self);
const char *hd_issue_get_message  (HdIssue *self);

G_END_DECLS
