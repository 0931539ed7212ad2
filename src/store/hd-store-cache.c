/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-cache.h"

#include "hd-store-private.h"

/* What of the portal is kept, where not all can be. */

/* So many bytes of a file that hold nothing any more are given back to the disk. */
#define MOST_IDLE_BYTES (32 * 1024 * 1024)

/* What offline_categories says, and what is below, with that below which it is. */
#define OFFLINE_CATEGORIES \
  "WITH RECURSIVE offline (id, top) AS (SELECT id, id FROM main.offline_categories UNION" \
  " SELECT c.id, offline.top FROM main.article_categories AS c JOIN offline ON c.json ->> 'parent_id' = offline.id)"

#define OFFLINE_MEDIA \
  "FROM offline JOIN main.articles AS a ON a.category_id = offline.id" \
  " JOIN main.article_media AS m ON m.article_id = a.id"

/* The pictures that are wanted in any case, with how much. */
#define NEEDED_MEDIA \
  "SELECT name, 0 AS rank FROM (" HD_STORE_OFFERING_MEDIA ")" \
  " UNION ALL SELECT m.name, 1 " OFFLINE_MEDIA

/* What the limit is about: not what is wanted in any case, nor what a knowledge pack brought that is still good. */
#define LIMITED_MEDIA "FROM main.media WHERE name NOT IN (SELECT name FROM (" NEEDED_MEDIA ")) AND kept_until < ?"

/* @excess: (out): how many bytes there are more than @most_bytes, below zero where it is less, by so many at least */
static gboolean
get_excess (HdDatabase  *database,
            gint64       most_bytes,
            gint64      *excess,
            GError     **error)
{
  gint64 size;

  if (!hd_database_get_int (database, &size, error,
                            "SELECT page_count * page_size FROM pragma_page_count ('main'), pragma_page_size ('main')", ""))
    return FALSE;

  /* Where the whole file is smaller, nobody has to look at each picture. */
  if (size >= most_bytes &&
      !hd_database_get_int (database, &size, error,
                            OFFLINE_CATEGORIES " SELECT coalesce (sum (length (bytes)), 0) " LIMITED_MEDIA,
                            "l", g_get_real_time ()))
    return FALSE;

  *excess = size - most_bytes;
  return TRUE;
}

static gboolean
run_list_missing_media (HdStoreCall  *call,
                        HdDatabase   *database,
                        GError      **error)
{
  g_autoptr (HdStatement) statement = NULL;
  gint64 excess;

  if (!get_excess (database, call->mark, &excess, error))
    return FALSE;

  statement = hd_database_query (database, error,
                                 OFFLINE_CATEGORIES
                                 " SELECT name FROM (" NEEDED_MEDIA
                                 " UNION ALL SELECT name, 2 FROM main.article_media WHERE ?1)"
                                 " WHERE name NOT IN (SELECT name FROM main.media)"
                                 " GROUP BY name ORDER BY min (rank), name LIMIT ?2",
                                 "dd", excess < 0, call->limit > 0 ? (int) call->limit : -1);

  return hd_store_read_strv (call, statement, error);
}

void
hd_store_list_missing_media_async (HdStore             *self,
                                   guint64              most_bytes,
                                   guint                limit,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_list_missing_media,
                                         hd_store_list_missing_media_async, cancellable, callback, user_data);

  call->mark = (gint64) MIN (most_bytes, G_MAXINT64);
  call->limit = limit;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (list_missing_media, GStrv)

/* --- Making room --- */

static gboolean
drop_pictures (HdDatabase  *database,
               gint64       most_bytes,
               GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HdStatement) statement = NULL;
  HdStep step = HD_STEP_DONE;
  gint64 excess;

  if (!get_excess (database, most_bytes, &excess, error))
    return FALSE;

  if (excess > 0)
    statement = hd_database_query (database, error,
                                   OFFLINE_CATEGORIES " SELECT name, length (bytes) " LIMITED_MEDIA " ORDER BY used, name",
                                   "l", g_get_real_time ());

  while (excess > 0 && statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      g_ptr_array_add (names, g_strdup (hd_statement_get_text (statement, 0)));
      excess -= hd_statement_get_int (statement, 1);
    }

  if (*error != NULL || step == HD_STEP_ERROR)
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      if (!hd_database_run (database, error, "DELETE FROM main.media WHERE name = ?", "s", names->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

/* The request stays in the list; what was said in it can be had from the portal. */
static gboolean
drop_conversations (HdDatabase  *database,
                    gint64       before,
                    GError     **error)
{
  return hd_database_run (database, error,
                          "UPDATE items.request_texts SET messages = NULL, details = NULL WHERE row IN"
                          " (SELECT row FROM items.requests WHERE " HD_STORE_CLOSED_BEFORE ")", "l", before) &&
         hd_database_run (database, error,
                          "INSERT OR IGNORE INTO items.request_texts (row, number, title)"
                          " SELECT rowid, number, title FROM items.request_search AS s"
                          " WHERE (s.messages IS NOT NULL OR s.details IS NOT NULL) AND s.rowid IN"
                          " (SELECT row FROM items.requests WHERE " HD_STORE_CLOSED_BEFORE ")", "l", before) &&
         hd_database_run (database, error,
                          "DELETE FROM items.conversations WHERE row IN"
                          " (SELECT row FROM items.requests WHERE " HD_STORE_CLOSED_BEFORE ")", "l", before) &&
         hd_database_run (database, error,
                          "UPDATE items.requests SET complete = 0 WHERE complete AND " HD_STORE_CLOSED_BEFORE, "l", before);
}

/* Returns: that time, in microseconds since 1970 */
gint64
hd_store_days_ago (guint days)
{
  return g_get_real_time () - days * G_TIME_SPAN_DAY;
}

static gboolean
drop (HdStoreCall  *call,
      HdDatabase   *database,
      GError      **error)
{
  return drop_pictures (database, call->mark, error) &&
         (call->limit == 0 || drop_conversations (database, hd_store_days_ago (call->limit), error));
}

/* A file does not shrink by itself.  Where that cannot be done, as the disk is full, it stays as it is. */
static void
give_back (HdDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gint64 n_pages, page_size;

  if (hd_database_get_int (database, &n_pages, &error, "PRAGMA main.freelist_count", "") &&
      hd_database_get_int (database, &page_size, &error, "PRAGMA main.page_size", "") &&
      n_pages * page_size > MOST_IDLE_BYTES)
    hd_database_exec (database, "VACUUM main", &error);

  if (error != NULL)
    g_debug ("the disk was not given back what is empty: %s", error->message);
}

static gboolean
run_trim (HdStoreCall  *call,
          HdDatabase   *database,
          GError      **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!hd_database_begin (database, error))
    return FALSE;

  if (!drop (call, database, &local_error) || !hd_database_commit (database, &local_error))
    {
      hd_database_rollback (database);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  call->topics = call->limit > 0 && hd_database_count_changes (database) > 0 ? HD_STORE_REQUESTS : 0;
  give_back (database);
  return TRUE;
}

void
hd_store_trim_async (HdStore             *self,
                     guint64              most_bytes,
                     guint                keep_days,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_trim, hd_store_trim_async, cancellable, callback, user_data);

  call->mark = (gint64) MIN (most_bytes, G_MAXINT64);
  call->limit = keep_days;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (trim)

/* --- What is wanted offline --- */

static gboolean
run_set_category_offline (HdStoreCall  *call,
                          HdDatabase   *database,
                          GError      **error)
{
  call->topics = HD_STORE_ARTICLES;
  return hd_database_run (database, error,
                          call->flag ? "INSERT OR IGNORE INTO main.offline_categories (id) VALUES (?)"
                                     : "DELETE FROM main.offline_categories WHERE id = ?", "s", call->id);
}

void
hd_store_set_category_offline_async (HdStore             *self,
                                     const char          *category_id,
                                     gboolean             offline,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_set_category_offline,
                                         hd_store_set_category_offline_async, cancellable, callback, user_data);

  call->id = g_strdup (category_id);
  call->flag = offline;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (set_category_offline)

static gboolean
run_list_offline_categories (HdStoreCall  *call,
                             HdDatabase   *database,
                             GError      **error)
{
  g_autoptr (GHashTable) categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HdStep step = HD_STEP_ERROR;
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       OFFLINE_CATEGORIES
                       " SELECT c.id, (SELECT count (DISTINCT m.name) " OFFLINE_MEDIA
                       " WHERE offline.top = c.id AND m.name NOT IN (SELECT name FROM main.media))"
                       " FROM main.offline_categories AS c", "");

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    g_hash_table_insert (categories, g_strdup (hd_statement_get_text (statement, 0)),
                         GUINT_TO_POINTER ((guint) hd_statement_get_int (statement, 1)));

  if (step != HD_STEP_DONE)
    return FALSE;

  hd_store_call_take (call, g_steal_pointer (&categories), (GDestroyNotify) g_hash_table_unref);
  return TRUE;
}

void
hd_store_list_offline_categories_async (HdStore             *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_list_offline_categories,
                                         hd_store_list_offline_categories_async, cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (list_offline_categories, GHashTable *)
