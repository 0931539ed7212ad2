/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-announcement.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ANNOUNCEMENT_LIST (hd_announcement_list_get_type ())
G_DECLARE_FINAL_TYPE (HdAnnouncementList, hd_announcement_list, HD, ANNOUNCEMENT_LIST, HdRecord)

GListModel *hd_announcement_list_get_announcements (HdAnnouncementList *self);

G_END_DECLS
