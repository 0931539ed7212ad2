/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-http-client.h"
#include "hd-portal.h"

G_BEGIN_DECLS

#define HD_TYPE_OPEN_PORTAL (hd_open_portal_get_type ())
G_DECLARE_FINAL_TYPE (HdOpenPortal, hd_open_portal, HD, OPEN_PORTAL, HdPortal)

HdOpenPortal *hd_open_portal_new (HdHttpClient *client) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
