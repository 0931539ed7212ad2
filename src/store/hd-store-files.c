/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"
#include "hd-store-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hd-error.h"

/*
 * Opening the three files as one connection, and what happens to a damaged one:
 * it is set aside under another name and made anew, the drafts with all that
 * can still be read from the old file.
 */

static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

static gboolean
set_errno_error (GError     **error,
                 const char  *what)
{
  int code = errno;

  g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "%s: %s", what, g_strerror (code));
  return FALSE;
}

static void
sync_directory (const char *directory)
{
  int fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      fsync (fd);
      g_close (fd, NULL);
    }
}

/* What SQLite makes beside a file gets the mode of that file. */
static gboolean
make_private_file (const char  *path,
                   GError     **error)
{
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    return set_errno_error (error, "could not make a database");

  fchmod (fd, 0600);
  return g_close (fd, NULL);
}

/* The busy handler does not help with the change of the mode, which two
 * processes may want of a new file at the same time. */
static gboolean
set_wal_mode (HdDatabase  *database,
              GError     **error)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (GError) busy = NULL;

      if (hd_database_exec (database, "PRAGMA journal_mode = WAL", &busy))
        return TRUE;

      if (i == 500 || hd_database_error_is_damage (busy))
        {
          g_propagate_error (error, g_steal_pointer (&busy));
          return FALSE;
        }

      g_usleep (10000);
    }
}

/* Since 3.44 SQLite asks the index of words, too, which has a check of its own, and can be made anew by itself. */
static gboolean
check_integrity (const char  *path,
                 GError     **error)
{
  g_autoptr (HdDatabase) database = hd_database_open (path, error);
  g_autofree char *answer = NULL;

  if (database == NULL)
    return FALSE;

  hd_database_forget_modules (database);
  answer = hd_database_get_text (database, error, "PRAGMA quick_check (1)", "");

  if (answer != NULL && g_str_equal (answer, "ok"))
    return TRUE;

  if (answer != NULL)
    g_set_error_literal (error, HD_ERROR, HD_ERROR_STORAGE, "damaged: the check found faults");
  return FALSE;
}

static gboolean
prepare_file (HdStoreFile   file,
              const char   *path,
              gboolean      check,
              GError      **error)
{
  g_autoptr (HdDatabase) database = NULL;
  gint64 n_tables;

  if (!make_private_file (path, error))
    return FALSE;

  database = hd_database_open (path, error);

  return database != NULL &&
         set_wal_mode (database, error) &&
         hd_database_exec (database, "PRAGMA synchronous = FULL", error) &&
         (!check || check_integrity (path, error)) &&
         hd_store_file_migrate (file, database, error) &&
         hd_database_get_int (database, &n_tables, error, "SELECT count (*) FROM sqlite_schema", "");
}

static gboolean
rename_aside (const char  *path,
              const char  *aside,
              GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return set_errno_error (error, "could not set a damaged file aside");
    }

  return TRUE;
}

/* Copies what one pass over a table gives before it hits the damage. */
static void
copy_rows (HdDatabase *database,
           const char *table,
           const char *columns,
           const char *order)
{
  g_autofree char *select = g_strdup_printf ("SELECT rowid FROM old.%s ORDER BY rowid %s", table, order);
  g_autofree char *copy = g_strdup_printf ("INSERT OR IGNORE INTO main.%s (%s) SELECT %s FROM old.%s"
                                           " WHERE rowid = ? AND json_valid (json)",
                                           table, columns, columns, table);
  g_autoptr (HdStatement) rows = hd_database_query (database, NULL, select, "");

  while (rows != NULL && hd_statement_step (rows, NULL) == HD_STEP_ROW)
    hd_database_run (database, NULL, copy, "l", hd_statement_get_int (rows, 0));
}

/* Damage in the middle is met from both ends. */
static void
recover_drafts (const char *path,
                const char *aside)
{
  static const struct
  {
    const char *table;
    const char *columns;
  } tables[] = {
    { "drafts", "id, offering_id, request_id, updated, json, client_key, baseline" },
    /* As a version wrote it that knew no keys. */
    { "drafts", "id, offering_id, request_id, updated, json" },
    { "draft_files", "position, draft_id, id, json" },
    { "outbox", "position, id, draft_id, state, json" },
  };
  g_autoptr (HdDatabase) database = hd_database_open (path, NULL);

  if (database == NULL || !hd_database_run (database, NULL, "ATTACH ? AS old", "s", aside))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      copy_rows (database, tables[i].table, tables[i].columns, "ASC");
      copy_rows (database, tables[i].table, tables[i].columns, "DESC");
    }

  hd_database_forget_statements (database);
  hd_database_exec (database, "DETACH old", NULL);
}

static gboolean
replace_file (HdStoreFile   file,
              const char   *path,
              GError      **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *aside = g_strconcat (path, ".damaged-", date, NULL);

  g_message ("%s is damaged and was set aside", hd_store_file_get_name (file));

  if (!rename_aside (path, aside, error) || !prepare_file (file, path, FALSE, error))
    return FALSE;

  if (file == HD_STORE_FILE_DRAFTS)
    recover_drafts (path, aside);

  return TRUE;
}

static gboolean
prepare_or_replace (HdStoreFile   file,
                    const char   *path,
                    gboolean      check,
                    GError      **error)
{
  g_autoptr (GError) fault = NULL;

  if (prepare_file (file, path, check, &fault))
    return TRUE;

  if (hd_database_error_is_damage (fault))
    return replace_file (file, path, error);

  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static HdDatabase *
attach_all (char     **paths,
            gboolean   check,
            GError   **error)
{
  g_autoptr (HdDatabase) database = hd_database_open (paths[HD_STORE_FILE_CACHE], error);

  if (database == NULL ||
      !hd_database_run (database, error, "ATTACH ? AS items", "s", paths[HD_STORE_FILE_ITEMS]) ||
      !hd_database_run (database, error, "ATTACH ? AS drafts", "s", paths[HD_STORE_FILE_DRAFTS]))
    return NULL;

  if (!hd_database_exec (database,
                         "PRAGMA foreign_keys = ON;"
                         "PRAGMA main.synchronous = NORMAL;"
                         "PRAGMA main.cache_size = -8000;"
                         "PRAGMA main.journal_size_limit = 4000000;"
                         "PRAGMA items.synchronous = NORMAL;"
                         "PRAGMA drafts.synchronous = FULL;"
                         "PRAGMA items.secure_delete = ON;"
                         "PRAGMA drafts.secure_delete = ON;"
                         "PRAGMA temp_store = MEMORY", error) ||
      !hd_store_index_prepare (database, check, error))
    return NULL;

  return g_steal_pointer (&database);
}

/**
 * hd_store_files_open:
 * @directory: where the files are, or will be
 * @check: whether to read the files through for damage
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): a connection with `main` (the cache), `items` and `drafts`
 */
HdDatabase *
hd_store_files_open (const char  *directory,
                     gboolean     check,
                     GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  if (g_mkdir_with_parents (directory, 0700) != 0 || g_chmod (directory, 0700) != 0)
    {
      set_errno_error (error, "could not make the data folder");
      return NULL;
    }

  for (int file = 0; file < HD_N_STORE_FILES; file++)
    {
      g_autofree char *path = g_build_filename (directory, hd_store_file_get_name (file), NULL);

      if (!prepare_or_replace (file, path, check, error))
        return NULL;

      g_strv_builder_add (builder, path);
    }

  sync_directory (directory);
  paths = g_strv_builder_end (builder);
  return attach_all (paths, check, error);
}

/**
 * hd_store_files_delete:
 * @directory: where the files are
 * @file: one of them, which nobody has open here
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Deletes a file with what SQLite keeps beside it and what was set aside.
 */
gboolean
hd_store_files_delete (const char   *directory,
                       HdStoreFile   file,
                       GError      **error)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_str_has_prefix (name, hd_store_file_get_name (file)) && g_unlink (path) != 0 && errno != ENOENT)
        return set_errno_error (error, "could not delete a file");
    }

  sync_directory (directory);
  return TRUE;
}
