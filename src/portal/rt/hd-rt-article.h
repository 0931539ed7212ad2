/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-announcement.h"
#include "hd-article.h"
#include "hd-rt-site.h"

G_BEGIN_DECLS

#define HD_RT_SECTION_SEPARATOR "/"

HdArticle      *hd_rt_article_new         (HdRtSite   *site,
                                           JsonObject *item) G_GNUC_WARN_UNUSED_RESULT;
HdAnnouncement *hd_rt_announcement_new    (HdRtSite   *site,
                                           JsonObject *item) G_GNUC_WARN_UNUSED_RESULT;
char           *hd_rt_section_dup_id      (const char *class_id,
                                           const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
