/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-private.h"

/*
 * open: the store and the keyring at the same time.
 *
 *   open_async ┬ store_opened_cb → info_read_cb → account_read_cb → synced_at_read_cb ┬ ready → finish
 *              └ person_found_cb ─────────────────────────────────────────────────────┘
 */
typedef struct
{
  guint      n_pending;
  HdAccount *account;  /* (owned) (nullable): who is kept */
  GError    *error;    /* (owned) (nullable) */
} Open;

static void
open_free (Open *open)
{
  g_clear_object (&open->account);
  g_clear_error (&open->error);
  g_free (open);
}

static gboolean
is_name_of (const char *user_name,
            HdAccount  *account)
{
  g_autofree char *folded = g_utf8_casefold (user_name, -1);
  g_autofree char *own = NULL;

  if (account == NULL || hd_account_get_user_name (account) == NULL)
    return FALSE;

  own = g_utf8_casefold (hd_account_get_user_name (account), -1);
  return g_str_equal (folded, own);
}

static void
settle (HdSession *self,
        Open      *open)
{
  if (self->remembered == NULL)
    return;

  if (is_name_of (self->remembered, open->account))
    {
      hd_session_set_account (self, open->account);
      hd_session_set_state (self, HD_SESSION_SIGNED_IN);
      hd_session_count_unread (self);
    }
  else
    {
      hd_session_set_state (self, HD_SESSION_SIGNING_IN);
    }

  hd_session_resume_soon (self);
}

/* (transfer full) of the task, when the last of the two is here. */
static void
ready (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);

  if (--open->n_pending > 0)
    {
      g_object_unref (task);
      return;
    }

  if (open->error != NULL)
    {
      hd_session_return_error (task, g_steal_pointer (&open->error));
      return;
    }

  settle (self, open);
  hd_submitter_recover (self->submitter);
  g_task_return_boolean (task, self->remembered != NULL);
  g_object_unref (task);
}

static void
fail (GTask  *task,
      GError *error)
{
  Open *open = g_task_get_task_data (task);

  open->error = error;
  ready (task);
}

static void
synced_at_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *text = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  if (text != NULL)
    self->synced_at = g_date_time_new_from_iso8601 (text, NULL);

  ready (task);
}

static void
account_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Open *open = g_task_get_task_data (task);
  GError *error = NULL;

  open->account = hd_store_get_account_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    fail (task, error);
  else
    hd_store_get_value_async (HD_STORE (object), "synced-at", g_task_get_cancellable (task), synced_at_read_cb, task);
}

static void
info_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HdPortalInfo) info = hd_store_get_info_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  if (info != NULL)
    hd_session_set_info (self, info);

  hd_store_get_account_async (HD_STORE (object), g_task_get_cancellable (task), account_read_cb, task);
}

static void
store_changed_cb (HdStore   *store,
                  guint      topics,
                  HdSession *self)
{
  if ((topics & (HD_STORE_REQUESTS | HD_STORE_ACCOUNT)) != 0)
    hd_session_count_unread (self);
}

static void
store_opened_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  g_autofree char *lock_file = g_build_filename (self->folder, "outbox.lock", NULL);
  GError *error = NULL;

  self->store = hd_store_open_finish (result, &error);

  if (self->store == NULL)
    {
      fail (task, error);
      return;
    }

  self->sync = hd_sync_new (self->portal, self->store);
  hd_session_set_limits (self, &self->limits);
  self->submitter = hd_submitter_new (self->portal, self->store);
  hd_submitter_set_lock_file (self->submitter, lock_file);
  hd_session_connect_work (self);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  hd_store_get_info_async (self->store, g_task_get_cancellable (task), info_read_cb, task);
}

static void
person_found_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  self->remembered = hd_keyring_find_finish (HD_KEYRING (object), result, &error);

  if (error != NULL)
    g_debug ("the keyring: %s", error->message);

  ready (task);
}

/**
 * hd_session_open_async:
 * @self: a new session
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Opens the store, reads what is kept, and asks the keyring for a remembered
 * person.  Needs no network.
 */
void
hd_session_open_async (HdSession           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Open *open;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store == NULL);

  task = hd_session_task_new (self, hd_session_open_async, cancellable, callback, user_data);
  open = g_new0 (Open, 1);
  open->n_pending = 1;
  g_task_set_task_data (task, open, (GDestroyNotify) open_free);

  if (hd_policy_get_allow_remember_me (self->policy))
    {
      open->n_pending++;
      hd_keyring_find_async (self->keyring, cancellable, person_found_cb, g_object_ref (task));
    }
  else
    {
      /* What was remembered before the administrator forbade it. */
      hd_keyring_forget_async (self->keyring, NULL, NULL, NULL);
    }

  hd_store_open_async (self->folder, hd_policy_get_synonyms_file (self->policy), cancellable, store_opened_cb, g_object_ref (task));
}

/**
 * hd_session_open_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: whether a person is remembered; then the state is
 *   %HD_SESSION_SIGNED_IN if their data are kept, else %HD_SESSION_SIGNING_IN,
 *   and they are being signed in behind
 */
HD_SESSION_DEFINE_FINISH (open)
