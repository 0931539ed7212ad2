/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync-private.h"

#include <string.h>

#include "hd-capabilities.h"
#include "hd-store-cache.h"

/*
 * The pictures that articles and offerings name, after all text.
 *
 *   begin_media → traffic_read_cb → list_missing → missing_listed_cb ⇄ fetch, keep … → keep_traffic → next
 *
 * Pictures are kept by the handful: a transaction costs more than a small one does.
 * They are fetched by the bundle where the portal can, for over a long line the way
 * there and back costs more; what a bundle has not brought comes alone after it.
 *
 * They are left to another time where the line is paid by the byte, the bytes of
 * the day are spent, or the disk's part is full; whoever opens an article gets
 * its pictures all the same.
 */

#define MISSING_AT_ONCE 20000
#define MAX_MEDIA 200000
#define KEPT_AT_ONCE 64
#define KEPT_BYTES (256 * 1024)
#define BUNDLED_AT_ONCE 32   /* by their sums, in an address that every gateway takes */

static void list_missing (GTask *task);
static void keep_traffic (GTask *task);

typedef struct
{
  GTask      *task;
  const char *name;
} Picture;

typedef struct
{
  GTask     *task;
  GPtrArray *names;  /* (owned) (element-type utf8), with a NULL at the end */
} Bundle;

static void
media_put_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_media_finish (HD_STORE (object), result, &error);
  hd_sync_kept (user_data, error);
}

/* Keeps what has come, be the run cancelled or not; @task: (transfer none). */
static void
keep (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (GHashTable) media = g_steal_pointer (&run->media);

  if (media == NULL)
    return;

  run->media_size = 0;
  hd_sync_keeping (task);
  hd_store_put_media_async (run->store, media, FALSE, NULL, media_put_cb, task);
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

/* When a handful is there, or this is the end of it. */
static void
keep_handful (GTask    *task,
              gboolean  ends)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (ends || run->media_size >= KEPT_BYTES || (run->media != NULL && g_hash_table_size (run->media) >= KEPT_AT_ONCE))
    keep (task);
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

  keep_handful (picture->task, error != NULL);
  hd_sync_fetched (picture->task, error);
}

static void
fetch_alone (GTask      *task,
             const char *name)
{
  HdSyncRun *run = g_task_get_task_data (task);
  Picture *picture = g_new0 (Picture, 1);

  picture->task = task;
  picture->name = name;
  hd_portal_get_media_async (run->portal, name, g_task_get_cancellable (task), media_got_cb, picture);
}

static gboolean
is_alone (HdSyncRun  *run,
          const char *name)
{
  return run->alone != NULL && g_hash_table_contains (run->alone, name);
}

/* What it lacks is listed once more, and fetched alone. */
static void
leave_alone (HdSyncRun  *run,
             const char *name)
{
  if (run->alone == NULL)
    run->alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_add (run->alone, g_strdup (name));
  g_hash_table_remove (run->tried, name);
}

static void
bundle_got_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Bundle *bundle = user_data;
  g_autoptr (GPtrArray) names = g_steal_pointer (&bundle->names);
  HdSyncRun *run = g_task_get_task_data (bundle->task);
  GError *error = NULL;
  g_autoptr (GHashTable) pictures = hd_portal_get_media_bundle_finish (HD_PORTAL (object), result, &error);

  for (guint i = 0; i + 1 < names->len; i++)
    {
      GBytes *bytes = pictures != NULL ? g_hash_table_lookup (pictures, names->pdata[i]) : NULL;

      if (bytes != NULL)
        collect_picture (run, names->pdata[i], bytes);
      else
        leave_alone (run, names->pdata[i]);
    }

  if (error != NULL && !hd_sync_run_ends_step (run, error))
    g_clear_error (&error);

  keep_handful (bundle->task, error != NULL);
  hd_sync_fetched (bundle->task, error);
}

static void
fetch_bundle (GTask      *task,
              const char *name)
{
  HdSyncRun *run = g_task_get_task_data (task);
  Bundle *bundle = g_new0 (Bundle, 1);
  const char *next = name;

  bundle->task = task;
  bundle->names = g_ptr_array_new_with_free_func (g_free);

  do
    g_ptr_array_add (bundle->names, g_strdup (next));
  while (bundle->names->len < BUNDLED_AT_ONCE && (next = hd_sync_run_peek (run)) != NULL && !is_alone (run, next) &&
         hd_sync_run_pop (run) != NULL);

  g_ptr_array_add (bundle->names, NULL);
  hd_portal_get_media_bundle_async (run->portal, (const char *const *) bundle->names->pdata,
                                    g_task_get_cancellable (task), bundle_got_cb, bundle);
}

static void
fetch (GTask      *task,
       const char *name)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (!hd_sync_may_fetch_pictures (g_task_get_source_object (task), run->spent))
    {
      run->position = g_strv_length (run->queue);
      hd_sync_fetched (task, NULL);
      return;
    }

  if ((hd_capabilities_get (run->portal, run->info) & HD_PORTAL_MEDIA_BUNDLE) != 0 && !is_alone (run, name) &&
      hd_sync_run_peek (run) != NULL)
    fetch_bundle (task, name);
  else
    fetch_alone (task, name);
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

  run->listed_all = missing != NULL && g_strv_length (missing) < MISSING_AT_ONCE + run->n_vain;

  if (error != NULL)
    hd_sync_run_next (task, error);
  else if (hd_sync_run_take_queue (run, missing, MAX_MEDIA))
    hd_sync_fetch_queue (task, fetch, list_missing);
  else
    keep_traffic (task);
}

static void
list_missing (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  HdSync *self = g_task_get_source_object (task);

  if (run->media != NULL)
    keep (task);
  else if (!hd_sync_may_fetch_pictures (self, run->spent) || (run->listed_all && run->alone == NULL))
    keep_traffic (task);
  else
    /* More than were tried in vain, or those would hide the others. */
    hd_store_list_missing_media_async (run->store, hd_sync_get_limits (self)->picture_bytes, MISSING_AT_ONCE + run->n_vain,
                                       g_task_get_cancellable (task), missing_listed_cb, task);
}

/* --- The bytes of the day --- */

/* Returns: (transfer full): the day here and now, by which bytes are counted */
static char *
dup_day (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%F");
}

static void
keep_traffic (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  g_autofree char *day = dup_day ();
  guint64 spent = run->spent + hd_sync_take_traffic (g_task_get_source_object (task));
  g_autofree char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, day, spent);

  hd_store_set_value_async (run->store, HD_SYNC_TRAFFIC, text, g_task_get_cancellable (task), hd_sync_value_kept_cb, task);
}

static void
traffic_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *text = hd_store_get_value_finish (HD_STORE (object), result, &error);
  g_autofree char *day = dup_day ();

  if (error != NULL)
    {
      hd_sync_run_next (task, error);
      return;
    }

  /* That of another day is over. */
  if (text != NULL && g_str_has_prefix (text, day))
    run->spent = g_ascii_strtoull (text + strlen (day), NULL, 10);

  list_missing (task);
}

void
hd_sync_begin_media (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_get_value_async (run->store, HD_SYNC_TRAFFIC, g_task_get_cancellable (task), traffic_read_cb, task);
}
