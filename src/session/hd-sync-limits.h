/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

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

#define HD_SYNC_PICTURE_BYTES ((guint64) 500 * 1000 * 1000)

G_END_DECLS
