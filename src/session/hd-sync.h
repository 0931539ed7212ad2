/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-portal.h"
#include "hd-store.h"
#include "hd-sync-limits.h"

G_BEGIN_DECLS

#define HD_TYPE_SYNC (hd_sync_get_type ())
G_DECLARE_FINAL_TYPE (HdSync, hd_sync, HD, SYNC, GObject)

HdSync   *hd_sync_new        (HdPortal             *portal,
                              HdStore              *store) G_GNUC_WARN_UNUSED_RESULT;
void      hd_sync_set_limits (HdSync               *self,
                              const HdSyncLimits   *limits);
void      hd_sync_set_metered (HdSync              *self,
                              gboolean              is_metered);
void      hd_sync_run_async  (HdSync               *self,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
gboolean  hd_sync_run_finish (HdSync               *self,
                              GAsyncResult         *result,
                              GError              **error);

G_END_DECLS
