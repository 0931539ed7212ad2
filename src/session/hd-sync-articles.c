/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

/*
 * Articles, and the pictures that they name.
 *
 *   begin_articles → as_of_read_cb → begin_list → ask ⇄ changes_applied_cb → (others_deleted_cb) → next
 *   begin_media → list_missing → missing_listed_cb ⇄ fetch, keep … → next
 *
 * Pictures are kept by the handful: a transaction costs more than a small one does.
 */

#define MAX_ANSWERS 2000
#define MISSING_AT_ONCE 1000
#define MAX_MEDIA 200000
#define KEPT_AT_ONCE 64
#define KEPT_BYTES (256 * 1024)

static void begin_list (GTask *task);
static void ask (GTask *task);
static void list_missing (GTask *task);

/* --- Articles --- */

static void
others_deleted_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GError *error = NULL;

  hd_store_keep_articles_finish (HD_STORE (object), result, &error);
  hd_sync_run_next (user_data, error);
}

static void
changes_applied_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!hd_store_apply_articles_finish (HD_STORE (object), result, &error))
    {
      hd_sync_run_next (task, error);
    }
  else if (run->cursor != NULL)
    {
      g_free (run->since);
      run->since = g_steal_pointer (&run->cursor);
      ask (task);
    }
  else if (run->article_ids != NULL)
    {
      /* The list is complete: whatever else the store holds is gone from the portal. */
      hd_store_keep_articles_async (run->store, run->article_ids, g_task_get_cancellable (task),
                                    others_deleted_cb, task);
    }
  else
    {
      hd_sync_run_next (task, NULL);
    }
}

static void
collect (HdSyncRun        *run,
         HdArticleChanges *changes)
{
  GListModel *articles = hd_article_changes_get_articles (changes);

  for (guint i = 0; articles != NULL && i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (HdArticle) article = g_list_model_get_item (articles, i);

      g_hash_table_add (run->article_ids, g_strdup (hd_article_get_id (article)));
    }
}

static void
articles_listed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autoptr (GError) error = NULL;
  const char *as_of = NULL;

  changes = hd_portal_list_articles_finish (HD_PORTAL (object), result, &error);

  if (hd_sync_run_is_since_refused (run, error))
    {
      begin_list (task);
      return;
    }

  if (changes == NULL)
    {
      hd_sync_run_next (task, g_steal_pointer (&error));
      return;
    }

  as_of = hd_article_changes_get_as_of (changes);
  run->n_pages++;

  if (run->article_ids != NULL)
    collect (run, changes);

  /* “More” from where we are already would never end. */
  if (hd_article_changes_get_more (changes) && as_of != NULL && g_strcmp0 (as_of, run->since) != 0 &&
      run->n_pages < MAX_ANSWERS)
    run->cursor = g_strdup (as_of);

  hd_store_apply_articles_async (run->store, changes, g_task_get_cancellable (task), changes_applied_cb, task);
}

static void
ask (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_portal_list_articles_async (run->portal, run->since, g_task_get_cancellable (task), articles_listed_cb, task);
}

static void
begin_list (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (run->since == NULL)
    run->article_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  ask (task);
}

static void
as_of_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->since = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_sync_run_next (task, error);
  else
    begin_list (task);
}

void
hd_sync_begin_articles (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_get_value_async (run->store, HD_STORE_ARTICLES_AS_OF, g_task_get_cancellable (task),
                            as_of_read_cb, task);
}

/* --- Pictures --- */

typedef struct
{
  GTask      *task;
  const char *name;
} Picture;

static void
media_put_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_media_finish (HD_STORE (object), result, &error);
  hd_sync_fetched (user_data, error);
}

/* Keeps what has come, be the run cancelled or not, as one of the things that are done at once; @task: (transfer none). */
static void
keep (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (GHashTable) media = g_steal_pointer (&run->media);

  if (media == NULL)
    return;

  run->media_size = 0;
  run->n_fetching++;
  hd_store_put_media_async (run->store, media, NULL, media_put_cb, task);
}

static void
collect_picture (HdSyncRun  *run,
                 const char *name,
                 GBytes     *bytes)
{
  if (run->media == NULL)
    run->media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  run->media_size += g_bytes_get_size (bytes);
  g_hash_table_insert (run->media, g_strdup (name), g_bytes_ref (bytes));
}

static void
media_got_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Picture *picture = user_data;
  HdSyncRun *run = g_task_get_task_data (picture->task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = hd_portal_get_media_finish (HD_PORTAL (object), result, &error);

  if (bytes != NULL)
    collect_picture (run, picture->name, bytes);
  else
    run->n_vain++;

  /* A picture that the portal has not, or that is not what it should be, costs nobody the others. */
  if (error != NULL && !hd_sync_run_ends_step (run, error))
    g_clear_error (&error);

  if (error != NULL || run->media_size >= KEPT_BYTES ||
      (run->media != NULL && g_hash_table_size (run->media) >= KEPT_AT_ONCE))
    keep (picture->task);

  hd_sync_fetched (picture->task, error);
}

static void
fetch (GTask      *task,
       const char *name)
{
  HdSyncRun *run = g_task_get_task_data (task);
  Picture *picture = g_new0 (Picture, 1);

  picture->task = task;
  picture->name = name;
  hd_portal_get_media_async (run->portal, name, g_task_get_cancellable (task), media_got_cb, picture);
}

static void
missing_listed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  GStrv missing = hd_store_list_missing_media_finish (HD_STORE (object), result, &error);

  if (hd_sync_run_take_queue (run, missing, MAX_MEDIA))
    hd_sync_fetch_queue (task, fetch, list_missing);
  else
    hd_sync_run_next (task, error);
}

static void
list_missing (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (run->media != NULL)
    keep (task);
  else
    /* More than were tried in vain, or those would hide the others. */
    hd_store_list_missing_media_async (run->store, MISSING_AT_ONCE + run->n_vain,
                                       g_task_get_cancellable (task), missing_listed_cb, task);
}

void
hd_sync_begin_media (GTask *task)
{
  list_missing (task);
}
