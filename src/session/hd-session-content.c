/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-error.h"
#include "hd-session-load.h"
#include "hd-session-private.h"

/*
 * Requests and pictures.
 */

/* --- Requests ---
 *
 *   refresh_request_async → read_held → held_read_cb → request_got_cb → request_put_cb → finish
 *   load_request_async → request_read_cb → finish, or refresh → refreshed_cb → finish
 */

static void
request_put_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GError *error = NULL;

  hd_store_put_request_finish (HD_STORE (object), result, &error);
  hd_session_load_return_result (user_data, error);
}

static void
request_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  HdSessionLoad *load = g_task_get_task_data (task);
  GError *error = NULL;
  HdRequest *request = hd_portal_get_request_finish (HD_PORTAL (object), result, &error);

  hd_session_note (self, error);

  if (request != NULL && hd_session_load_is_over (task, &error))
    g_clear_object (&request);

  if (request == NULL)
    {
      hd_session_return_error (task, error);
      return;
    }

  load->result = request;
  hd_store_put_request_async (self->store, request, g_task_get_cancellable (task), request_put_cb, task);
}

static void
held_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  HdSessionLoad *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdRequest) held = hd_store_get_request_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_session_return_error (task, error);
  else
    hd_portal_get_request_async (self->portal, load->id, held, g_task_get_cancellable (task), request_got_cb, task);
}

static void
read_held (HdSession *self,
           GTask     *task)
{
  HdSessionLoad *load = g_task_get_task_data (task);

  hd_store_get_request_async (self->store, load->id, g_task_get_cancellable (task), held_read_cb, task);
}

/**
 * hd_session_refresh_request_async:
 * @self: an open session
 * @request_id: a request
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Gets a request with its conversation from the portal, and keeps it.
 */
void
hd_session_refresh_request_async (HdSession           *self,
                                  const char          *request_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (request_id != NULL);

  hd_session_call (self,
                   hd_session_load_new (self, hd_session_refresh_request_async, request_id, cancellable, callback, user_data),
                   read_held);
}

/**
 * hd_session_refresh_request_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the request
 */
HD_SESSION_DEFINE_FINISH_POINTER (refresh_request, HdRequest *)

static void
refreshed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  HdRequest *request = hd_session_refresh_request_finish (HD_SESSION (object), result, &error);

  if (request != NULL)
    hd_session_return_object (task, request);
  else
    hd_session_load_return_kept (task, error);
}

static void
request_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  HdSessionLoad *load = g_task_get_task_data (task);
  GError *error = NULL;
  HdRequest *request = hd_store_get_request_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    {
      hd_session_return_error (task, error);
      return;
    }

  load->kept = request;

  if (request == NULL || !hd_request_get_complete (request))
    {
      hd_session_refresh_request_async (self, load->id, g_task_get_cancellable (task), refreshed_cb, task);
      return;
    }

  /* A fresh one is fetched behind; who shows this one sees the store change. */
  if (self->authenticated)
    hd_session_refresh_request_async (self, load->id, self->person, NULL, NULL);

  hd_session_return_object (task, g_steal_pointer (&load->kept));
}

/**
 * hd_session_load_request_async:
 * @self: an open session
 * @request_id: a request
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Gets a request: what is kept, if that is all of it.
 */
void
hd_session_load_request_async (HdSession           *self,
                               const char          *request_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (request_id != NULL);

  hd_store_get_request_async (self->store, request_id, cancellable, request_read_cb,
                              hd_session_load_new (self, hd_session_load_request_async, request_id,
                                                   cancellable, callback, user_data));
}

/**
 * hd_session_load_request_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the request; without its conversation
 *   only if that is not kept and the portal cannot be asked
 */
HD_SESSION_DEFINE_FINISH_POINTER (load_request, HdRequest *)

/* --- Pictures ---
 *
 *   load_media_async → media_read_cb → ask_media → media_got_cb → media_put_cb → finish
 */

static void
return_bytes (GTask  *task,
              GBytes *bytes)
{
  g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  g_object_unref (task);
}

static void
media_put_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSessionLoad *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!hd_store_put_media_finish (HD_STORE (object), result, &error))
    g_debug ("a picture could not be kept: %s", error->message);

  return_bytes (task, g_steal_pointer (&load->bytes));
}

static void
media_got_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  HdSessionLoad *load = g_task_get_task_data (task);
  GError *error = NULL;

  g_autoptr (GHashTable) media = NULL;

  load->bytes = hd_portal_get_media_finish (HD_PORTAL (object), result, &error);
  hd_session_note (self, error);

  if (load->bytes == NULL)
    {
      hd_session_return_error (task, error);
      return;
    }

  media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_hash_table_insert (media, g_strdup (load->id), g_bytes_ref (load->bytes));
  hd_store_put_media_async (self->store, media, g_task_get_cancellable (task), media_put_cb, task);
}

static void
ask_media (HdSession *self,
           GTask     *task)
{
  HdSessionLoad *load = g_task_get_task_data (task);

  hd_portal_get_media_async (self->portal, load->id, g_task_get_cancellable (task), media_got_cb, task);
}

static void
media_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  GBytes *bytes = hd_store_get_media_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_session_return_error (task, error);
  else if (bytes != NULL)
    return_bytes (task, bytes);
  else
    hd_session_call (g_task_get_source_object (task), task, ask_media);
}

/**
 * hd_session_load_media_async:
 * @self: an open session
 * @name: a picture, as an article or an offering names it
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Gets a picture, from the store if it is there.
 */
void
hd_session_load_media_async (HdSession           *self,
                             const char          *name,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (name != NULL);

  hd_store_get_media_async (self->store, name, cancellable, media_read_cb,
                            hd_session_load_new (self, hd_session_load_media_async, name, cancellable, callback, user_data));
}

/**
 * hd_session_load_media_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its bytes
 */
HD_SESSION_DEFINE_FINISH_POINTER (load_media, GBytes *)
