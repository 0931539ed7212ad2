/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-http-client.h"
#include "hd-portal.h"

G_BEGIN_DECLS

#define HD_TYPE_RT_PORTAL (hd_rt_portal_get_type ())
G_DECLARE_FINAL_TYPE (HdRtPortal, hd_rt_portal, HD, RT_PORTAL, HdPortal)

HdRtPortal *hd_rt_portal_new (HdHttpClient  *client,
                              const char    *site_file,
                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
