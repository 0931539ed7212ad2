/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

/*
 * Articles, and the pictures that they name.
 *
 *   begin_articles → as_of_read_cb → ask ⇄ changes_applied_cb → next
 *   begin_media → missing_listed_cb ⇄ fetch ⇄ media_put_cb → next
 */

#define MAX_ANSWERS 2000
#define MISSING_AT_ONCE 50
#define MAX_MEDIA 5000

static void ask (GTask *task);
static void list_missing (GTask *task);
static void fetch (GTask *task);

/* --- Articles --- */

static void
changes_applied_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!hd_store_apply_articles_finish (HD_STORE (object), result, &error) || run->cursor == NULL)
    {
      hd_sync_run_next (task, error);
      return;
    }

  g_free (run->since);
  run->since = g_steal_pointer (&run->cursor);
  ask (task);
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
      ask (task);
      return;
    }

  if (changes == NULL)
    {
      hd_sync_run_next (task, g_steal_pointer (&error));
      return;
    }

  as_of = hd_article_changes_get_as_of (changes);
  run->n_pages++;

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
    ask (task);
}

void
hd_sync_begin_articles (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_get_value_async (run->store, HD_STORE_ARTICLES_AS_OF, g_task_get_cancellable (task),
                            as_of_read_cb, task);
}

/* --- Pictures --- */

static void
media_put_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_put_media_finish (HD_STORE (object), result, &error))
    fetch (task);
  else
    hd_sync_run_next (task, error);
}

static void
media_got_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hd_portal_get_media_finish (HD_PORTAL (object), result, &error);

  /* A picture that the portal has not, or that is not what it should be, costs nobody the others. */
  if (bytes != NULL)
    hd_store_put_media_async (run->store, run->queue[run->position - 1], bytes,
                              g_task_get_cancellable (task), media_put_cb, task);
  else if (hd_sync_run_ends_step (run, error))
    hd_sync_run_next (task, g_steal_pointer (&error));
  else
    fetch (task);
}

static void
fetch (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  const char *sha256 = hd_sync_run_pop (run);

  if (sha256 != NULL)
    hd_portal_get_media_async (run->portal, sha256, g_task_get_cancellable (task), media_got_cb, task);
  else
    list_missing (task);
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
    fetch (task);
  else
    hd_sync_run_next (task, error);
}

static void
list_missing (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  /* More than were tried in vain, or those would hide the others. */
  hd_store_list_missing_media_async (run->store, MISSING_AT_ONCE + g_hash_table_size (run->tried),
                                     g_task_get_cancellable (task), missing_listed_cb, task);
}

void
hd_sync_begin_media (GTask *task)
{
  list_missing (task);
}
