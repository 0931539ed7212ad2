/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-attachment.h"
#include "hd-enums.h"
#include "hd-field-value.h"
#include "hd-message.h"
#include "hd-record.h"
#include "hd-status-change.h"

G_BEGIN_DECLS

#define HD_TYPE_REQUEST (hd_request_get_type ())
G_DECLARE_FINAL_TYPE (HdRequest, hd_request, HD, REQUEST, HdRecord)

const char         *hd_request_get_id             (HdRequest *self);
const char         *hd_request_get_number         (HdRequest *self);
HdKind              hd_request_get_kind           (HdRequest *self);
const char         *hd_request_get_subject        (HdRequest *self);
const char         *hd_request_get_offering_id    (HdRequest *self);
const char         *hd_request_get_offering_name  (HdRequest *self);
HdStatus            hd_request_get_status         (HdRequest *self);
const char         *hd_request_get_status_label   (HdRequest *self);
gboolean            hd_request_get_waiting_for_me (HdRequest *self);
HdPriority          hd_request_get_priority       (HdRequest *self);
GDateTime          *hd_request_get_created_at     (HdRequest *self);
GDateTime          *hd_request_get_updated_at     (HdRequest *self);
GDateTime          *hd_request_get_closed_at      (HdRequest *self);
gint64              hd_request_get_message_count  (HdRequest *self);
const char         *hd_request_get_assignee       (HdRequest *self);
GListModel         *hd_request_get_fields         (HdRequest *self);
GListModel         *hd_request_get_messages       (HdRequest *self);
GListModel         *hd_request_get_history        (HdRequest *self);
GListModel         *hd_request_get_attachments    (HdRequest *self);
const char * const *hd_request_get_actions        (HdRequest *self);
gint64              hd_request_get_rating         (HdRequest *self);
const char         *hd_request_get_client_key     (HdRequest *self);
const char * const *hd_request_get_not_kept       (HdRequest *self);
char               *hd_request_dup_not_kept_text  (HdRequest *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean            hd_request_get_unread         (HdRequest *self);
gboolean            hd_request_get_complete       (HdRequest *self);

G_END_DECLS
