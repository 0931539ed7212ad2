/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

/* Pictures of articles and offerings, each under the name that the portal gives it: always the same bytes. */

static gboolean
run_list_missing_media (HdStoreCall  *call,
                        HdDatabase   *database,
                        GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT name FROM (" HD_STORE_MEDIA_NAMES ")"
                       " WHERE name NOT IN (SELECT name FROM main.media) ORDER BY name LIMIT ?",
                       "d", call->limit > 0 ? (int) call->limit : -1);

  return hd_store_read_strv (call, statement, error);
}

void
hd_store_list_missing_media_async (HdStore             *self,
                                   guint                limit,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_list_missing_media,
                                         hd_store_list_missing_media_async, cancellable, callback, user_data);

  call->limit = limit;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (list_missing_media, GStrv)

gboolean
hd_store_keep_media (HdDatabase  *database,
                     const char  *name,
                     GBytes      *bytes,
                     GError     **error)
{
  return hd_database_run (database, error, "INSERT OR REPLACE INTO main.media (name, bytes) VALUES (?, ?)",
                          "sb", name, bytes);
}

static gboolean
run_put_media (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer bytes;

  g_hash_table_iter_init (&iter, call->ids);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      if (!hd_store_keep_media (database, name, bytes, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * hd_store_put_media_async:
 * @self: a store
 * @media: (element-type utf8 GBytes): pictures, by what articles name; not to be changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 */
void
hd_store_put_media_async (HdStore             *self,
                          GHashTable          *media,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_media, hd_store_put_media_async,
                                         cancellable, callback, user_data);

  call->ids = g_hash_table_ref (media);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_media)

static gboolean
run_get_media (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT bytes FROM main.media WHERE name = ?", "s", call->id);
  HdStep step = statement != NULL ? hd_statement_step (statement, error) : HD_STEP_ERROR;

  if (step == HD_STEP_ROW)
    hd_store_call_take (call, hd_statement_dup_bytes (statement, 0), (GDestroyNotify) g_bytes_unref);

  return step != HD_STEP_ERROR;
}

void
hd_store_get_media_async (HdStore             *self,
                          const char          *name,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_media, hd_store_get_media_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (name);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_media, GBytes *)
