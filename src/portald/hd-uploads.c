/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-uploads.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hd-blobs.h"

/*
 * Files that come piece by piece before the request or the message that they belong
 * to: DATA/uploads/OWNER/SHA256, as much of it as has come.  Nobody sees another
 * one's, or else knowing a file's hash would be as good as having it.
 *
 * They stay for a day, also when they have become attachments: who did not hear of
 * that sends the same again.
 */

/* Returns: (transfer full) (nullable): where it is; %NULL if that is no hash */
static char *
build_path (const char *data_dir,
            const char *owner,
            const char *sha256)
{
  g_autofree char *folder = g_compute_checksum_for_string (G_CHECKSUM_SHA256, owner, -1);

  if (!hd_blobs_is_hash (sha256))
    return NULL;

  return g_build_filename (data_dir, "uploads", folder, sha256, NULL);
}

/* Returns: how many bytes have come; -1 for none at all */
gint64
hd_uploads_get_size (const char *data_dir,
                     const char *owner,
                     const char *sha256)
{
  g_autofree char *path = build_path (data_dir, owner, sha256);
  GStatBuf info;

  return path != NULL && g_stat (path, &info) == 0 ? info.st_size : -1;
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        return FALSE;

      if (n > 0)
        {
          data += n;
          size -= (gsize) n;
        }
    }

  return TRUE;
}

/**
 * hd_uploads_append:
 * @data_dir: the data folder
 * @owner: whose it is
 * @sha256: the hash of the whole file
 * @piece: what follows on what has come
 * @error: return location for an error
 */
gboolean
hd_uploads_append (const char  *data_dir,
                   const char  *owner,
                   const char  *sha256,
                   GBytes      *piece,
                   GError     **error)
{
  g_autofree char *path = build_path (data_dir, owner, sha256);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  gboolean is_written = FALSE;
  gsize size;
  const char *data = g_bytes_get_data (piece, &size);
  int fd = -1;

  if (path != NULL && g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      is_written = write_all (fd, data, size);
      is_written = close (fd) == 0 && is_written;
    }

  if (!is_written)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "an upload: %s", g_strerror (errno));

  return is_written;
}

/* Returns: (transfer full) (nullable): what has come, mapped from the disk */
GBytes *
hd_uploads_load (const char *data_dir,
                 const char *owner,
                 const char *sha256)
{
  g_autofree char *path = build_path (data_dir, owner, sha256);
  g_autoptr (GMappedFile) file = path != NULL ? g_mapped_file_new (path, FALSE, NULL) : NULL;

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

/* Whether all that has come is what it is called; if not it is deleted, to come anew. */
gboolean
hd_uploads_check (const char *data_dir,
                  const char *owner,
                  const char *sha256)
{
  g_autoptr (GBytes) bytes = hd_uploads_load (data_dir, owner, sha256);
  g_autofree char *sum = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
  g_autofree char *path = build_path (data_dir, owner, sha256);

  if (g_strcmp0 (sum, sha256) == 0)
    return TRUE;

  if (path != NULL)
    g_unlink (path);

  return FALSE;
}
