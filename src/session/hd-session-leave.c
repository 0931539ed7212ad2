/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-private.h"

/*
 * Being nobody again.
 *
 *   sign_out_async → portal_left_cb → secret_forgotten_cb → wiped_cb → finish
 *   wipe_async → secret_forgotten_cb → wiped_cb → finish
 *   count_unsent_async → drafts_listed_cb → outbox_listed_cb → finish
 */

#define SIGN_OUT_MS 5000

typedef struct
{
  GCancellable *cancellable;  /* (owned): of the call to the portal */
  guint         time_out_id;
} Leave;

static void
leave_free (Leave *leave)
{
  g_clear_handle_id (&leave->time_out_id, g_source_remove);
  g_clear_object (&leave->cancellable);
  g_free (leave);
}

/*
 * hd_session_person_leaves:
 * @self: a session
 *
 * Stops whatever goes on for the person.  What is under way ends “cancelled” and
 * writes nothing any more, so that the wipe that follows is the last word.
 */
void
hd_session_person_leaves (HdSession *self)
{
  g_cancellable_cancel (self->person);
  g_clear_object (&self->person);
  self->person = g_cancellable_new ();

  self->authenticated = FALSE;
  g_hash_table_remove_all (self->stale_forms);
  g_hash_table_remove_all (self->own_changes);
  hd_submitter_set_enabled (self->submitter, FALSE);
  hd_session_stop_sync (self);
}

static void
become_nobody (HdSession *self)
{
  hd_session_remove_opened (self);
  hd_session_set_account (self, NULL);
  hd_session_set_synced_at (self, NULL);
  hd_session_count_unread (self);
  hd_session_set_state (self, HD_SESSION_SIGNED_OUT);
  hd_reachability_note_signed_in (self->reachability);
}

static void
wiped_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (!hd_store_wipe_person_finish (HD_STORE (object), result, &error))
    {
      hd_session_return_error (task, error);
      return;
    }

  become_nobody (g_task_get_source_object (task));
  hd_session_return_true (task);
}

static void
secret_forgotten_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* Where there is no keyring, there is nothing to forget. */
  if (!hd_keyring_forget_finish (HD_KEYRING (object), result, &error) && error != NULL)
    g_debug ("the keyring: %s", error->message);

  hd_store_wipe_person_async (self->store, NULL, wiped_cb, task);
}

static void
forget (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);

  g_clear_pointer (&self->remembered, g_free);
  hd_keyring_forget_async (self->keyring, NULL, secret_forgotten_cb, task);
}

static void
portal_left_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  Leave *leave = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&leave->time_out_id, g_source_remove);

  /* What cannot be told to the portal ends there by itself. */
  if (!hd_portal_sign_out_finish (HD_PORTAL (object), result, &error))
    g_debug ("the portal could not be told: %s", error != NULL ? error->message : "");

  forget (task);
}

static gboolean
leave_timed_out_cb (gpointer user_data)
{
  Leave *leave = user_data;

  leave->time_out_id = 0;
  g_cancellable_cancel (leave->cancellable);
  return G_SOURCE_REMOVE;
}

static void
leave_portal (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  Leave *leave = g_new0 (Leave, 1);

  leave->cancellable = g_cancellable_new ();
  leave->time_out_id = g_timeout_add (SIGN_OUT_MS, leave_timed_out_cb, leave);
  g_task_set_task_data (task, leave, (GDestroyNotify) leave_free);
  hd_portal_sign_out_async (self->portal, leave->cancellable, portal_left_cb, task);
}

/**
 * hd_session_sign_out_async:
 * @self: an open session
 * @cancellable: (nullable): a cancellable; what has begun is finished
 * @callback: called when done
 * @user_data: for @callback
 *
 * Ends the session at the portal if that can be done shortly, forgets the
 * secret, and deletes what is kept of the person.
 */
void
hd_session_sign_out_async (HdSession           *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  gboolean was_authenticated;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  task = hd_session_task_new (self, hd_session_sign_out_async, cancellable, callback, user_data);
  was_authenticated = self->authenticated;
  hd_session_person_leaves (self);

  if (was_authenticated)
    leave_portal (task);
  else
    forget (task);
}

/**
 * hd_session_sign_out_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for a %HD_ERROR_STORAGE: something of the person may be left on disk
 *
 * Returns: whether nothing of the person is left
 */
HD_SESSION_DEFINE_FINISH (sign_out)

/**
 * hd_session_wipe_async:
 * @self: an open session
 * @cancellable: (nullable): a cancellable; what has begun is finished
 * @callback: called when done
 * @user_data: for @callback
 *
 * Deletes what is kept of a person, and their secret, without telling the portal.
 */
void
hd_session_wipe_async (HdSession           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  task = hd_session_task_new (self, hd_session_wipe_async, cancellable, callback, user_data);
  hd_session_person_leaves (self);
  forget (task);
}

/**
 * hd_session_wipe_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: whether nothing of the person is left
 */
HD_SESSION_DEFINE_FINISH (wipe)

/* --- What would be lost --- */

static void
outbox_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  guint n_drafts = GPOINTER_TO_UINT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr (GListModel) outbox = hd_store_list_outbox_finish (HD_STORE (object), result, &error);

  if (outbox == NULL)
    {
      hd_session_return_error (task, error);
      return;
    }

  g_task_return_int (task, (gssize) n_drafts + g_list_model_get_n_items (outbox));
  g_object_unref (task);
}

static void
drafts_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (GListModel) drafts = hd_store_list_drafts_finish (HD_STORE (object), result, &error);

  if (drafts == NULL)
    {
      hd_session_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, GUINT_TO_POINTER (g_list_model_get_n_items (drafts)), NULL);
  hd_store_list_outbox_async (HD_STORE (object), g_task_get_cancellable (task), outbox_listed_cb, task);
}

/**
 * hd_session_count_unsent_async:
 * @self: an open session
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Counts the drafts and the entries of the outbox, which signing out would lose.
 */
void
hd_session_count_unsent_async (HdSession           *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  task = hd_session_task_new (self, hd_session_count_unsent_async, cancellable, callback, user_data);
  hd_store_list_drafts_async (self->store, cancellable, drafts_listed_cb, task);
}

/**
 * hd_session_count_unsent_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: how many, or -1 with an error
 */
gssize
hd_session_count_unsent_finish (HdSession     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_session_count_unsent_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
