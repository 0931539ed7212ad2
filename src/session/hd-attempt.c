/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-attempt.h"

#include "hd-error.h"
#include "hd-reconcile.h"

/*
 * One attempt to tell the portal one thing.
 *
 *   attempt_async → (reconciled_cb) → mark → marked_cb → (form_read_cb → form_got_cb → form_put_cb) → send
 *     → *_sent_cb → (looked_again_cb) → finish
 *
 * The attempt is on disk before its first byte leaves.  A portal may take what it
 * is told and fail at the answer; where that could be, we look at once.
 */

typedef struct
{
  HdPortal     *portal;      /* (owned) */
  HdStore      *store;       /* (owned) */
  HdSubmission *submission;  /* (owned) */
  HdProgress   *progress;    /* (owned) */
  gboolean      is_looked_up; /* the portal does not know by a key what it was told before */
  GError       *error;       /* (owned) (nullable): how sending it failed */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_clear_object (&attempt->portal);
  g_clear_object (&attempt->store);
  g_clear_object (&attempt->submission);
  g_clear_object (&attempt->progress);
  g_clear_error (&attempt->error);
  g_free (attempt);
}

/* @request: (transfer full) (nullable); @error: (transfer full) (nullable) */
static void
end (GTask     *task,
     HdRequest *request,
     GError    *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, request, g_object_unref);

  g_object_unref (task);
}

static void
looked_again_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  HdRequest *request = hd_reconcile_finish (result, NULL);

  end (task, request, request == NULL ? g_steal_pointer (&attempt->error) : NULL);
}

/* Takes what sending it came to, as end(). */
static void
end_sending (GTask     *task,
             HdRequest *request,
             GError    *error)
{
  Attempt *attempt = g_task_get_task_data (task);

  if (attempt->is_looked_up && (g_error_matches (error, HD_ERROR, HD_ERROR_UNAVAILABLE) ||
                                g_error_matches (error, HD_ERROR, HD_ERROR_PROTOCOL)))
    {
      attempt->error = error;
      hd_reconcile_async (attempt->portal, attempt->submission, 0, g_task_get_cancellable (task), looked_again_cb, task);
    }
  else
    {
      end (task, request, error);
    }
}

/* --- Sending --- */

static void
submitted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GError *error = NULL;
  HdRequest *request = hd_portal_submit_finish (HD_PORTAL (object), result, &error);

  /* A new request contradicts nothing but what was sent under its key before. */
  if (g_error_matches (error, HD_ERROR, HD_ERROR_CONFLICT))
    error->code = HD_ERROR_SENT_BEFORE;

  end_sending (user_data, request, error);
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError *error = NULL;
  HdRequest *request = hd_portal_reply_finish (HD_PORTAL (object), result, &error);

  end_sending (user_data, request, error);
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError *error = NULL;
  HdRequest *request = hd_portal_act_finish (HD_PORTAL (object), result, &error);

  end_sending (user_data, request, error);
}

static void
feedback_sent_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GError *error = NULL;

  hd_portal_send_feedback_finish (HD_PORTAL (object), result, &error);
  end (user_data, NULL, error);
}

static void
send_form (GTask  *task,
           HdForm *form)
{
  Attempt *attempt = g_task_get_task_data (task);

  hd_portal_submit_async (attempt->portal, attempt->submission, form, attempt->progress,
                          g_task_get_cancellable (task), submitted_cb, task);
}

/* --- The form that the draft answers --- */

static gboolean
is_form_of_draft (HdForm  *form,
                  HdDraft *draft)
{
  return form != NULL &&
         (hd_draft_get_form_version (draft) == 0 || hd_form_get_version (form) == hd_draft_get_form_version (draft));
}

static void
form_put_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!hd_store_put_form_finish (HD_STORE (object), result, &error))
    g_debug ("a form could not be kept: %s", error->message);
}

static void
form_got_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdForm) form = hd_portal_get_form_finish (HD_PORTAL (object), result, &error);

  if (form == NULL)
    {
      end (task, NULL, error);
      return;
    }

  hd_store_put_form_async (attempt->store, form, NULL, form_put_cb, NULL);

  if (is_form_of_draft (form, hd_submission_get_draft (attempt->submission)))
    send_form (task, form);
  else
    end (task, NULL, g_error_new_literal (HD_ERROR, HD_ERROR_FORM_CHANGED, "the draft answers an older form"));
}

static void
form_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  HdDraft *draft = hd_submission_get_draft (attempt->submission);
  GError *error = NULL;
  g_autoptr (HdForm) form = hd_store_get_form_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    end (task, NULL, error);
  else if (is_form_of_draft (form, draft))
    send_form (task, form);
  else
    hd_portal_get_form_async (attempt->portal, hd_draft_get_offering_id (draft),
                              g_task_get_cancellable (task), form_got_cb, task);
}

static void
send (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  HdDraft *draft = hd_submission_get_draft (attempt->submission);

  switch (hd_submission_get_action (attempt->submission))
    {
    case HD_ACTION_SUBMIT:
      if (draft != NULL && hd_draft_get_offering_id (draft) != NULL)
        hd_store_get_form_async (attempt->store, hd_draft_get_offering_id (draft), cancellable, form_read_cb, task);
      else
        end (task, NULL, g_error_new_literal (HD_ERROR, HD_ERROR_STORAGE, "an entry of the outbox has no draft"));
      break;

    case HD_ACTION_REPLY:
      hd_portal_reply_async (attempt->portal, attempt->submission, attempt->progress, cancellable, replied_cb, task);
      break;

    case HD_ACTION_CANCEL:
    case HD_ACTION_REOPEN:
    case HD_ACTION_CONFIRM:
    case HD_ACTION_RATE:
      hd_portal_act_async (attempt->portal, attempt->submission, attempt->progress, cancellable, acted_cb, task);
      break;

    case HD_ACTION_FEEDBACK:
      hd_portal_send_feedback_async (attempt->portal, attempt->submission, cancellable, feedback_sent_cb, task);
      break;
    }
}

/* --- Before sending --- */

static void
marked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_update_submission_finish (HD_STORE (object), result, &error))
    send (task);
  else
    end (task, NULL, error);
}

static void
mark (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_object_set (attempt->submission,
                "state", HD_SUBMISSION_STATE_SENDING,
                "attempts", hd_submission_get_attempts (attempt->submission) + 1,
                "tried-at", now,
                "next-attempt-at", NULL,
                NULL);
  hd_store_update_submission_async (attempt->store, attempt->submission, g_task_get_cancellable (task),
                                    marked_cb, task);
}

static void
reconciled_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  HdRequest *request = hd_reconcile_finish (result, &error);

  if (error != NULL || request != NULL)
    end (task, request, error);
  else
    mark (task);
}

/**
 * hd_attempt_async:
 * @portal: where to
 * @store: where the outbox is
 * @capabilities: what the portal can do
 * @settle_ms: where it knows no keys, how long after an attempt something of it may still arrive
 * @submission: an entry of the outbox; its state and number of attempts are updated
 * @progress: told about the bytes sent
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Sends it once.
 */
void
hd_attempt_async (HdPortal             *portal,
                  HdStore              *store,
                  HdPortalCapabilities  capabilities,
                  guint                 settle_ms,
                  HdSubmission         *submission,
                  HdProgress           *progress,
                  GCancellable         *cancellable,
                  GAsyncReadyCallback   callback,
                  gpointer              user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);

  g_task_set_source_tag (task, hd_attempt_async);
  attempt->portal = g_object_ref (portal);
  attempt->store = g_object_ref (store);
  attempt->submission = g_object_ref (submission);
  attempt->progress = g_object_ref (progress);
  attempt->is_looked_up = (capabilities & HD_PORTAL_IDEMPOTENCY) == 0;
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);

  if (attempt->is_looked_up)
    hd_reconcile_async (portal, submission, settle_ms, cancellable, reconciled_cb, task);
  else
    mark (task);
}

/**
 * hd_attempt_finish:
 * @result: what the callback was given
 * @request: (out) (transfer full) (nullable): the request as it is now; %NULL after feedback
 * @error: return location for an error
 *
 * Returns: whether the portal has it
 */
gboolean
hd_attempt_finish (GAsyncResult  *result,
                   HdRequest    **request,
                   GError       **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_attempt_async), FALSE);

  *request = g_task_propagate_pointer (G_TASK (result), &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}
