/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-enums.h"

G_BEGIN_DECLS

/**
 * HdRtRole:
 *
 * What one of a site's custom fields or classes of articles serves as.
 */
typedef enum
{
  HD_RT_ROLE_CATEGORY,       /* of queues: the category of the catalog */
  HD_RT_ROLE_KIND,           /* of queues: request or incident */
  HD_RT_ROLE_ICON,           /* of queues: a picture */
  HD_RT_ROLE_DESCRIPTION,    /* of queues: what the form begins with */
  HD_RT_ROLE_EXPECTED_TIME,  /* of queues */
  HD_RT_ROLE_CLIENT_KEY,     /* of tickets: by which a submission is recognised */
  HD_RT_ROLE_BODY,           /* of articles */
  HD_RT_ROLE_SECTION,        /* of articles: the path of their category */
  HD_RT_ROLE_KEYWORDS,       /* of articles */
  HD_RT_ROLE_KNOWLEDGE,      /* a class of articles */
  HD_RT_ROLE_NEWS,           /* a class of articles */
  HD_RT_ROLE_CONTACTS,       /* a class of articles */
} HdRtRole;

#define HD_RT_N_ROLES (HD_RT_ROLE_CONTACTS + 1)

/**
 * HdRtSetting:
 *
 * What the site's file says in a word.
 */
typedef enum
{
  HD_RT_SETTING_NAME,
  HD_RT_SETTING_ORGANISATION,
  HD_RT_SETTING_MAIL_DOMAIN,
  HD_RT_SETTING_PHONE,
  HD_RT_SETTING_PHONE_HOURS,
  HD_RT_SETTING_EMAIL,
  HD_RT_SETTING_TIME_ZONE,
} HdRtSetting;

#define HD_RT_N_SETTINGS (HD_RT_SETTING_TIME_ZONE + 1)

typedef struct _HdRtSite HdRtSite;

HdRtSite   *hd_rt_site_new              (const char   *path,
                                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void        hd_rt_site_free             (HdRtSite     *self);
gboolean    hd_rt_site_is_configured    (HdRtSite     *self,
                                         HdRtRole      role);
gboolean    hd_rt_site_plays            (HdRtSite     *self,
                                         HdRtRole      role,
                                         const char   *name);
const char *hd_rt_site_get_role_label   (HdRtRole      role);
const char *hd_rt_site_get              (HdRtSite     *self,
                                         HdRtSetting   setting);
gint64      hd_rt_site_get_max_file_size (HdRtSite    *self);
HdKind      hd_rt_site_get_kind         (HdRtSite     *self,
                                         const char   *value,
                                         const char   *queue_name);
HdStatus    hd_rt_site_get_status       (HdRtSite     *self,
                                         const char   *word);
gboolean    hd_rt_site_is_waiting       (HdRtSite     *self,
                                         const char   *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdRtSite, hd_rt_site_free)

G_END_DECLS
