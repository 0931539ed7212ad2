/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-portal.h"
#include "hd-store.h"

G_BEGIN_DECLS

/**
 * HdSyncLimits:
 * @picture_bytes: how much all pictures may take on the disk
 * @daily_bytes: after how many bytes of a day no more pictures are fetched, until the next one; 0 for no limit
 * @keep_days: for how many days what was said in a closed request is kept; 0 for ever
 * @metered_pictures: whether pictures are fetched where the line is paid by the byte
 *
 * What a sync may fetch and keep.  Text has no limit.
 */
typedef struct
{
  guint64  picture_bytes;
  guint64  daily_bytes;
  guint    keep_days;
  gboolean metered_pictures;
} HdSyncLimits;

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
