/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/**
 * HdOutboxLock:
 *
 * The right to send what is in an outbox.  The program and `helpdeskctl` may have
 * the same outbox open; one of them sends at a time, and what is “sending” when
 * nobody has the lock was cut short by a crash.  The system lets go of it when a
 * process ends, however it ends.
 */
struct _HdOutboxLock
{
  char     *path;   /* (owned) */
  int       fd;
  gboolean  taken;
};

/**
 * hd_outbox_lock_new:
 * @path: a file beside the outbox; made where it is not there
 *
 * Returns: (transfer full): a lock that is not taken
 */
HdOutboxLock *
hd_outbox_lock_new (const char *path)
{
  HdOutboxLock *self = g_new0 (HdOutboxLock, 1);

  self->path = g_strdup (path);
  self->fd = -1;

  return self;
}

void
hd_outbox_lock_free (HdOutboxLock *self)
{
  if (self->fd >= 0)
    close (self->fd);

  g_free (self->path);
  g_free (self);
}

/**
 * hd_outbox_lock_take:
 * @self: (nullable): a lock
 *
 * Takes the lock without waiting for it.
 *
 * Returns: whether we have it: %FALSE while another process has.  Where files
 *   cannot be locked at all, we have it.
 */
gboolean
hd_outbox_lock_take (HdOutboxLock *self)
{
  if (self == NULL || self->taken)
    return TRUE;

  if (self->fd < 0)
    self->fd = g_open (self->path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  self->taken = self->fd < 0 || flock (self->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
  return self->taken;
}

/* Lets another process have it. */
void
hd_outbox_lock_leave (HdOutboxLock *self)
{
  if (self == NULL || !self->taken)
    return;

  self->taken = FALSE;

  if (self->fd >= 0)
    flock (self->fd, LOCK_UN);
}
