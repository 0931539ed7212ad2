/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ANNOUNCEMENT (hd_announcement_get_type ())
G_DECLARE_FINAL_TYPE (HdAnnouncement, hd_announcement, HD, ANNOUNCEMENT, HdRecord)

const char *hd_announcement_get_id           (HdAnnouncement *self);
const char *hd_announcement_get_title        (HdAnnouncement *self);
const char *hd_announcement_get_summary      (HdAnnouncement *self);
const char *hd_announcement_get_body         (HdAnnouncement *self);
gboolean    hd_announcement_get_important    (HdAnnouncement *self);
GDateTime  *hd_announcement_get_published_at (HdAnnouncement *self);
GDateTime  *hd_announcement_get_expires_at   (HdAnnouncement *self);

G_END_DECLS
