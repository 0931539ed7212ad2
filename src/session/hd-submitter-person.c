/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox.h"
#include "hd-submitter-private.h"

/* What the person does to the outbox. */

static void
entries_changed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (HdSubmitter) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hd_outbox_change_finish (HD_STORE (object), result, &error))
    g_debug ("the outbox could not be changed: %s", error->message);

  hd_submitter_pump (self);
}

static void
change_entries (HdSubmitter    *self,
                HdOutboxChange  change,
                const char     *id)
{
  hd_outbox_change_async (self->store, change, id,
                          self->current != NULL ? hd_submission_get_id (self->current) : NULL,
                          entries_changed_cb, g_object_ref (self));
}

/**
 * hd_submitter_stop:
 * @self: a submitter
 * @submission_id: an entry of the outbox
 *
 * Stops sending it, or does not begin: it stays in the outbox, paused.
 */
void
hd_submitter_stop (HdSubmitter *self,
                   const char  *submission_id)
{
  g_return_if_fail (HD_IS_SUBMITTER (self));
  g_return_if_fail (submission_id != NULL);

  if (hd_submitter_is_current (self, submission_id))
    {
      self->stopped = TRUE;
      g_cancellable_cancel (self->cancellable);
    }
  else
    {
      change_entries (self, hd_outbox_pause, submission_id);
    }
}

/**
 * hd_submitter_send_now:
 * @self: a submitter
 * @submission_id: (nullable): an entry of the outbox, or all that the portal has not refused
 *
 * Waits no longer, for anything.
 */
void
hd_submitter_send_now (HdSubmitter *self,
                       const char  *submission_id)
{
  g_return_if_fail (HD_IS_SUBMITTER (self));

  self->hold_until = 0;
  change_entries (self, hd_outbox_queue, submission_id);
}

static void
recovered_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HdSubmitter) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hd_outbox_change_finish (HD_STORE (object), result, &error))
    g_debug ("the outbox could not be recovered: %s", error->message);

  if (self->current == NULL && !self->listing)
    hd_outbox_lock_leave (self->lock);

  hd_submitter_pump (self);
}

/*
 * At the start of the program: what a crash cut short is queued again, under the
 * same key.  What another process is sending is not cut short.
 */
void
hd_submitter_recover (HdSubmitter *self)
{
  g_return_if_fail (HD_IS_SUBMITTER (self));

  if (hd_outbox_lock_take (self->lock))
    hd_outbox_change_async (self->store, hd_outbox_recover, NULL,
                            self->current != NULL ? hd_submission_get_id (self->current) : NULL,
                            recovered_cb, g_object_ref (self));
}

static void
enqueued_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdSubmitter *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!hd_store_enqueue_finish (HD_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_boolean (task, TRUE);
  hd_submitter_pump (self);
}

/**
 * hd_submitter_submit_async:
 * @self: a submitter
 * @submission: what to send; its id, client key and time are set where they are not
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is in the outbox
 * @user_data: for @callback
 *
 * Puts it into the outbox, and sends it as soon as its turn comes.
 */
void
hd_submitter_submit_async (HdSubmitter         *self,
                           HdSubmission        *submission,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HD_IS_SUBMITTER (self));
  g_return_if_fail (HD_IS_SUBMISSION (submission));

  hd_outbox_complete (submission);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hd_submitter_submit_async);
  hd_store_enqueue_async (self->store, submission, cancellable, enqueued_cb, task);
}

/**
 * hd_submitter_submit_finish:
 * @self: a submitter
 * @result: what the callback was given
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: whether it is in the outbox for good
 */
gboolean
hd_submitter_submit_finish (HdSubmitter   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_submitter_submit_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
