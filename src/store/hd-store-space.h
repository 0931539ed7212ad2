/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The disk is nearly full with so many bytes left, unless somebody says otherwise. */
#define HD_STORE_LOW_SPACE (64 * 1024 * 1024)

/* How much room the disk has left. */
typedef struct
{
  guint64 low_bytes;
  int     is_low;  /* (atomic) */
  gint64  checked;  /* monotonic */
} HdStoreSpace;

gboolean hd_store_space_check (HdStoreSpace *self,
                               const char   *directory);

G_END_DECLS
