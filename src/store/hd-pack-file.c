/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "hd-error.h"

/* Files that making a knowledge pack and taking one write. */

static gboolean
fail (GError     **error,
      const char  *what,
      int          code)
{
  g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "%s: %s", what, g_strerror (code));
  return FALSE;
}

/**
 * hd_pack_file_make_nameless:
 * @folder: of the disk that it is to be on
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Makes a file without a name: whatever ends the program, nothing of what is written there is left.
 *
 * Returns: the file, for reading and writing; -1 for an error
 */
int
hd_pack_file_make_nameless (const char  *folder,
                            GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "pack-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    fail (error, folder, errno);
  else
    g_unlink (path);

  return fd;
}

/**
 * hd_pack_file_has_room:
 * @fd: a file
 * @needed: how much is going to be written on its disk
 * @error: return location for a %HD_ERROR_STORAGE, whose detail is how much is needed
 *
 * Returns: whether there is as much room as that, as far as the file system knows
 */
gboolean
hd_pack_file_has_room (int       fd,
                       guint64   needed,
                       GError  **error)
{
  g_autofree char *size = NULL;
  struct statvfs info;

  if (fstatvfs (fd, &info) != 0 || info.f_blocks == 0 || (guint64) info.f_bavail * info.f_frsize >= needed)
    return TRUE;

  fail (error, "the pack", ENOSPC);
  size = g_format_size (needed);
  if (error != NULL)
    hd_error_set_detail (*error, size);
  return FALSE;
}

/* Writes all of it, or fails with a %HD_ERROR_STORAGE. */
gboolean
hd_pack_file_write (int            fd,
                    gconstpointer  data,
                    gsize          size,
                    GError       **error)
{
  const guint8 *bytes = data;

  while (size > 0)
    {
      gssize n = write (fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;

      if (n <= 0)
        return fail (error, "the pack", errno);

      bytes += n;
      size -= (gsize) n;
    }

  return TRUE;
}
