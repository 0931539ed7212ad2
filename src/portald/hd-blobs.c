/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-blobs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/*
 * Files by what is in them: DATA/files/ab/abcd… for a SHA-256 of “abcd…”.
 * The same picture in ten articles is one file; a file is never changed.
 *
 * What comes with a call is on the disk before it is known whether the call
 * comes to anything, and two calls may bring the same.  So each holds what it
 * brought, and what the last one lets go that nobody wants is deleted.
 *
 * Thread-safe.
 */

typedef struct
{
  guint    n_holders;
  gboolean is_new;      /* one of them has written the file */
} Hold;

static GMutex holds_mutex;
static GHashTable *holds;  /* (element-type utf8 Hold): by path */

static char *
build_path (const char *data_dir,
            const char *sha256)
{
  char shard[3] = { sha256[0], sha256[1], '\0' };

  return g_build_filename (data_dir, "files", shard, sha256, NULL);
}

/* Returns: whether it is written as a file's name is */
gboolean
hd_blobs_is_hash (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* Returns: whether the file is there; @is_new: (out): that it was not before */
static gboolean
write_blob (const char  *path,
            GBytes      *bytes,
            gboolean    *is_new,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  *is_new = FALSE;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }

  *is_new = g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size,
                                      G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  return *is_new;
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
  gboolean is_new;

  return write_blob (path, bytes, &is_new, error) ? g_steal_pointer (&hash) : NULL;
}

static void
add_holder (const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&holds_mutex);
  Hold *hold;

  if (holds == NULL)
    holds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  hold = g_hash_table_lookup (holds, path);

  if (hold == NULL)
    {
      hold = g_new0 (Hold, 1);
      g_hash_table_insert (holds, g_strdup (path), hold);
    }

  hold->n_holders++;
}

static void
note_new (const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&holds_mutex);
  Hold *hold = g_hash_table_lookup (holds, path);

  hold->is_new = TRUE;
}

/* Deletes the file within the lock: whoever wants to hold it next finds that it is gone, and writes it. */
static void
remove_holder (const char *path,
               gboolean    is_wanted)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&holds_mutex);
  Hold *hold = g_hash_table_lookup (holds, path);

  if (is_wanted)
    hold->is_new = FALSE;

  if (--hold->n_holders > 0)
    return;

  if (hold->is_new)
    g_unlink (path);

  g_hash_table_remove (holds, path);
}

/**
 * hd_blobs_hold:
 * @data_dir: the data folder
 * @bytes: what to keep for now
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its hash, for hd_blobs_release()
 */
char *
hd_blobs_hold (const char  *data_dir,
               GBytes      *bytes,
               GError     **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = build_path (data_dir, hash);
  gboolean is_new;

  add_holder (path);

  if (!write_blob (path, bytes, &is_new, error))
    {
      remove_holder (path, FALSE);
      return NULL;
    }

  if (is_new)
    note_new (path);

  return g_steal_pointer (&hash);
}

/**
 * hd_blobs_release:
 * @data_dir: the data folder
 * @sha256: what hd_blobs_hold() returned
 * @is_wanted: whether something in the database names it by now
 *
 * Lets go of a file, which is deleted if nobody wanted it and nobody else holds it.
 */
void
hd_blobs_release (const char *data_dir,
                  const char *sha256,
                  gboolean    is_wanted)
{
  g_autofree char *path = build_path (data_dir, sha256);

  remove_holder (path, is_wanted);
}

static gboolean
is_old (const char *path,
        gint64      older_than)
{
  GStatBuf info;

  return g_lstat (path, &info) == 0 && info.st_mtime < older_than;
}

static guint
collect_folder (const char *folder,
                GHashTable *wanted,
                gint64      older_than)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if ((wanted == NULL || !g_hash_table_contains (wanted, name)) && is_old (path, older_than) && g_unlink (path) == 0)
        n++;
    }

  return n;
}

/**
 * hd_blobs_collect:
 * @data_dir: the data folder
 * @folder: the folder in it
 * @wanted: (nullable) (element-type utf8): the hashes that something names
 * @older_than: the time, in seconds; what is younger may be on its way
 *
 * Deletes what nobody wants: the rest of a portal that was stopped in between.
 *
 * Returns: how many files
 */
guint
hd_blobs_collect (const char *data_dir,
                  const char *folder,
                  GHashTable *wanted,
                  gint64      older_than)
{
  g_autofree char *root = g_build_filename (data_dir, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      n += collect_folder (path, wanted, older_than);
    }

  return n;
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

  if (!hd_blobs_is_hash (sha256))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "not a hash");
      return NULL;
    }

  path = build_path (data_dir, sha256);
  file = g_mapped_file_new (path, FALSE, error);
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}
