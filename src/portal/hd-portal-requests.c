/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-private.h"

#include "hd-error.h"

/* HdPortal: the calls about requests. */

/**
 * hd_portal_submit_async:
 * @self: a portal
 * @submission: what to file, with its draft
 * @form: the form that the draft answers
 * @progress: (nullable): told about the bytes sent
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Files a request.  The same client key files it once only, where the portal
 * has the capability `idempotency`.
 */
void
hd_portal_submit_async (HdPortal            *self,
                        HdSubmission        *submission,
                        HdForm              *form,
                        HdProgress          *progress,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (submission != NULL);
  g_return_if_fail (form != NULL);

  task = hd_portal_start_call (self, hd_portal_submit_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->submit (self, submission, form, progress, task);
}

/**
 * hd_portal_submit_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the request that now exists
 */
HD_PORTAL_DEFINE_FINISH_POINTER (submit, HdRequest *)

/**
 * hd_portal_list_requests_async:
 * @self: a portal
 * @since: (nullable): the as-of of an earlier answer; then only what changed
 * @cursor: (nullable): the next-cursor of the page before
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for the person’s requests.
 */
void
hd_portal_list_requests_async (HdPortal            *self,
                               const char          *since,
                               const char          *cursor,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));

  task = hd_portal_start_call (self, hd_portal_list_requests_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->list_requests (self, since, cursor, task);
}

/**
 * hd_portal_list_requests_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): one page
 */
HD_PORTAL_DEFINE_FINISH_POINTER (list_requests, HdRequestPage *)

/**
 * hd_portal_get_request_async:
 * @self: a portal
 * @request_id: a request
 * @held: (nullable): the request as it is known already, with its conversation
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for a request with its conversation.  A portal of which a message has to
 * be asked for by itself takes from @held what can have changed no more.
 */
void
hd_portal_get_request_async (HdPortal            *self,
                             const char          *request_id,
                             HdRequest           *held,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (request_id != NULL);
  g_return_if_fail (held == NULL || HD_IS_REQUEST (held));

  task = hd_portal_start_call (self, hd_portal_get_request_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->get_request (self, request_id, held, task);
}

/**
 * hd_portal_get_request_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): all of it; @complete is set
 */
HD_PORTAL_DEFINE_FINISH_POINTER (get_request, HdRequest *)

/**
 * hd_portal_find_similar_async:
 * @self: a portal
 * @submission: a new request that is about to be filed, with its draft
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks which of the person’s requests may be @submission, filed by an attempt
 * whose answer was lost.  For portals without the capability `idempotency`.
 */
void
hd_portal_find_similar_async (HdPortal            *self,
                              HdSubmission        *submission,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (hd_submission_get_draft (submission) != NULL);

  task = hd_portal_start_call (self, hd_portal_find_similar_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->find_similar (self, submission, task);
}

/**
 * hd_portal_find_similar_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type HdRequest): those that may be it, newest first
 */
HD_PORTAL_DEFINE_FINISH_POINTER (find_similar, GListModel *)

/**
 * hd_portal_reply_async:
 * @self: a portal
 * @submission: the reply, with its draft
 * @progress: (nullable): told about the bytes sent
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Adds a message to a request.
 */
void
hd_portal_reply_async (HdPortal            *self,
                       HdSubmission        *submission,
                       HdProgress          *progress,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (submission != NULL);

  task = hd_portal_start_call (self, hd_portal_reply_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->reply (self, submission, progress, task);
}

static void
read_back_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  HdRequest *request = g_task_propagate_pointer (G_TASK (result), &error);

  if (request != NULL || !(hd_error_is_transient (error) || hd_error_is_cancelled (error)))
    g_task_return_pointer (task, request, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/*
 * @task: of something that the portal has done
 *
 * Returns: (transfer full): a task to read with what became of the request.  Where
 *   that is refused, it was done all the same, and must not count as refused
 */
GTask *
hd_portal_read_back_task_new (GTask *task)
{
  GTask *inner = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), read_back_cb,
                             g_object_ref (task));

  g_task_set_source_tag (inner, hd_portal_read_back_task_new);
  return inner;
}

/**
 * hd_portal_reply_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the request as it is now; %NULL without an error where it may not be read
 */
HD_PORTAL_DEFINE_FINISH_POINTER (reply, HdRequest *)

/**
 * hd_portal_act_async:
 * @self: a portal
 * @submission: a cancel, reopen, confirm or rate
 * @progress: (nullable): told about the bytes sent
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does something to a request.
 */
void
hd_portal_act_async (HdPortal            *self,
                     HdSubmission        *submission,
                     HdProgress          *progress,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (submission != NULL);

  task = hd_portal_start_call (self, hd_portal_act_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->act (self, submission, progress, task);
}

/**
 * hd_portal_act_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the request as it is now
 */
HD_PORTAL_DEFINE_FINISH_POINTER (act, HdRequest *)

/**
 * hd_portal_download_async:
 * @self: a portal
 * @request_id: a request
 * @attachment_id: one of its attachments, or of its messages’
 * @destination: where to write it; replaced only when complete
 * @progress: (nullable): told about the bytes received
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Saves an attachment.
 */
void
hd_portal_download_async (HdPortal            *self,
                          const char          *request_id,
                          const char          *attachment_id,
                          GFile               *destination,
                          HdProgress          *progress,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_PORTAL (self));
  g_return_if_fail (request_id != NULL);
  g_return_if_fail (attachment_id != NULL);
  g_return_if_fail (destination != NULL);

  task = hd_portal_start_call (self, hd_portal_download_async, cancellable, callback, user_data);
  HD_PORTAL_GET_CLASS (self)->download (self, request_id, attachment_id, destination, progress, task);
}

/**
 * hd_portal_download_finish:
 * @self: a portal
 * @result: what the callback was given
 * @error: return location for an #HdError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was written
 */
HD_PORTAL_DEFINE_FINISH (download)
