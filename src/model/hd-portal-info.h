/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-contact.h"
#include "hd-outage.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_PORTAL_INFO (hd_portal_info_get_type ())
G_DECLARE_FINAL_TYPE (HdPortalInfo, hd_portal_info, HD, PORTAL_INFO, HdRecord)

const char         *hd_portal_info_get_name           (HdPortalInfo *self);
const char         *hd_portal_info_get_organisation   (HdPortalInfo *self);
const char         *hd_portal_info_get_mail_domain    (HdPortalInfo *self);
const char * const *hd_portal_info_get_languages      (HdPortalInfo *self);
GListModel         *hd_portal_info_get_contacts       (HdPortalInfo *self);
gint64              hd_portal_info_get_max_file_size  (HdPortalInfo *self);
gint64              hd_portal_info_get_max_files      (HdPortalInfo *self);
gint64              hd_portal_info_get_max_total_size (HdPortalInfo *self);
const char * const *hd_portal_info_get_capabilities   (HdPortalInfo *self);
HdOutage           *hd_portal_info_get_outage         (HdPortalInfo *self);
const char * const *hd_portal_info_get_pack_keys      (HdPortalInfo *self);
const char * const *hd_portal_info_get_synonyms       (HdPortalInfo *self);
const char         *hd_portal_info_get_catalog_version (HdPortalInfo *self);
const char         *hd_portal_info_get_announcements_version (HdPortalInfo *self);
const char         *hd_portal_info_get_articles_version (HdPortalInfo *self);

G_END_DECLS
