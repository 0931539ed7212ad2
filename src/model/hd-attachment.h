/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ATTACHMENT (hd_attachment_get_type ())
G_DECLARE_FINAL_TYPE (HdAttachment, hd_attachment, HD, ATTACHMENT, HdRecord)

const char *hd_attachment_get_id           (HdAttachment *self);
const char *hd_attachment_get_name         (HdAttachment *self);
const char *hd_attachment_get_content_type (HdAttachment *self);
gint64      hd_attachment_get_size         (HdAttachment *self);
const char *hd_attachment_get_sha256       (HdAttachment *self);
const char *hd_attachment_get_field_id     (HdAttachment *self);

G_END_DECLS
