/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-sync-limits.h"

G_BEGIN_DECLS

/*
 * HdPolicy: what the administrator has decided, from the key file /etc/helpdesk/policy.conf (or the one given):
 * [Portal] url, kind, ca-file, site-file, name; phone, phone-hours (before the first contact)
 * [Policy] allow-remember-me (default true), lock-portal (default false: the person may type another address),
 *          allow-background (default true), private-notifications (default false), sync-interval (seconds),
 *          pack-keys (whose knowledge packs are trusted), pack-folder (where they are put)
 * [Cache]  picture-space (MB), daily-budget (MB; only here), keep-closed (days), metered-pictures: in place of the person's settings
 * [Search] synonyms (a file with other words for search)
 * Unknown keys are ignored, rubbish values count as absent. Read once at start.
 */
#define HD_TYPE_POLICY (hd_policy_get_type ())
G_DECLARE_FINAL_TYPE (HdPolicy, hd_policy, HD, POLICY, GObject)

HdPolicy   *hd_policy_new                   (void) G_GNUC_WARN_UNUSED_RESULT;
HdPolicy   *hd_policy_new_for_file          (const char *path) G_GNUC_WARN_UNUSED_RESULT;
const char *hd_policy_get_portal_uri        (HdPolicy   *self);   /* (nullable) */
const char *hd_policy_get_portal_kind       (HdPolicy   *self);   /* "open" if not said */
const char *hd_policy_get_portal_name       (HdPolicy   *self);   /* (nullable) */
const char *hd_policy_get_ca_file           (HdPolicy   *self);   /* (nullable) */
const char *hd_policy_get_site_file         (HdPolicy   *self);   /* (nullable) */
void        hd_policy_set_site_file         (HdPolicy   *self,
                                             const char *site_file);
const char *hd_policy_get_phone             (HdPolicy   *self);   /* "(044) 481-19-49" if not said */
const char *hd_policy_get_phone_hours       (HdPolicy   *self);   /* (nullable) */
gboolean    hd_policy_get_allow_background  (HdPolicy   *self);
gboolean    hd_policy_get_allow_remember_me (HdPolicy   *self);
gboolean    hd_policy_get_lock_portal       (HdPolicy   *self);
gboolean    hd_policy_get_private_notifications (HdPolicy *self);
guint       hd_policy_get_sync_interval     (HdPolicy   *self);   /* seconds, 300 if not said */
void        hd_policy_decide_limits         (HdPolicy     *self,
                                             HdSyncLimits *limits);
gboolean    hd_policy_decides               (HdPolicy     *self,
                                             const char   *limit);
const char *const *hd_policy_get_pack_keys  (HdPolicy   *self);   /* as base64; may be empty */
const char *hd_policy_get_pack_folder       (HdPolicy   *self);   /* (nullable) */
const char *hd_policy_get_synonyms_file     (HdPolicy   *self);   /* (nullable) */

G_END_DECLS
