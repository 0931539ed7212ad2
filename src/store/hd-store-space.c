/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-space.h"

#include <sys/statvfs.h>

#define CHECK_INTERVAL_USEC (2 * G_USEC_PER_SEC)

/**
 * hd_store_space_check:
 * @self: what was known of it
 * @directory: a folder on the disk
 *
 * Now and then: it is told while there is still room for what is being written.  With twice as much it is over.
 *
 * Returns: whether it became low, or is over
 */
gboolean
hd_store_space_check (HdStoreSpace *self,
                      const char   *directory)
{
  struct statvfs info;
  gint64 now = g_get_monotonic_time ();
  gboolean was_low = g_atomic_int_get (&self->is_low);
  guint64 left;

  if (self->checked != 0 && now - self->checked < CHECK_INTERVAL_USEC)
    return FALSE;

  self->checked = now;
  if (statvfs (directory, &info) != 0)
    return FALSE;

  left = (guint64) info.f_bavail * info.f_frsize;
  if (was_low == (left < (was_low ? 2 * self->low_bytes : self->low_bytes)))
    return FALSE;

  g_atomic_int_set (&self->is_low, !was_low);
  return TRUE;
}
