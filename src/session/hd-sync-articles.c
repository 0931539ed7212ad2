/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

/*
 * Articles.
 *
 *   begin_articles → as_of_read_cb → begin_list → ask ⇄ changes_applied_cb → (others_deleted_cb) → next
 */

#define MAX_ANSWERS 2000

static void begin_list (GTask *task);
static void ask (GTask *task);

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
