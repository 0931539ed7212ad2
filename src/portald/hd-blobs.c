/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-blobs.h"

#include <string.h>

/*
 * Files by what is in them: DATA/files/ab/abcd… for a SHA-256 of “abcd…”.
 * The same picture in ten articles is one file; a file is never changed.
 * Thread-safe.
 */

static char *
build_path (const char *data_dir,
            const char *sha256)
{
  char shard[3] = { sha256[0], sha256[1], '\0' };

  return g_build_filename (data_dir, "files", shard, sha256, NULL);
}

static gboolean
is_hash (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/**
 * hd_blobs_add:
 * @data_dir: the data folder
 * @bytes: what to keep
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its hash
 */
char *
hd_blobs_add (const char  *data_dir,
              GBytes      *bytes,
              GError     **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = build_path (data_dir, hash);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&hash);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return NULL;
    }

  if (!g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;

  return g_steal_pointer (&hash);
}

/**
 * hd_blobs_load:
 * @data_dir: the data folder
 * @sha256: a hash
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what has this hash, mapped from the disk
 */
GBytes *
hd_blobs_load (const char  *data_dir,
               const char  *sha256,
               GError     **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GMappedFile) file = NULL;

  if (!is_hash (sha256))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "not a hash");
      return NULL;
    }

  path = build_path (data_dir, sha256);
  file = g_mapped_file_new (path, FALSE, error);
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}
