/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-database.h"

#include <sqlite3.h>
#include <string.h>

#include "hd-error.h"
#include "hd-search-frequency.h"
#include "hd-search-rank.h"
#include "hd-search-tokenizer.h"
#include "hd-search-words.h"

/*
 * One SQLite connection and its statements, for one thread: each function
 * asserts that it is called on the thread that opened the connection.
 */

/* After so many pages of its log a file gets what is in it, which waits for the disk.  The cache gets much in a row,
 * and can be had again: its log is written when there is time, or when it has become so large. */
#define LOG_PAGES 1000
#define MOST_CACHE_LOG_PAGES 32000

/* How long another process may hold the files. */
#define BUSY_TIMEOUT_MS 10000

struct _HdDatabase
{
  sqlite3        *connection; /* (owned) */
  GHashTable     *statements; /* (owned) (element-type utf8 HdStatement): the idle ones, by their SQL */
  HdSearchWords  *search_words;  /* (owned) */
  HdSearchRanker *search_ranker;  /* (owned) */
  GThread        *thread;
  int             n_log_pages;  /* of the cache */
};

struct _HdStatement
{
  HdDatabase   *database;  /* (unowned) */
  sqlite3_stmt *handle;  /* (owned) */
  char         *sql;  /* (owned) */
};

static void
statement_free (gpointer data)
{
  HdStatement *self = data;

  sqlite3_finalize (self->handle);
  g_free (self->sql);
  g_free (self);
}

/* The message names tables at most, never what is in them. */
static void
set_error (HdDatabase  *self,
           int          code,
           GError     **error)
{
  g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "SQLite %d: %s", code,
               self->connection != NULL ? sqlite3_errmsg (self->connection) : sqlite3_errstr (code));

  if (error != NULL && ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB))
    g_prefix_error (error, "damaged: ");
}

/**
 * hd_database_error_is_damage:
 * @error: an error of a function here
 *
 * Returns: whether a file is damaged, or is no database at all
 */
gboolean
hd_database_error_is_damage (const GError *error)
{
  return g_error_matches (error, HD_ERROR, HD_ERROR_STORAGE) && g_str_has_prefix (error->message, "damaged: ");
}

/* Takes @forms. */
static int
extend_search (sqlite3     *connection,
               HdWordForms *forms)
{
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;
  int code = sqlite3_prepare_v2 (connection, "SELECT fts5 (?)", -1, &statement, NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
    }
  sqlite3_finalize (statement);

  if (api == NULL)
    {
      hd_word_forms_free (forms);
      return code != SQLITE_OK ? code : SQLITE_ERROR;
    }

  code = hd_search_tokenizer_register (api, forms);
  return code == SQLITE_OK ? hd_search_frequency_register (api) : code;
}

static int
committed_cb (void       *data,
              sqlite3    *connection,
              const char *name,
              int         n_pages)
{
  HdDatabase *self = data;
  gboolean is_cache = g_str_equal (name, "main");

  if (is_cache)
    self->n_log_pages = n_pages;

  /* Where that fails now, the next one does it. */
  if (n_pages >= (is_cache ? MOST_CACHE_LOG_PAGES : LOG_PAGES))
    sqlite3_wal_checkpoint_v2 (connection, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

  return SQLITE_OK;
}

/* Whether hd_database_write_log() has something to do. */
gboolean
hd_database_has_log (HdDatabase *self)
{
  return self->n_log_pages >= LOG_PAGES;
}

/* To be called when nobody waits. */
void
hd_database_write_log (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  self->n_log_pages = 0;
  sqlite3_wal_checkpoint_v2 (self->connection, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/**
 * hd_database_open:
 * @path: a file, made where there is none
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): a connection that belongs to this thread
 */
HdDatabase *
hd_database_open (const char  *path,
                  GError     **error)
{
  g_autoptr (HdDatabase) self = g_new0 (HdDatabase, 1);
  HdWordForms *forms = hd_word_forms_new ();
  int code;

  self->thread = g_thread_self ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);

  code = sqlite3_open_v2 (path, &self->connection,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                          NULL);
  if (code == SQLITE_OK)
    code = extend_search (self->connection, forms);
  else
    hd_word_forms_free (forms);

  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      return NULL;
    }

  self->search_words = hd_search_words_new (self, forms);
  self->search_ranker = hd_search_ranker_new (self);
  sqlite3_busy_timeout (self->connection, BUSY_TIMEOUT_MS);
  sqlite3_wal_hook (self->connection, committed_cb, self);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return g_steal_pointer (&self);
}

/* Afterwards no virtual table is known: what asks about all tables is answered for what is in the file. */
void
hd_database_forget_modules (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  sqlite3_drop_modules (self->connection, NULL);
}

void
hd_database_close (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  g_clear_pointer (&self->search_ranker, hd_search_ranker_free);
  g_clear_pointer (&self->search_words, hd_search_words_free);
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->connection) != SQLITE_OK)
    g_assert_not_reached ();
  g_free (self);
}

/* Returns: (transfer none): what is known of words on this connection */
HdSearchWords *
hd_database_get_search_words (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  return self->search_words;
}

/* Returns: (transfer none): what finds and remembers on this connection */
HdSearchRanker *
hd_database_get_search_ranker (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  return self->search_ranker;
}

/* To be called before DETACH, which idle statements would hold up. */
void
hd_database_forget_statements (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  g_hash_table_remove_all (self->statements);
}

/* Runs statements without parameters. */
gboolean
hd_database_exec (HdDatabase  *self,
                  const char  *sql,
                  GError     **error)
{
  int code;

  g_assert (self->thread == g_thread_self ());

  code = sqlite3_exec (self->connection, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    set_error (self, code, error);

  return code == SQLITE_OK;
}

gboolean
hd_database_begin (HdDatabase  *self,
                   GError     **error)
{
  return hd_database_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
hd_database_commit (HdDatabase  *self,
                    GError     **error)
{
  return hd_database_exec (self, "COMMIT", error);
}

/* Does nothing where SQLite rolled back by itself, as it does when the disk is full. */
void
hd_database_rollback (HdDatabase *self)
{
  if (!sqlite3_get_autocommit (self->connection))
    hd_database_exec (self, "ROLLBACK", NULL);
}

static HdStatement *
prepare (HdDatabase  *self,
         const char  *sql,
         GError     **error)
{
  HdStatement *statement = NULL;
  sqlite3_stmt *handle = NULL;
  int code;

  g_assert (self->thread == g_thread_self ());

  if (g_hash_table_steal_extended (self->statements, sql, NULL, (gpointer *) &statement))
    return statement;

  code = sqlite3_prepare_v3 (self->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      return NULL;
    }

  statement = g_new0 (HdStatement, 1);
  statement->database = self;
  statement->handle = handle;
  statement->sql = g_strdup (sql);
  return statement;
}

static int
bind_bytes (HdStatement *self,
            int          i,
            GBytes      *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return sqlite3_bind_blob64 (self->handle, i, data != NULL ? data : "", size, SQLITE_TRANSIENT);
}

static gboolean
bind (HdStatement  *self,
      const char   *types,
      va_list       arguments,
      GError      **error)
{
  int code = SQLITE_OK;

  for (int i = 1; *types != '\0' && code == SQLITE_OK; types++, i++)
    {
      switch (*types)
        {
        case 's':
          code = sqlite3_bind_text (self->handle, i, va_arg (arguments, const char *), -1, SQLITE_TRANSIENT);
          break;
        case 'd':
          code = sqlite3_bind_int (self->handle, i, va_arg (arguments, int));
          break;
        case 'l':
          code = sqlite3_bind_int64 (self->handle, i, va_arg (arguments, gint64));
          break;
        case 'b':
          code = bind_bytes (self, i, va_arg (arguments, GBytes *));
          break;
        default:
          g_assert_not_reached ();
        }
    }

  if (code != SQLITE_OK)
    set_error (self->database, code, error);

  return code == SQLITE_OK;
}

static HdStatement *
query (HdDatabase   *self,
       GError      **error,
       const char   *sql,
       const char   *types,
       va_list       arguments)
{
  g_autoptr (HdStatement) statement = prepare (self, sql, error);

  if (statement == NULL || !bind (statement, types, arguments, error))
    return NULL;

  return g_steal_pointer (&statement);
}

/* Returns: (transfer full) (nullable): a statement with its parameters, to be stepped through */
HdStatement *
hd_database_query (HdDatabase  *self,
                   GError     **error,
                   const char  *sql,
                   const char  *types,
                   ...)
{
  HdStatement *statement;
  va_list arguments;

  va_start (arguments, types);
  statement = query (self, error, sql, types, arguments);
  va_end (arguments);

  return statement;
}

/* Runs one statement whose rows, if there are any, nobody wants. */
gboolean
hd_database_run (HdDatabase  *self,
                 GError     **error,
                 const char  *sql,
                 const char  *types,
                 ...)
{
  g_autoptr (HdStatement) statement = NULL;
  HdStep step;
  va_list arguments;

  va_start (arguments, types);
  statement = query (self, error, sql, types, arguments);
  va_end (arguments);

  if (statement == NULL)
    return FALSE;

  while ((step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    ;

  return step == HD_STEP_DONE;
}

/* Returns: (transfer full) (nullable): the first column of the first row; NULL without an error where there is no row */
char *
hd_database_get_text (HdDatabase  *self,
                      GError     **error,
                      const char  *sql,
                      const char  *types,
                      ...)
{
  g_autoptr (HdStatement) statement = NULL;
  va_list arguments;

  va_start (arguments, types);
  statement = query (self, error, sql, types, arguments);
  va_end (arguments);

  if (statement == NULL || hd_statement_step (statement, error) != HD_STEP_ROW)
    return NULL;

  return g_strdup (hd_statement_get_text (statement, 0));
}

/* Sets @number to the first column of the first row, 0 where there is no row. */
gboolean
hd_database_get_int (HdDatabase  *self,
                     gint64      *number,
                     GError     **error,
                     const char  *sql,
                     const char  *types,
                     ...)
{
  g_autoptr (HdStatement) statement = NULL;
  HdStep step;
  va_list arguments;

  va_start (arguments, types);
  statement = query (self, error, sql, types, arguments);
  va_end (arguments);

  *number = 0;
  if (statement == NULL)
    return FALSE;

  step = hd_statement_step (statement, error);
  if (step == HD_STEP_ROW)
    *number = hd_statement_get_int (statement, 0);

  return step != HD_STEP_ERROR;
}

/**
 * hd_database_get_version:
 * @self: the connection of the store, with its three files
 * @version: (out): what is another after anything was written, by this connection or another
 * @error: return location for an error
 */
gboolean
hd_database_get_version (HdDatabase  *self,
                         gint64      *version,
                         GError     **error)
{
  gint64 cache, items;

  if (!hd_database_get_int (self, &cache, error, "PRAGMA main.data_version", "") ||
      !hd_database_get_int (self, &items, error, "PRAGMA items.data_version", ""))
    return FALSE;

  *version = cache + items + sqlite3_total_changes (self->connection);
  return TRUE;
}

gint64
hd_database_get_last_rowid (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  return sqlite3_last_insert_rowid (self->connection);
}

/* How many rows the last INSERT, UPDATE or DELETE touched. */
guint
hd_database_count_changes (HdDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  return (guint) sqlite3_changes (self->connection);
}

HdStep
hd_statement_step (HdStatement  *self,
                   GError      **error)
{
  int code;

  g_assert (self->database->thread == g_thread_self ());

  code = sqlite3_step (self->handle);
  if (code == SQLITE_ROW)
    return HD_STEP_ROW;
  if (code == SQLITE_DONE)
    return HD_STEP_DONE;

  set_error (self->database, code, error);
  return HD_STEP_ERROR;
}

/* Returns: (transfer none) (nullable): valid until the next step */
const char *
hd_statement_get_text (HdStatement *self,
                       int          column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

gint64
hd_statement_get_int (HdStatement *self,
                      int          column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
hd_statement_get_double (HdStatement *self,
                         int          column)
{
  return sqlite3_column_double (self->handle, column);
}

gboolean
hd_statement_is_null (HdStatement *self,
                      int          column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/* Returns: (transfer full): a blob */
GBytes *
hd_statement_dup_bytes (HdStatement *self,
                        int          column)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, column));
}

/* Returns: (transfer full) (nullable): a time that hd_database_date_time() made */
GDateTime *
hd_statement_dup_date_time (HdStatement *self,
                            int          column)
{
  g_autoptr (GDateTime) seconds = NULL;
  gint64 number = hd_statement_get_int (self, column);

  if (number == 0)
    return NULL;

  seconds = g_date_time_new_from_unix_utc (number / G_USEC_PER_SEC);
  return seconds != NULL ? g_date_time_add (seconds, number % G_USEC_PER_SEC) : NULL;
}

/* Microseconds since 1970, which sort; 0 for NULL. */
gint64
hd_database_date_time (GDateTime *date_time)
{
  if (date_time == NULL)
    return 0;

  return g_date_time_to_unix (date_time) * G_USEC_PER_SEC + g_date_time_get_microsecond (date_time);
}

/* Gives the statement back, to be used again. */
void
hd_statement_release (HdStatement *self)
{
  HdDatabase *database = self->database;

  g_assert (database->thread == g_thread_self ());

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);

  if (!g_hash_table_contains (database->statements, self->sql))
    g_hash_table_insert (database->statements, self->sql, self);
  else
    statement_free (self);
}
