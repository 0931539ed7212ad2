/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HdKind:
 *
 * What a request, an offering or a catalog category is.
 */
typedef enum
{
  HD_KIND_NONE,
  HD_KIND_REQUEST,
  HD_KIND_INCIDENT,
} HdKind;

#define HD_TYPE_KIND (hd_kind_get_type ())
GType hd_kind_get_type (void);

/**
 * HdStatus:
 *
 * The four states that a person sees; a portal’s own word is shown as the detail.
 */
typedef enum
{
  HD_STATUS_UNKNOWN,
  HD_STATUS_REGISTERED,
  HD_STATUS_IN_PROGRESS,
  HD_STATUS_CLOSED,
  HD_STATUS_CANCELLED,
} HdStatus;

#define HD_TYPE_STATUS (hd_status_get_type ())
GType hd_status_get_type (void);

/**
 * HdPriority:
 *
 * How urgent the desk holds a request to be.
 */
typedef enum
{
  HD_PRIORITY_NONE,
  HD_PRIORITY_LOW,
  HD_PRIORITY_NORMAL,
  HD_PRIORITY_HIGH,
  HD_PRIORITY_CRITICAL,
} HdPriority;

#define HD_TYPE_PRIORITY (hd_priority_get_type ())
GType hd_priority_get_type (void);

/**
 * HdContactKind:
 *
 * How a contact is reached.
 */
typedef enum
{
  HD_CONTACT_KIND_OTHER,
  HD_CONTACT_KIND_PHONE,
  HD_CONTACT_KIND_EMAIL,
  HD_CONTACT_KIND_CHAT,
  HD_CONTACT_KIND_ADDRESS,
} HdContactKind;

#define HD_TYPE_CONTACT_KIND (hd_contact_kind_get_type ())
GType hd_contact_kind_get_type (void);

/**
 * HdFieldType:
 *
 * What a field asks for; an unknown type is shown and sent as %HD_FIELD_TYPE_TEXT.
 */
typedef enum
{
  HD_FIELD_TYPE_TEXT,
  HD_FIELD_TYPE_MULTILINE,
  HD_FIELD_TYPE_NUMBER,
  HD_FIELD_TYPE_DATE,
  HD_FIELD_TYPE_DATETIME,
  HD_FIELD_TYPE_CHOICE,
  HD_FIELD_TYPE_MULTICHOICE,
  HD_FIELD_TYPE_BOOLEAN,
  HD_FIELD_TYPE_PERSON,
  HD_FIELD_TYPE_FILE,
  HD_FIELD_TYPE_NOTE,
} HdFieldType;

#define HD_TYPE_FIELD_TYPE (hd_field_type_get_type ())
GType hd_field_type_get_type (void);

/**
 * HdConditionOp:
 *
 * @any: the answer is one of the values; @none: it is none of them; @filled, @empty: there is an answer or not.
 */
typedef enum
{
  HD_CONDITION_OP_ANY,
  HD_CONDITION_OP_NONE,
  HD_CONDITION_OP_FILLED,
  HD_CONDITION_OP_EMPTY,
} HdConditionOp;

#define HD_TYPE_CONDITION_OP (hd_condition_op_get_type ())
GType hd_condition_op_get_type (void);

/**
 * HdAction:
 *
 * What the outbox can tell the portal.
 */
typedef enum
{
  HD_ACTION_SUBMIT,
  HD_ACTION_REPLY,
  HD_ACTION_CANCEL,
  HD_ACTION_REOPEN,
  HD_ACTION_CONFIRM,
  HD_ACTION_RATE,
  HD_ACTION_FEEDBACK,
} HdAction;

#define HD_TYPE_ACTION (hd_action_get_type ())
GType hd_action_get_type (void);

/**
 * HdSubmissionState:
 *
 * Where an entry of the outbox stands: waiting for its turn or for the next try, under way, stopped by the person, refused by the portal (the person must look at it), done.
 */
typedef enum
{
  HD_SUBMISSION_STATE_QUEUED,
  HD_SUBMISSION_STATE_SENDING,
  HD_SUBMISSION_STATE_PAUSED,
  HD_SUBMISSION_STATE_REFUSED,
  HD_SUBMISSION_STATE_SENT,
} HdSubmissionState;

#define HD_TYPE_SUBMISSION_STATE (hd_submission_state_get_type ())
GType hd_submission_state_get_type (void);

/**
 * HdIssueCode:
 *
 * What is wrong with an answer; @portal: what the portal said in its own words.
 */
typedef enum
{
  HD_ISSUE_CODE_REQUIRED,
  HD_ISSUE_CODE_TOO_SHORT,
  HD_ISSUE_CODE_TOO_LONG,
  HD_ISSUE_CODE_NOT_A_NUMBER,
  HD_ISSUE_CODE_TOO_SMALL,
  HD_ISSUE_CODE_TOO_LARGE,
  HD_ISSUE_CODE_NOT_A_DATE,
  HD_ISSUE_CODE_TOO_EARLY,
  HD_ISSUE_CODE_TOO_LATE,
  HD_ISSUE_CODE_PATTERN,
  HD_ISSUE_CODE_NOT_AN_OPTION,
  HD_ISSUE_CODE_TOO_FEW,
  HD_ISSUE_CODE_TOO_MANY,
  HD_ISSUE_CODE_FILE_TYPE,
  HD_ISSUE_CODE_FILE_TOO_LARGE,
  HD_ISSUE_CODE_NOT_A_LINE,
  HD_ISSUE_CODE_PORTAL,
} HdIssueCode;

#define HD_TYPE_ISSUE_CODE (hd_issue_code_get_type ())
GType hd_issue_code_get_type (void);

/**
 * HdResultKind:
 *
 * What a search result leads to.
 */
typedef enum
{
  HD_RESULT_KIND_ARTICLE,
  HD_RESULT_KIND_ANNOUNCEMENT,
  HD_RESULT_KIND_OFFERING,
  HD_RESULT_KIND_REQUEST,
} HdResultKind;

#define HD_TYPE_RESULT_KIND (hd_result_kind_get_type ())
GType hd_result_kind_get_type (void);

const char *hd_kind_get_label     (HdKind      kind);
const char *hd_status_get_label   (HdStatus    status);
const char *hd_priority_get_label (HdPriority  priority);
gboolean    hd_status_is_open     (HdStatus    status);
const char *hd_enum_get_nick      (GType       type,
                                   int         number);

G_END_DECLS
