/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sync.h"

#include "hd-error.h"
#include "hd-store-cache.h"
#include "hd-sync-private.h"

/**
 * HdSync:
 *
 * Brings what the portal holds into the store: its information, announcements,
 * the catalog, the person’s requests, their conversations, the forms, articles
 * and last their pictures.
 *
 *   run_async → steps[0] → … → steps[n] → finish
 *
 * Each answer is in the store before the next question is asked, so a run that
 * is cut short has lost nothing, and the next one asks only for what changed
 * since.  A step that fails by itself does not stop the others, and its error is
 * the run's in the end; what would stop all of them (no connection, signed out, a
 * full disk) ends the run.  A portal of which one part fails (5xx) is not out of
 * reach: that is known when another part has answered.
 *
 * A portal that tells its versions (HdPortalInfo) is not asked for what is here
 * in that version: nothing new costs two small answers.
 *
 * Signals: “info” (HdPortalInfo), “request-changed” (HdRequest or %NULL, HdRequest).
 * Main thread.
 */

struct _HdSync
{
  GObject       parent_instance;

  HdPortal     *portal;      /* (owned) */
  HdStore      *store;       /* (owned) */
  HdSyncLimits  limits;
  gboolean      is_metered;
  guint64       traffic;     /* of the portal, as far as it is in the store */
};

G_DEFINE_FINAL_TYPE (HdSync, hd_sync, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_INFO,
  SIGNAL_REQUEST_CHANGED,
} HdSyncSignal;

static guint signals[SIGNAL_REQUEST_CHANGED + 1];

static void begin_earlier (GTask *task);
static void begin_note (GTask *task);
static void begin_trim (GTask *task);

/* After so many parts that failed, and none that answered, or so many things of one part, the rest is not asked for. */
#define MAX_FAILURES 3

static const struct
{
  void        (*begin) (GTask *task);
  gboolean    asks;           /* in any case, so that it is an answer if it does not fail */
  const char *(*get_version) (HdPortalInfo *info);  /* (nullable) */
  const char *version_key;    /* (nullable): of the version that is in the store */
} steps[] = {
  { begin_earlier, FALSE, NULL, NULL },
  { hd_sync_begin_info, TRUE, NULL, NULL },
  { hd_sync_begin_announcements, FALSE, hd_portal_info_get_announcements_version, "portal-announcements-version" },
  { hd_sync_begin_catalog, TRUE, hd_portal_info_get_catalog_version, "portal-catalog-version" },
  { hd_sync_begin_requests, TRUE, NULL, NULL },
  { hd_sync_begin_conversations, FALSE, NULL, NULL },
  { hd_sync_begin_forms, FALSE, NULL, NULL },
  { hd_sync_begin_articles, TRUE, hd_portal_info_get_articles_version, "portal-articles-version" },
  { begin_note, FALSE, NULL, NULL },
  { hd_sync_begin_media, FALSE, NULL, NULL },
  { begin_trim, FALSE, NULL, NULL },
};

static void
change_free (gpointer data)
{
  HdSyncChange *change = data;

  g_clear_object (&change->before);
  g_clear_object (&change->now);
  g_free (change);
}

static void
run_clear_step (HdSyncRun *run)
{
  g_clear_pointer (&run->version, g_free);
  g_clear_pointer (&run->since, g_free);
  g_clear_pointer (&run->as_of, g_free);
  g_clear_pointer (&run->cursor, g_free);
  run->n_pages = 0;
  g_clear_object (&run->all);
  g_clear_pointer (&run->article_ids, g_hash_table_unref);
  g_clear_object (&run->page);
  g_clear_object (&run->catalog);
  run->position = 0;
  g_clear_pointer (&run->queue, g_strfreev);
  g_hash_table_remove_all (run->tried);
  g_clear_error (&run->fetch_error);
  run->n_failures = 0;
  run->n_vain = 0;
  g_clear_pointer (&run->media, g_hash_table_unref);
  run->listed_all = FALSE;
  g_clear_pointer (&run->alone, g_hash_table_unref);
}

static void
run_free (HdSyncRun *run)
{
  run_clear_step (run);
  g_clear_object (&run->portal);
  g_clear_object (&run->store);
  g_clear_object (&run->info);
  g_clear_error (&run->error);
  g_hash_table_unref (run->tried);
  g_ptr_array_unref (run->changes);
  g_free (run);
}

static HdSyncRun *
run_new (HdSync *self)
{
  HdSyncRun *run = g_new0 (HdSyncRun, 1);

  run->portal = g_object_ref (self->portal);
  run->store = g_object_ref (self->store);
  run->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run->changes = g_ptr_array_new_with_free_func (change_free);

  return run;
}

static gboolean
is_failure (const GError *error)
{
  return g_error_matches (error, HD_ERROR, HD_ERROR_UNAVAILABLE);
}

/* Whether any other call would fare the same. */
static gboolean
stops_all (const GError *error)
{
  return hd_error_is_cancelled (error) || (hd_error_is_unreachable (error) && !is_failure (error)) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_LOCKED) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_RATE_LIMITED) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_STORAGE);
}

/* The portal does not offer this: nothing to worry about. */
static gboolean
is_not_offered (const GError *error)
{
  return g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_FORBIDDEN) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_UNSUPPORTED);
}

static void
keep_first_error (HdSyncRun    *run,
                  const GError *error)
{
  if (error != NULL && run->error == NULL && !is_not_offered (error))
    run->error = g_error_copy (error);
}

static void
end_run (GTask  *task,
         GError *error)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_sync_emit_changes (task);

  if (is_failure (error) && run->answered)
    error->code = HD_ERROR_INCOMPLETE;

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);

  g_object_unref (task);
}

static void
version_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *kept = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL || g_strcmp0 (kept, run->version) == 0)
    {
      g_clear_pointer (&run->version, g_free);
      hd_sync_run_next (task, error);
    }
  else
    {
      steps[run->step].begin (task);
    }
}

static void
begin_step (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  if (run->info != NULL && steps[run->step].get_version != NULL)
    run->version = g_strdup (steps[run->step].get_version (run->info));

  if (run->version != NULL)
    hd_store_get_value_async (run->store, steps[run->step].version_key, g_task_get_cancellable (task), version_read_cb, task);
  else
    steps[run->step].begin (task);
}

/*
 * hd_sync_run_next:
 * @task: (transfer full): the run
 * @error: (transfer full) (nullable): how the step ended
 *
 * Goes on with the next step.
 */
void
hd_sync_run_next (GTask  *task,
                  GError *error)
{
  HdSyncRun *run = g_task_get_task_data (task);
  g_autofree char *version = g_steal_pointer (&run->version);

  if (error == NULL)
    g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error);

  if (error == NULL && version != NULL)
    {
      hd_store_set_value_async (run->store, steps[run->step].version_key, version, g_task_get_cancellable (task),
                                hd_sync_value_kept_cb, task);
      return;
    }

  if (is_failure (error))
    run->n_failed++;
  else if (!stops_all (error) && steps[run->step].asks)
    run->answered = TRUE;

  if (stops_all (error) || (!run->answered && run->n_failed >= MAX_FAILURES))
    {
      end_run (task, error);
      return;
    }

  keep_first_error (run, error);
  g_clear_error (&error);
  run_clear_step (run);
  run->step++;

  if (run->step < G_N_ELEMENTS (steps))
    begin_step (task);
  else
    end_run (task, g_steal_pointer (&run->error));
}

/*
 * hd_sync_run_ends_step:
 * @run: a run that asks for one thing after the other
 * @error: why there is no answer to one of them
 *
 * One that fails costs nobody the others, but where some fail more will.
 *
 * Returns: whether to end the step with @error
 */
gboolean
hd_sync_run_ends_step (HdSyncRun    *run,
                       const GError *error)
{
  if (!is_failure (error))
    return stops_all (error);

  keep_first_error (run, error);
  return ++run->n_failures >= MAX_FAILURES;
}

/*
 * hd_sync_run_is_since_refused:
 * @run: a run that asked for what changed since
 * @error: (nullable): the answer
 *
 * A portal that was restored from a backup, say, may not know our as-of.  Then
 * everything is asked for, once.
 *
 * Returns: whether to ask again without it
 */
gboolean
hd_sync_run_is_since_refused (HdSyncRun *run,
                              GError    *error)
{
  if (run->since == NULL || run->n_pages > 0 || error == NULL || stops_all (error) || is_failure (error))
    return FALSE;

  g_clear_pointer (&run->since, g_free);
  return TRUE;
}

/* A step that ends with a value in the store. */
void
hd_sync_value_kept_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  GError *error = NULL;

  hd_store_set_value_finish (HD_STORE (object), result, &error);
  hd_sync_run_next (user_data, error);
}

/* Tells what the desk changed, once its conversations are here, too. */
void
hd_sync_emit_changes (GTask *task)
{
  HdSync *self = g_task_get_source_object (task);
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) changes = g_steal_pointer (&run->changes);

  run->changes = g_ptr_array_new_with_free_func (change_free);

  for (guint i = 0; i < changes->len; i++)
    {
      HdSyncChange *change = changes->pdata[i];

      g_signal_emit (self, signals[SIGNAL_REQUEST_CHANGED], 0, change->before, change->now);
    }
}

/* Tells what the portal says of itself. */
void
hd_sync_emit_info (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  g_signal_emit (g_task_get_source_object (task), signals[SIGNAL_INFO], 0, run->info);
}

/* --- Was there an earlier run? --- */

static void
earlier_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *synced_at = hd_store_get_value_finish (HD_STORE (object), result, &error);

  run->had_before = synced_at != NULL;
  hd_sync_run_next (task, error);
}

static void
begin_earlier (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);

  hd_store_get_value_async (run->store, HD_SYNC_SYNCED_AT, g_task_get_cancellable (task), earlier_read_cb, task);
}

/* --- The time --- */

/* Before the pictures, which may take long and have no age. */
static void
begin_note (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = g_date_time_format_iso8601 (now);

  if (run->error != NULL)
    hd_sync_run_next (task, NULL);
  else
    hd_store_set_value_async (run->store, HD_SYNC_SYNCED_AT, text, g_task_get_cancellable (task), hd_sync_value_kept_cb, task);
}

/* --- Making room --- */

static void
trimmed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError *error = NULL;

  hd_store_trim_finish (HD_STORE (object), result, &error);
  hd_sync_run_next (user_data, error);
}

static void
begin_trim (GTask *task)
{
  HdSyncRun *run = g_task_get_task_data (task);
  const HdSyncLimits *limits = hd_sync_get_limits (g_task_get_source_object (task));

  hd_store_trim_async (run->store, limits->picture_bytes, limits->keep_days, g_task_get_cancellable (task), trimmed_cb, task);
}

static void
hd_sync_finalize (GObject *object)
{
  HdSync *self = HD_SYNC (object);

  g_clear_object (&self->portal);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (hd_sync_parent_class)->finalize (object);
}

static void
hd_sync_class_init (HdSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_sync_finalize;

  signals[SIGNAL_INFO] = g_signal_new ("info", HD_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, HD_TYPE_PORTAL_INFO);
  signals[SIGNAL_REQUEST_CHANGED] = g_signal_new ("request-changed", HD_TYPE_SYNC, G_SIGNAL_RUN_LAST,
                                                  0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 2, HD_TYPE_REQUEST, HD_TYPE_REQUEST);
}

static void
hd_sync_init (HdSync *self)
{
  self->limits.picture_bytes = G_MAXUINT64;
}

/**
 * hd_sync_new:
 * @portal: where from
 * @store: where to
 *
 * Returns: (transfer full): a synchronisation
 */
HdSync *
hd_sync_new (HdPortal *portal,
             HdStore  *store)
{
  HdSync *self = g_object_new (HD_TYPE_SYNC, NULL);

  self->portal = g_object_ref (portal);
  self->store = g_object_ref (store);

  return self;
}

void
hd_sync_set_limits (HdSync             *self,
                    const HdSyncLimits *limits)
{
  g_return_if_fail (HD_IS_SYNC (self));

  self->limits = *limits;
}

/* Whether the line is paid by the byte: it may become so, or cease to be, while a sync is under way. */
void
hd_sync_set_metered (HdSync   *self,
                     gboolean  is_metered)
{
  g_return_if_fail (HD_IS_SYNC (self));

  self->is_metered = is_metered;
}

const HdSyncLimits *
hd_sync_get_limits (HdSync *self)
{
  return &self->limits;
}

/* Returns: whether the line and the day have room for pictures, besides @spent bytes of today that are in the store */
gboolean
hd_sync_may_fetch_pictures (HdSync  *self,
                            guint64  spent)
{
  spent += hd_portal_get_traffic (self->portal) - self->traffic;

  return (!self->is_metered || self->limits.metered_pictures) &&
         (self->limits.daily_bytes == 0 || spent < self->limits.daily_bytes);
}

/* Returns: the bytes that are not in the store yet, which are taken for kept */
guint64
hd_sync_take_traffic (HdSync *self)
{
  guint64 now = hd_portal_get_traffic (self->portal);
  guint64 traffic = now - self->traffic;

  self->traffic = now;
  return traffic;
}

/**
 * hd_sync_run_async:
 * @self: a synchronisation
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does all steps once.  One run at a time: the caller sees to it.
 */
void
hd_sync_run_async (HdSync              *self,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HD_IS_SYNC (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hd_sync_run_async);
  g_task_set_task_data (task, run_new (self), (GDestroyNotify) run_free);
  steps[0].begin (task);
}

/**
 * hd_sync_run_finish:
 * @self: a synchronisation
 * @result: what the callback was given
 * @error: return location for the error that ended the run, or else for the
 *   first that a step ended with
 *
 * Returns: whether everything that the portal offers is in the store
 */
gboolean
hd_sync_run_finish (HdSync        *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_sync_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
