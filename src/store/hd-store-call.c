/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-error.h"

/* What goes to the store's thread and comes back. */

void
hd_store_call_free (gpointer data)
{
  HdStoreCall *call = data;

  g_free (call->id);
  g_free (call->other_id);
  g_free (call->text);
  g_free (call->extra);
  g_clear_object (&call->record);
  g_clear_pointer (&call->bytes, g_bytes_unref);
  g_clear_pointer (&call->ids, g_hash_table_unref);
  g_free ((char *) call->filter.text);
  g_clear_pointer (&call->prepared, g_ptr_array_unref);
  g_clear_pointer (&call->doomed, g_ptr_array_unref);
  if (call->state != NULL)
    call->free_state (call->state);
  if (call->result != NULL && call->free_result != NULL)
    call->free_result (call->result);
  g_clear_error (&call->error);
  g_clear_object (&call->task);
  g_free (call);
}

/**
 * hd_store_call_new:
 * @store: a store
 * @mode: whether the call writes
 * @run: does the work, on the store's thread
 * @source_tag: the _async function
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Returns: (transfer full): a call without arguments, for hd_store_call_push()
 */
HdStoreCall *
hd_store_call_new (HdStore             *store,
                   HdStoreMode          mode,
                   HdStoreRun           run,
                   gpointer             source_tag,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  HdStoreCall *call = g_new0 (HdStoreCall, 1);

  call->store = store;
  call->mode = mode;
  call->run = run;
  call->task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (call->task, source_tag);

  return call;
}

/* Returns: (transfer full): for a call that comes too late, or waits too long */
GError *
hd_store_call_make_closed_error (void)
{
  return g_error_new (HD_ERROR, HD_ERROR_STORAGE, "the store is closed");
}

/* Leaves a result, instead of one that an earlier attempt left. */
void
hd_store_call_take (HdStoreCall    *call,
                    gpointer        result,
                    GDestroyNotify  free_result)
{
  if (call->result != NULL)
    call->free_result (call->result);

  call->result = result;
  call->free_result = free_result;
}

/* Takes a file or a folder that is to be deleted once the transaction is on disk. */
void
hd_store_call_doom (HdStoreCall *call,
                    char        *path)
{
  if (call->doomed == NULL)
    call->doomed = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (call->doomed, path);
}

/* For long work, which looks now and then whether it is still wanted: what it wrote is rolled back. */
gboolean
hd_store_call_is_cancelled (HdStoreCall  *call,
                            GError      **error)
{
  return g_cancellable_set_error_if_cancelled (g_task_get_cancellable (call->task), error);
}

/* Returns: (transfer full) (nullable): what the call left as its result */
gpointer
hd_store_call_finish (HdStore       *self,
                      GAsyncResult  *result,
                      gpointer       source_tag,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
hd_store_call_finish_boolean (HdStore       *self,
                              GAsyncResult  *result,
                              gpointer       source_tag,
                              GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), FALSE);

  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
