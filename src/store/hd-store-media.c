/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#define USE_USEC G_TIME_SPAN_HOUR

/* Pictures of articles and offerings, each under the name that the portal gives it: always the same bytes. */

/* @used: when it was last looked at, 0 for never */
gboolean
hd_store_keep_media (HdDatabase  *database,
                     const char  *name,
                     GBytes      *bytes,
                     gint64       used,
                     GError     **error)
{
  return hd_database_run (database, error, "INSERT OR REPLACE INTO main.media (name, bytes, used) VALUES (?, ?, ?)",
                          "sbl", name, bytes, used);
}

static gboolean
run_put_media (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer bytes;

  call->topics = HD_STORE_PICTURES;
  g_hash_table_iter_init (&iter, call->ids);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      if (!hd_store_keep_media (database, name, bytes, call->flag ? g_get_real_time () : 0, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * hd_store_put_media_async:
 * @self: a store
 * @media: (element-type utf8 GBytes): pictures, by what articles name; not to be changed any more
 * @are_seen: whether somebody looks at them now
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 */
void
hd_store_put_media_async (HdStore             *self,
                          GHashTable          *media,
                          gboolean             are_seen,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_media, hd_store_put_media_async,
                                         cancellable, callback, user_data);

  call->ids = g_hash_table_ref (media);
  call->flag = are_seen;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_media)

/* Once in a while is enough to tell what was looked at lately; a disk that is full can still be read. */
static void
note_use (HdDatabase *database,
          const char *name)
{
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time ();

  if (!hd_database_run (database, &error, "UPDATE main.media SET used = ?1 WHERE name = ?2 AND (used < ?1 - ?3 OR used > ?1)",
                        "lsl", now, name, (gint64) USE_USEC))
    g_debug ("the use of a picture was not noted: %s", error->message);
}

static gboolean
run_get_media (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT bytes FROM main.media WHERE name = ?", "s", call->id);
  HdStep step = statement != NULL ? hd_statement_step (statement, error) : HD_STEP_ERROR;

  if (step == HD_STEP_ROW)
    {
      hd_store_call_take (call, hd_statement_dup_bytes (statement, 0), (GDestroyNotify) g_bytes_unref);
      note_use (database, call->id);
    }

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
