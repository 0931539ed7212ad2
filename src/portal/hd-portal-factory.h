/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-portal.h"

G_BEGIN_DECLS

/* The kinds of portal that exist. */
#define HD_PORTAL_KIND_OPEN "open"
#define HD_PORTAL_KIND_RT "rt"

HdPortal *hd_portal_new_for_kind (const char  *kind,
                                  const char  *uri,
                                  const char  *ca_file,
                                  const char  *site_file,
                                  GError     **error) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_portal_dup_uri      (const char  *typed,
                                  GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
