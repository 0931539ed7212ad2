/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-private.h"

/*
 * What goes on behind: the sync and its turns, the outbox, and what both tell
 * about the portal.
 */

/* A portal that wants more of a pause than this is asked again all the same. */
#define MAX_PAUSE_SECONDS (15 * 60)

/* --- Sync --- */

static gboolean
sync_now_cb (gpointer user_data)
{
  HdSession *self = user_data;

  self->sync_id = 0;

  if (self->authenticated && hd_reachability_is_reachable (self->reachability))
    hd_session_sync_async (self, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/* When there is nothing better to do. */
void
hd_session_sync_soon (HdSession *self)
{
  g_clear_handle_id (&self->sync_id, g_source_remove);
  self->sync_id = g_idle_add_full (G_PRIORITY_LOW, sync_now_cb, self, NULL);
}

/* A tenth more or less, so that the machines of an office do not keep step. */
static guint
pick_interval_ms (HdSession *self)
{
  guint interval_ms = hd_policy_get_sync_interval (self->policy) * 1000;
  guint spread = interval_ms / 10;

  return interval_ms - spread + (guint) g_random_int_range (0, (gint32) (2 * spread) + 1);
}

/* @error: (nullable): how the last one ended. One that was too much for the portal goes on when it may. */
static void
sync_later (HdSession    *self,
            const GError *error)
{
  gboolean is_limited = g_error_matches (error, HD_ERROR, HD_ERROR_RATE_LIMITED) &&
                        hd_error_get_retry_after (error) > 0;
  guint delay_ms = is_limited ? (guint) MIN (hd_error_get_retry_after (error), MAX_PAUSE_SECONDS) * 1000
                              : pick_interval_ms (self);

  g_clear_handle_id (&self->sync_id, g_source_remove);

  if (self->authenticated)
    self->sync_id = g_timeout_add (delay_ms, sync_now_cb, self);
}

static void
synced_at_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (HdSession) self = user_data;
  g_autofree char *text = hd_store_get_value_finish (HD_STORE (object), result, NULL);
  g_autoptr (GDateTime) synced_at = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (synced_at != NULL && self->account != NULL)
    hd_session_set_synced_at (self, synced_at);
}

static void
end_sync (HdSession    *self,
          const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->sync_tasks);

  g_clear_object (&self->sync_cancellable);
  hd_session_notify_syncing (self);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      if (error != NULL)
        g_task_return_error (tasks->pdata[i], g_error_copy (error));
      else
        g_task_return_boolean (tasks->pdata[i], TRUE);
    }
}

/* @error: (transfer full): that of the sync, or of what came after */
static void
end_cancelled_sync (HdSession *self,
                    GError    *error)
{
  /* Whoever signed in while that of the one before was being stopped. */
  if (self->authenticated)
    hd_session_sync_soon (self);

  end_sync (self, error);
  g_error_free (error);
}

static void
copies_cancelled_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  HdSession *self = HD_SESSION (object);
  g_autoptr (GError) sync_error = user_data;
  GError *error = NULL;

  hd_session_cancel_copies_finish (self, result, &error);

  if (hd_error_is_cancelled (error))
    {
      end_cancelled_sync (self, error);
      return;
    }

  /* They are found again after the next sync. */
  if (error != NULL)
    g_debug ("what was delivered twice could not be cancelled: %s", error->message);

  g_clear_error (&error);
  end_sync (self, sync_error);
}

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HdSession) self = user_data;
  GError *error = NULL;

  hd_sync_run_finish (HD_SYNC (object), result, &error);
  hd_session_note (self, error);

  if (hd_error_is_cancelled (error))
    {
      end_cancelled_sync (self, error);
      return;
    }

  hd_store_get_value_async (self->store, "synced-at", NULL, synced_at_read_cb, g_object_ref (self));
  sync_later (self, error);
  hd_session_cancel_copies_async (self, self->sync_cancellable, copies_cancelled_cb, error);
}

/* A line that is no longer paid by the byte lets the pictures come. */
static void
metered_changed_cb (GNetworkMonitor *monitor,
                    GParamSpec      *pspec,
                    HdSession       *self)
{
  gboolean is_metered = g_network_monitor_get_network_metered (monitor);

  hd_sync_set_metered (self->sync, is_metered);

  if (!is_metered && self->authenticated)
    hd_session_sync_soon (self);
}

/* Not before there is something to fetch: GLib makes the monitor in one go, and asks the system's for it. */
static void
watch_metered (HdSession *self)
{
  GNetworkMonitor *monitor;

  if (self->watches_metered)
    return;

  monitor = g_network_monitor_get_default ();
  self->watches_metered = TRUE;
  hd_sync_set_metered (self->sync, g_network_monitor_get_network_metered (monitor));
  g_signal_connect_object (monitor, "notify::network-metered", G_CALLBACK (metered_changed_cb), self, 0);
}

void
hd_session_set_limits (HdSession          *self,
                       const HdSyncLimits *limits)
{
  HdSyncLimits decided = *limits;

  g_return_if_fail (HD_IS_SESSION (self));

  self->limits = *limits;
  hd_policy_decide_limits (self->policy, &decided);

  if (self->sync != NULL)
    hd_sync_set_limits (self->sync, &decided);
}

static void
start_sync (HdSession *self,
            GTask     *task)
{
  if (self->sync_tasks != NULL)
    {
      g_ptr_array_add (self->sync_tasks, task);
      return;
    }

  watch_metered (self);
  self->sync_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->sync_tasks, task);
  self->sync_cancellable = g_cancellable_new ();
  hd_session_notify_syncing (self);
  hd_sync_run_async (self->sync, self->sync_cancellable, synced_cb, g_object_ref (self));
}

/**
 * hd_session_sync_async:
 * @self: an open session
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the sync
 * @callback: called when done
 * @user_data: for @callback
 *
 * Brings the store up to date, or joins the sync that is under way.
 */
void
hd_session_sync_async (HdSession           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  hd_session_call (self, hd_session_task_new (self, hd_session_sync_async, cancellable, callback, user_data),
                   start_sync);
}

/**
 * hd_session_sync_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether all that the portal offers is in the store
 */
HD_SESSION_DEFINE_FINISH (sync)

void
hd_session_stop_sync (HdSession *self)
{
  g_clear_handle_id (&self->sync_id, g_source_remove);
  g_cancellable_cancel (self->sync_cancellable);
}

/* --- The outbox --- */

static void
submission_kept_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_submitter_submit_finish (HD_SUBMITTER (object), result, &error))
    hd_session_return_true (task);
  else
    hd_session_return_error (task, error);
}

static void
use_noted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!hd_store_note_offering_used_finish (HD_STORE (object), result, &error))
    g_debug ("the use of an offering could not be noted: %s", error->message);
}

/**
 * hd_session_submit_async:
 * @self: an open session
 * @submission: what the portal is to be told
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is in the outbox
 * @user_data: for @callback
 *
 * Puts @submission into the outbox, and sends it when it can be sent.
 */
void
hd_session_submit_async (HdSession           *self,
                         HdSubmission        *submission,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  HdDraft *draft;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (HD_IS_SUBMISSION (submission));

  draft = hd_submission_get_draft (submission);

  if (hd_submission_get_action (submission) == HD_ACTION_SUBMIT && draft != NULL &&
      hd_draft_get_offering_id (draft) != NULL)
    hd_store_note_offering_used_async (self->store, hd_draft_get_offering_id (draft), NULL, use_noted_cb, NULL);

  task = hd_session_task_new (self, hd_session_submit_async, cancellable, callback, user_data);
  hd_submitter_submit_async (self->submitter, submission, cancellable, submission_kept_cb, task);
}

/**
 * hd_session_submit_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: whether it is in the outbox for good
 */
HD_SESSION_DEFINE_FINISH (submit)

/* Returns: (transfer none) (nullable): the bytes of an entry that is being sent */
HdProgress *
hd_session_get_progress (HdSession  *self,
                         const char *submission_id)
{
  g_return_val_if_fail (HD_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->submitter != NULL, NULL);

  return hd_submitter_get_progress (self->submitter, submission_id);
}

/* Stops sending an entry; it is paused, nothing is lost. */
void
hd_session_stop_submission (HdSession  *self,
                            const char *submission_id)
{
  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->submitter != NULL);

  hd_submitter_stop (self->submitter, submission_id);
}

/* Sends an entry, or all that were not refused, without waiting any longer. */
void
hd_session_send_now (HdSession  *self,
                     const char *submission_id)
{
  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->submitter != NULL);

  hd_submitter_send_now (self->submitter, submission_id);
}

/* --- What they tell --- */

static void
answered_cb (HdSubmitter *submitter,
             GError      *error,
             HdSession   *self)
{
  hd_session_note (self, error);
}

static void
finished_cb (HdSubmitter  *submitter,
             HdSubmission *submission,
             HdRequest    *request,
             HdSession    *self)
{
  if (request != NULL && hd_request_get_updated_at (request) != NULL)
    g_hash_table_insert (self->own_changes, g_strdup (hd_request_get_id (request)), g_object_ref (request));

  hd_session_emit_submission_finished (self, submission, request);

  /* It is filed, but could not be read. */
  if (request != NULL && !hd_request_get_complete (request))
    hd_session_sync_soon (self);
}

static void
failed_cb (HdSubmitter  *submitter,
           HdSubmission *submission,
           GError       *error,
           HdSession    *self)
{
  HdDraft *draft = hd_submission_get_draft (submission);
  gboolean form_changed = g_error_matches (error, HD_ERROR, HD_ERROR_FORM_CHANGED);

  /* Whoever asks for the form again is given the new one, even before the catalog that names its version is here. */
  if (form_changed && draft != NULL && hd_draft_get_offering_id (draft) != NULL)
    g_hash_table_add (self->stale_forms, g_strdup (hd_draft_get_offering_id (draft)));

  hd_session_emit_submission_failed (self, submission, error);

  if (form_changed)
    hd_session_sync_soon (self);
}

static void
info_cb (HdSync       *sync,
         HdPortalInfo *info,
         HdSession    *self)
{
  hd_session_set_info (self, info);
}

/* Times are of whole seconds: what the desk did within the one in which we sent something shows otherwise. */
static gboolean
is_as_we_left_it (HdRequest *sent,
                  HdRequest *now)
{
  return g_date_time_compare (hd_request_get_updated_at (now), hd_request_get_updated_at (sent)) <= 0 &&
         hd_request_get_message_count (now) <= hd_request_get_message_count (sent) &&
         hd_request_get_status (now) == hd_request_get_status (sent) &&
         hd_request_get_waiting_for_me (now) == hd_request_get_waiting_for_me (sent);
}

/* A sync may see what we sent before the answer to it is here: that is no news. */
static gboolean
is_own_change (HdSession *self,
               HdRequest *before,
               HdRequest *now)
{
  HdRequest *sent = g_hash_table_lookup (self->own_changes, hd_request_get_id (now));

  return hd_submitter_is_sending (self->submitter, before != NULL ? hd_request_get_id (before) : NULL) ||
         (sent != NULL && hd_request_get_updated_at (now) != NULL && is_as_we_left_it (sent, now));
}

static void
request_changed_cb (HdSync    *sync,
                    HdRequest *before,
                    HdRequest *now,
                    HdSession *self)
{
  if (!is_own_change (self, before, now))
    hd_session_emit_request_changed (self, before, now);
}

/* Signs in who is only known from the store; what waits in the outbox waits for it. */
static void
resume_if_needed (HdSession *self)
{
  if (!self->authenticated && self->state == HD_SESSION_SIGNED_IN && self->remembered != NULL)
    hd_session_resume_soon (self);
}

/* A failure too short to be believed may have been that of signing in: nothing is told of its end but this. */
static void
probed_cb (HdReachability *reachability,
           HdPortalInfo   *info,
           HdSession      *self)
{
  hd_session_set_info (self, info);

  if (hd_reachability_is_reachable (reachability))
    resume_if_needed (self);
}

static void
reachability_changed_cb (HdReachability *reachability,
                         HdSession      *self)
{
  gboolean is_reachable = hd_reachability_is_reachable (reachability);
  gboolean is_back = is_reachable && !self->was_reachable;

  self->was_reachable = is_reachable;

  if (!is_back)
    return;

  hd_submitter_portal_is_back (self->submitter);

  if (self->authenticated)
    hd_session_sync_soon (self);
  else
    resume_if_needed (self);
}

/* Once the store is there. */
void
hd_session_connect_work (HdSession *self)
{
  g_signal_connect_object (self->sync, "info", G_CALLBACK (info_cb), self, 0);
  g_signal_connect_object (self->sync, "request-changed", G_CALLBACK (request_changed_cb), self, 0);
  g_signal_connect_object (self->submitter, "answered", G_CALLBACK (answered_cb), self, 0);
  g_signal_connect_object (self->submitter, "finished", G_CALLBACK (finished_cb), self, 0);
  g_signal_connect_object (self->submitter, "failed", G_CALLBACK (failed_cb), self, 0);
  g_signal_connect_object (self->reachability, "probed", G_CALLBACK (probed_cb), self, 0);
  g_signal_connect_object (self->reachability, "changed", G_CALLBACK (reachability_changed_cb), self, 0);
}
