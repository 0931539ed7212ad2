/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-attachment.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_MESSAGE (hd_message_get_type ())
G_DECLARE_FINAL_TYPE (HdMessage, hd_message, HD, MESSAGE, HdRecord)

const char *hd_message_get_id          (HdMessage *self);
const char *hd_message_get_author      (HdMessage *self);
gboolean    hd_message_get_mine        (HdMessage *self);
const char *hd_message_get_text        (HdMessage *self);
GDateTime  *hd_message_get_created_at  (HdMessage *self);
GListModel *hd_message_get_attachments (HdMessage *self);

G_END_DECLS
