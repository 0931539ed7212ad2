/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-submission.h"

G_BEGIN_DECLS

/**
 * HdOutboxWait:
 * @HD_OUTBOX_WAIT_PORTAL: for nothing but the portal
 * @HD_OUTBOX_WAIT_SIGN_IN: for the person to sign in
 * @HD_OUTBOX_WAIT_OLDER: for an older entry about the same request
 *
 * What an entry of the outbox waits for.
 */
typedef enum
{
  HD_OUTBOX_WAIT_PORTAL,
  HD_OUTBOX_WAIT_SIGN_IN,
  HD_OUTBOX_WAIT_OLDER,
} HdOutboxWait;

char       *hd_outbox_dup_state_text (HdSubmission *submission,
                                      HdOutboxWait  wait,
                                      GDateTime    *now);
char       *hd_outbox_dup_kind_text  (HdSubmission *submission) G_GNUC_WARN_UNUSED_RESULT;
GListModel *hd_outbox_dup_values     (HdSubmission *submission) G_GNUC_WARN_UNUSED_RESULT;
gboolean    hd_outbox_can_stop       (HdSubmission *submission);
const char *hd_outbox_get_short_state (HdSubmission *submission);
const char *hd_outbox_get_said       (HdSubmission *submission);
const char *hd_outbox_get_icon_name  (HdSubmission *submission);
gboolean    hd_outbox_can_send_now   (HdSubmission *submission);
gboolean    hd_outbox_can_edit       (HdSubmission *submission);

G_END_DECLS
