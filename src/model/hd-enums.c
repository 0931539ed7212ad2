/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-enums.h"

#include <glib/gi18n-lib.h>

/* The nicks are what JSON says. */

G_DEFINE_ENUM_TYPE (HdKind, hd_kind,
                    G_DEFINE_ENUM_VALUE (HD_KIND_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (HD_KIND_REQUEST, "request"),
                    G_DEFINE_ENUM_VALUE (HD_KIND_INCIDENT, "incident"))

G_DEFINE_ENUM_TYPE (HdStatus, hd_status,
                    G_DEFINE_ENUM_VALUE (HD_STATUS_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (HD_STATUS_REGISTERED, "registered"),
                    G_DEFINE_ENUM_VALUE (HD_STATUS_IN_PROGRESS, "in-progress"),
                    G_DEFINE_ENUM_VALUE (HD_STATUS_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (HD_STATUS_CANCELLED, "cancelled"))

G_DEFINE_ENUM_TYPE (HdPriority, hd_priority,
                    G_DEFINE_ENUM_VALUE (HD_PRIORITY_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (HD_PRIORITY_LOW, "low"),
                    G_DEFINE_ENUM_VALUE (HD_PRIORITY_NORMAL, "normal"),
                    G_DEFINE_ENUM_VALUE (HD_PRIORITY_HIGH, "high"),
                    G_DEFINE_ENUM_VALUE (HD_PRIORITY_CRITICAL, "critical"))

G_DEFINE_ENUM_TYPE (HdContactKind, hd_contact_kind,
                    G_DEFINE_ENUM_VALUE (HD_CONTACT_KIND_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (HD_CONTACT_KIND_PHONE, "phone"),
                    G_DEFINE_ENUM_VALUE (HD_CONTACT_KIND_EMAIL, "email"),
                    G_DEFINE_ENUM_VALUE (HD_CONTACT_KIND_CHAT, "chat"),
                    G_DEFINE_ENUM_VALUE (HD_CONTACT_KIND_ADDRESS, "address"))

G_DEFINE_ENUM_TYPE (HdFieldType, hd_field_type,
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_TEXT, "text"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_MULTILINE, "multiline"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_NUMBER, "number"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_DATE, "date"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_DATETIME, "datetime"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_CHOICE, "choice"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_MULTICHOICE, "multichoice"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_BOOLEAN, "boolean"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_PERSON, "person"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_FILE, "file"),
                    G_DEFINE_ENUM_VALUE (HD_FIELD_TYPE_NOTE, "note"))

G_DEFINE_ENUM_TYPE (HdConditionOp, hd_condition_op,
                    G_DEFINE_ENUM_VALUE (HD_CONDITION_OP_ANY, "any"),
                    G_DEFINE_ENUM_VALUE (HD_CONDITION_OP_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (HD_CONDITION_OP_FILLED, "filled"),
                    G_DEFINE_ENUM_VALUE (HD_CONDITION_OP_EMPTY, "empty"))

G_DEFINE_ENUM_TYPE (HdAction, hd_action,
                    G_DEFINE_ENUM_VALUE (HD_ACTION_SUBMIT, "submit"),
                    G_DEFINE_ENUM_VALUE (HD_ACTION_REPLY, "reply"),
                    G_DEFINE_ENUM_VALUE (HD_ACTION_CANCEL, "cancel"),
                    G_DEFINE_ENUM_VALUE (HD_ACTION_REOPEN, "reopen"),
                    G_DEFINE_ENUM_VALUE (HD_ACTION_CONFIRM, "confirm"),
                    G_DEFINE_ENUM_VALUE (HD_ACTION_RATE, "rate"),
                    G_DEFINE_ENUM_VALUE (HD_ACTION_FEEDBACK, "feedback"))

G_DEFINE_ENUM_TYPE (HdSubmissionState, hd_submission_state,
                    G_DEFINE_ENUM_VALUE (HD_SUBMISSION_STATE_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (HD_SUBMISSION_STATE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (HD_SUBMISSION_STATE_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (HD_SUBMISSION_STATE_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (HD_SUBMISSION_STATE_SENT, "sent"))

G_DEFINE_ENUM_TYPE (HdIssueCode, hd_issue_code,
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_REQUIRED, "required"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_SHORT, "too-short"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_LONG, "too-long"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_NOT_A_NUMBER, "not-a-number"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_SMALL, "too-small"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_LARGE, "too-large"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_NOT_A_DATE, "not-a-date"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_EARLY, "too-early"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_LATE, "too-late"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_PATTERN, "pattern"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_NOT_AN_OPTION, "not-an-option"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_FEW, "too-few"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_TOO_MANY, "too-many"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_FILE_TYPE, "file-type"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_FILE_TOO_LARGE, "file-too-large"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_NOT_A_LINE, "not-a-line"),
                    G_DEFINE_ENUM_VALUE (HD_ISSUE_CODE_PORTAL, "portal"))

G_DEFINE_ENUM_TYPE (HdResultKind, hd_result_kind,
                    G_DEFINE_ENUM_VALUE (HD_RESULT_KIND_ARTICLE, "article"),
                    G_DEFINE_ENUM_VALUE (HD_RESULT_KIND_ANNOUNCEMENT, "announcement"),
                    G_DEFINE_ENUM_VALUE (HD_RESULT_KIND_OFFERING, "offering"),
                    G_DEFINE_ENUM_VALUE (HD_RESULT_KIND_REQUEST, "request"))

const char *
hd_kind_get_label (HdKind kind)
{
  switch (kind)
    {
    case HD_KIND_REQUEST:
      return _("Service Request");
    case HD_KIND_INCIDENT:
      return _("Incident");
    case HD_KIND_NONE:
    default:
      return _("Request");
    }
}

const char *
hd_status_get_label (HdStatus status)
{
  switch (status)
    {
    case HD_STATUS_REGISTERED:
      return _("Registered");
    case HD_STATUS_IN_PROGRESS:
      return _("In Progress");
    case HD_STATUS_CLOSED:
      return _("Closed");
    case HD_STATUS_CANCELLED:
      return _("Cancelled");
    case HD_STATUS_UNKNOWN:
    default:
      return _("Unknown");
    }
}

const char *
hd_priority_get_label (HdPriority priority)
{
  switch (priority)
    {
    case HD_PRIORITY_LOW:
      return _("Low");
    case HD_PRIORITY_NORMAL:
      return _("Normal");
    case HD_PRIORITY_HIGH:
      return _("High");
    case HD_PRIORITY_CRITICAL:
      return _("Critical");
    case HD_PRIORITY_NONE:
    default:
      return "";
    }
}

/* Whether the desk still has it on its table. */
gboolean
hd_status_is_open (HdStatus status)
{
  return status != HD_STATUS_CLOSED && status != HD_STATUS_CANCELLED;
}

/* Returns: (nullable): the nick that JSON uses for a value of an enumeration */
const char *
hd_enum_get_nick (GType type,
                  int   number)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);
  GEnumValue *value = g_enum_get_value (enum_class, number);

  return value != NULL ? value->value_nick : NULL;
}
