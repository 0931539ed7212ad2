/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-announcement-list.h"

/**
 * HdAnnouncementList:
 *
 * All current announcements.
 */

struct _HdAnnouncementList
{
  HdRecord    parent_instance;

  GListModel *announcements;  /* (element-type HdAnnouncement) */
};

G_DEFINE_FINAL_TYPE (HdAnnouncementList, hd_announcement_list, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_LIST (HdAnnouncementList, announcements, "announcements", hd_announcement_get_type),
};

static void
hd_announcement_list_class_init (HdAnnouncementListClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_announcement_list_init (HdAnnouncementList *self)
{
}

HD_RECORD_DEFINE_GETTER (HdAnnouncementList, hd_announcement_list, GListModel *, announcements)
