/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-announcement.h"

/**
 * HdAnnouncement:
 *
 * A piece of news from the help desk; @body as in #HdArticle.
 */

struct _HdAnnouncement
{
  HdRecord   parent_instance;

  char      *id;
  char      *title;
  char      *summary;
  char      *body;
  gboolean   important;
  GDateTime *published_at;
  GDateTime *expires_at;
};

G_DEFINE_FINAL_TYPE (HdAnnouncement, hd_announcement, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdAnnouncement, id, "id"),
  HD_RECORD_REQUIRED_STRING (HdAnnouncement, title, "title"),
  HD_RECORD_STRING (HdAnnouncement, summary, "summary"),
  HD_RECORD_STRING (HdAnnouncement, body, "body"),
  HD_RECORD_BOOLEAN (HdAnnouncement, important, "important"),
  HD_RECORD_DATE_TIME (HdAnnouncement, published_at, "published-at"),
  HD_RECORD_DATE_TIME (HdAnnouncement, expires_at, "expires-at"),
};

static void
hd_announcement_class_init (HdAnnouncementClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_announcement_init (HdAnnouncement *self)
{
}

HD_RECORD_DEFINE_GETTER (HdAnnouncement, hd_announcement, const char *, id)
HD_RECORD_DEFINE_GETTER (HdAnnouncement, hd_announcement, const char *, title)
HD_RECORD_DEFINE_GETTER (HdAnnouncement, hd_announcement, const char *, summary)
HD_RECORD_DEFINE_GETTER (HdAnnouncement, hd_announcement, const char *, body)
HD_RECORD_DEFINE_GETTER (HdAnnouncement, hd_announcement, gboolean, important)
HD_RECORD_DEFINE_GETTER (HdAnnouncement, hd_announcement, GDateTime *, published_at)
HD_RECORD_DEFINE_GETTER (HdAnnouncement, hd_announcement, GDateTime *, expires_at)
