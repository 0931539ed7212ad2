/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-database.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <sys/stat.h>

#include "hd-database-schema.h"

/**
 * HdDatabase:
 *
 * The portal's SQLite database, in its data folder.
 *
 * One process may serve while others (the desk's commands) write: the journal
 * is a write-ahead log, writers wait for each other, and nothing is kept in
 * memory between two questions, so whatever a command writes is seen at once.
 *
 * An object belongs to the thread that opened it.
 */

/* How long a writer waits for another process, in milliseconds. */
#define BUSY_TIMEOUT 10000

#define FILE_NAME "portal.db"

struct _HdDatabase
{
  GObject  parent_instance;

  char    *data_dir;  /* (owned) */
  sqlite3 *handle;    /* (owned) */
};

struct _HdRows
{
  HdDatabase   *database;   /* (owned) */
  sqlite3_stmt *statement;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdDatabase, hd_database, G_TYPE_OBJECT)
G_DEFINE_QUARK (hd-database-error-quark, hd_database_error)

static void
set_error (HdDatabase  *self,
           GError     **error)
{
  g_set_error (error, HD_DATABASE_ERROR, HD_DATABASE_ERROR_FAILED, "the database: %s",
               sqlite3_errmsg (self->handle));
}

static gboolean
execute (HdDatabase  *self,
         const char  *sql,
         GError     **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

/* Steps that another process does at the same moment are not done twice: the
 * version is read inside the transaction. */
static gboolean
migrate (HdDatabase  *self,
         GError     **error)
{
  guint n_steps;
  const char *const *steps = hd_database_schema_get_steps (&n_steps);
  gint64 version;

  if (!hd_database_begin (self, error))
    return FALSE;

  version = hd_database_count (self, "PRAGMA user_version", "");

  if (version < 0 || version > (gint64) n_steps)
    {
      g_set_error_literal (error, HD_DATABASE_ERROR, HD_DATABASE_ERROR_NEWER,
                           "the data folder belongs to a newer version of the portal");
      hd_database_rollback (self);
      return FALSE;
    }

  for (guint i = (guint) version; i < n_steps; i++)
    {
      g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %u", i + 1);

      if (!execute (self, steps[i], error) || !execute (self, pragma, error))
        {
          hd_database_rollback (self);
          return FALSE;
        }
    }

  return hd_database_commit (self, error);
}

static gboolean
open_handle (HdDatabase  *self,
             GError     **error)
{
  g_autofree char *path = g_build_filename (self->data_dir, FILE_NAME, NULL);
  mode_t old_mask = umask (077);
  int result = sqlite3_open_v2 (path, &self->handle,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                                NULL);

  /* The log and the shared memory are made by the first statement, and get the
   * mode of the database. */
  umask (old_mask);

  if (result != SQLITE_OK)
    {
      set_error (self, error);
      return FALSE;
    }

  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT);
  return execute (self,
                  "PRAGMA journal_mode = WAL;"
                  "PRAGMA synchronous = NORMAL;"
                  "PRAGMA foreign_keys = ON;",
                  error) &&
         migrate (self, error);
}

static void
hd_database_finalize (GObject *object)
{
  HdDatabase *self = HD_DATABASE (object);

  sqlite3_close_v2 (self->handle);
  g_free (self->data_dir);

  G_OBJECT_CLASS (hd_database_parent_class)->finalize (object);
}

static void
hd_database_class_init (HdDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_database_finalize;
}

static void
hd_database_init (HdDatabase *self)
{
}

/* Returns: whether there is one that hd_database_open() would not have to make */
gboolean
hd_database_exists (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, FILE_NAME, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * hd_database_open:
 * @data_dir: the data folder; made if missing
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the database, brought up to date
 */
HdDatabase *
hd_database_open (const char  *data_dir,
                  GError     **error)
{
  g_autoptr (HdDatabase) self = g_object_new (HD_TYPE_DATABASE, NULL);

  self->data_dir = g_canonicalize_filename (data_dir, NULL);

  /* The folder can be entered by anybody, for the authority's certificate;
   * everything else in it is for its owner alone. */
  if (g_mkdir_with_parents (self->data_dir, 0755) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s",
                   self->data_dir, g_strerror (errno));
      return NULL;
    }

  if (!open_handle (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
hd_database_get_data_dir (HdDatabase *self)
{
  return self->data_dir;
}

/**
 * hd_database_begin:
 * @self: a database
 * @error: return location for an error
 *
 * Begins a transaction that writes; waits for another process's to end.
 */
gboolean
hd_database_begin (HdDatabase  *self,
                   GError     **error)
{
  return execute (self, "BEGIN IMMEDIATE", error);
}

gboolean
hd_database_commit (HdDatabase  *self,
                    GError     **error)
{
  if (execute (self, "COMMIT", error))
    return TRUE;

  hd_database_rollback (self);
  return FALSE;
}

void
hd_database_rollback (HdDatabase *self)
{
  if (!sqlite3_get_autocommit (self->handle))
    execute (self, "ROLLBACK", NULL);
}

/**
 * hd_database_end:
 * @self: a database with an open transaction
 * @ok: whether everything in it went well
 * @error: return location for an error of the commit
 *
 * Returns: whether the transaction is now on the disk
 */
gboolean
hd_database_end (HdDatabase  *self,
                 gboolean     ok,
                 GError     **error)
{
  if (ok)
    return hd_database_commit (self, error);

  hd_database_rollback (self);
  return FALSE;
}

/**
 * hd_database_prepare:
 * @self: a database
 * @sql: one statement
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its rows, to be bound and read
 */
HdRows *
hd_database_prepare (HdDatabase  *self,
                     const char  *sql,
                     GError     **error)
{
  g_autoptr (HdRows) rows = g_new0 (HdRows, 1);

  rows->database = g_object_ref (self);

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &rows->statement, NULL) != SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }

  return g_steal_pointer (&rows);
}

/* types: s text or NULL, i int or gboolean, l gint64. */
static void
bind_all (HdRows     *rows,
          const char *types,
          va_list     arguments)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 's')
        hd_rows_bind_text (rows, i + 1, va_arg (arguments, const char *));
      else if (types[i] == 'i')
        hd_rows_bind_int (rows, i + 1, va_arg (arguments, int));
      else if (types[i] == 'l')
        hd_rows_bind_int (rows, i + 1, va_arg (arguments, gint64));
      else
        g_assert_not_reached ();
    }
}

/**
 * hd_database_run:
 * @self: a database
 * @error: return location for an error
 * @sql: one statement that answers nothing
 * @types: the types of its parameters: `s` a nullable string, `i` an int,
 *   `l` a #gint64
 * @...: the parameters
 *
 * Returns: whether it could be carried out
 */
gboolean
hd_database_run (HdDatabase  *self,
                 GError     **error,
                 const char  *sql,
                 const char  *types,
                 ...)
{
  g_autoptr (HdRows) rows = hd_database_prepare (self, sql, error);
  g_autoptr (GError) local_error = NULL;
  va_list arguments;

  if (rows == NULL)
    return FALSE;

  va_start (arguments, types);
  bind_all (rows, types, arguments);
  va_end (arguments);

  while (hd_rows_next (rows, &local_error))
    ;

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * hd_database_query:
 * @self: a database
 * @error: return location for an error
 * @sql: one statement
 * @types: as for hd_database_run()
 * @...: the parameters
 *
 * Returns: (transfer full) (nullable): its rows, to be read with hd_rows_next()
 */
HdRows *
hd_database_query (HdDatabase  *self,
                   GError     **error,
                   const char  *sql,
                   const char  *types,
                   ...)
{
  g_autoptr (HdRows) rows = hd_database_prepare (self, sql, error);
  va_list arguments;

  if (rows == NULL)
    return NULL;

  va_start (arguments, types);
  bind_all (rows, types, arguments);
  va_end (arguments);

  return g_steal_pointer (&rows);
}

/**
 * hd_database_count:
 * @self: a database
 * @sql: a statement with one number for an answer
 * @types: as for hd_database_run()
 * @...: the parameters
 *
 * Returns: the number; 0 if there is no row, -1 if the statement failed
 */
gint64
hd_database_count (HdDatabase *self,
                   const char *sql,
                   const char *types,
                   ...)
{
  g_autoptr (HdRows) rows = hd_database_prepare (self, sql, NULL);
  g_autoptr (GError) error = NULL;
  va_list arguments;

  if (rows == NULL)
    return -1;

  va_start (arguments, types);
  bind_all (rows, types, arguments);
  va_end (arguments);

  if (hd_rows_next (rows, &error))
    return hd_rows_get_int (rows, 0);

  return error == NULL ? 0 : -1;
}

/* How many rows the last statement changed. */
gint64
hd_database_get_n_changed (HdDatabase *self)
{
  return sqlite3_changes64 (self->handle);
}

/**
 * hd_database_next_change:
 * @self: a database with an open transaction
 * @error: return location for an error
 *
 * Writers hold the database alone, so whoever sees a number sees every change
 * with a lower one too.
 *
 * Returns: a number higher than any before, or -1
 */
gint64
hd_database_next_change (HdDatabase  *self,
                         GError     **error)
{
  if (!hd_database_run (self, error, "UPDATE changes SET value = value + 1", ""))
    return -1;

  return hd_database_last_change (self);
}

gint64
hd_database_last_change (HdDatabase *self)
{
  return hd_database_count (self, "SELECT value FROM changes", "");
}

char *
hd_database_dup_meta (HdDatabase *self,
                      const char *key)
{
  g_autoptr (HdRows) rows = hd_database_query (self, NULL, "SELECT value FROM meta WHERE key = ?",
                                               "s", key);

  return rows != NULL && hd_rows_next (rows, NULL) ? g_strdup (hd_rows_get_text (rows, 0)) : NULL;
}

/* Sets a value, or removes it if @value is NULL. */
gboolean
hd_database_set_meta (HdDatabase  *self,
                      const char  *key,
                      const char  *value,
                      GError     **error)
{
  if (value == NULL)
    return hd_database_run (self, error, "DELETE FROM meta WHERE key = ?", "s", key);

  return hd_database_run (self, error, "INSERT OR REPLACE INTO meta VALUES (?, ?)", "ss",
                          key, value);
}

void
hd_rows_bind_text (HdRows     *rows,
                   int         position,
                   const char *text)
{
  if (text == NULL)
    sqlite3_bind_null (rows->statement, position);
  else
    sqlite3_bind_text (rows->statement, position, text, -1, SQLITE_TRANSIENT);
}

void
hd_rows_bind_int (HdRows *rows,
                  int     position,
                  gint64  value)
{
  sqlite3_bind_int64 (rows->statement, position, value);
}

/**
 * hd_rows_next:
 * @rows: the rows of a statement
 * @error: return location for an error
 *
 * Returns: %TRUE if there is a row to read, %FALSE at the end and, with @error
 *   set, on failure
 */
gboolean
hd_rows_next (HdRows  *rows,
              GError **error)
{
  int result = sqlite3_step (rows->statement);

  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    set_error (rows->database, error);

  return FALSE;
}

/* Valid until the next call of hd_rows_next(). */
const char *
hd_rows_get_text (HdRows *rows,
                  int     column)
{
  return (const char *) sqlite3_column_text (rows->statement, column);
}

gint64
hd_rows_get_int (HdRows *rows,
                 int     column)
{
  return sqlite3_column_int64 (rows->statement, column);
}

void
hd_rows_free (HdRows *rows)
{
  sqlite3_finalize (rows->statement);
  g_clear_object (&rows->database);
  g_free (rows);
}
