/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-private.h"

/*
 * Making room for a person whom the portal has let in.
 *
 *   adopt_async → account_read_cb → (unsent_counted_cb → wiped_cb) → put_account → account_put_cb → finish
 *
 * Another person's data are wiped once the portal has said that this is another
 * person, and before anything of theirs is read or written.
 */

static void
account_put_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_put_account_finish (HD_STORE (object), result, &error))
    hd_session_return_true (task);
  else
    hd_session_return_error (task, error);
}

static void
put_account (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);

  hd_store_put_account_async (self->store, g_task_get_task_data (task), g_task_get_cancellable (task),
                              account_put_cb, task);
}

static void
wiped_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!hd_store_wipe_person_finish (HD_STORE (object), result, &error))
    {
      hd_session_return_error (task, error);
      return;
    }

  hd_session_remove_opened (self);
  hd_session_set_account (self, NULL);
  hd_session_set_synced_at (self, NULL);
  put_account (task);
}

static void
unsent_counted_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = HD_SESSION (object);
  GError *error = NULL;
  gssize n_unsent = hd_session_count_unsent_finish (self, result, &error);

  if (n_unsent > 0)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_CONFLICT, "another person has unsent work here");

  if (error != NULL)
    {
      hd_session_return_error (task, error);
      return;
    }

  hd_session_person_leaves (self);
  hd_store_wipe_person_async (self->store, NULL, wiped_cb, task);
}

static gboolean
is_same_person (HdAccount *kept,
                HdAccount *account)
{
  const char *kept_id = hd_account_get_id (kept);
  const char *id = hd_account_get_id (account);

  if (kept_id != NULL && id != NULL)
    return g_str_equal (kept_id, id);

  return g_strcmp0 (hd_account_get_user_name (kept), hd_account_get_user_name (account)) == 0;
}

static void
account_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (HdAccount) kept = hd_store_get_account_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_session_return_error (task, error);
  else if (kept == NULL || is_same_person (kept, g_task_get_task_data (task)))
    put_account (task);
  else
    hd_session_count_unsent_async (g_task_get_source_object (task), g_task_get_cancellable (task),
                                   unsent_counted_cb, task);
}

/*
 * hd_session_adopt_async:
 * @self: an open session
 * @account: who is signed in now
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Makes the store @account's: whatever it holds of another person is wiped, unless
 * that would lose work that was not sent.
 */
void
hd_session_adopt_async (HdSession           *self,
                        HdAccount           *account,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = hd_session_task_new (self, hd_session_adopt_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  hd_store_get_account_async (self->store, cancellable, account_read_cb, task);
}

/* Returns: whether the store is the person's; else %HD_ERROR_CONFLICT or %HD_ERROR_STORAGE */
gboolean
hd_session_adopt_finish (HdSession     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
