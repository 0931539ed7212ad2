/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-reconcile.h"

#include <string.h>

/*
 * Not filing twice at a portal that has no idempotency keys.
 *
 * Before the first attempt we note what the portal already holds that looks like
 * the submission (the baseline, kept in the store).  When the answer to an
 * attempt was lost, whatever looks like it and is not in the baseline can only
 * be that attempt's work.  No clock is compared with another.
 *
 *   reconcile_async → baseline_read_cb → look → … → decide → (baseline_kept_cb) → finish
 *
 * Cancelling, confirming and the like need no baseline: their effect is to be
 * seen in the request itself.
 */

typedef struct
{
  HdPortal     *portal;      /* (owned) */
  HdStore      *store;       /* (owned) */
  HdSubmission *submission;  /* (owned) */
  GStrv         baseline;    /* (owned) (nullable): ids; NULL before the first attempt */
  GPtrArray    *found;       /* (owned) (element-type utf8): ids of what looks like it */
  HdRequest    *request;     /* (owned) (nullable): of a reply */
} Reconcile;

static void
reconcile_free (Reconcile *state)
{
  g_clear_object (&state->portal);
  g_clear_object (&state->store);
  g_clear_object (&state->submission);
  g_clear_pointer (&state->baseline, g_strfreev);
  g_ptr_array_unref (state->found);
  g_clear_object (&state->request);
  g_free (state);
}

/* Returns: (transfer full): under which the store keeps the baseline */
static char *
dup_key (HdSubmission *submission)
{
  return g_strdup_printf ("baseline-%s", hd_submission_get_id (submission));
}

static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Nothing of it is at the portal. */
static void
go_ahead (GTask *task)
{
  g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

static void
is_there (GTask     *task,
          HdRequest *request)
{
  g_task_return_pointer (task, g_object_ref (request), g_object_unref);
  g_object_unref (task);
}

static void
baseline_kept_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_set_value_finish (HD_STORE (object), result, &error))
    go_ahead (task);
  else
    fail (task, error);
}

static void
keep_baseline (GTask *task)
{
  Reconcile *state = g_task_get_task_data (task);
  g_autofree char *key = dup_key (state->submission);
  g_autofree char *ids = NULL;

  g_ptr_array_add (state->found, NULL);
  ids = g_strjoinv ("\n", (char **) state->found->pdata);
  hd_store_set_value_async (state->store, key, ids, g_task_get_cancellable (task), baseline_kept_cb, task);
}

static void
request_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (HdRequest) request = hd_portal_get_request_finish (HD_PORTAL (object), result, &error);

  if (request != NULL)
    is_there (task, request);
  else
    fail (task, error);
}

static void
decide (GTask *task)
{
  Reconcile *state = g_task_get_task_data (task);

  if (state->baseline == NULL)
    {
      keep_baseline (task);
      return;
    }

  for (guint i = 0; i < state->found->len; i++)
    {
      const char *id = state->found->pdata[i];

      if (g_strv_contains ((const char *const *) state->baseline, id))
        continue;

      if (state->request != NULL)
        is_there (task, state->request);
      else
        hd_portal_get_request_async (state->portal, id, NULL, g_task_get_cancellable (task), request_got_cb, task);

      return;
    }

  go_ahead (task);
}

/* --- A new request --- */

static void
similar_found_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Reconcile *state = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GListModel) similar = hd_portal_find_similar_finish (HD_PORTAL (object), result, &error);

  if (similar == NULL)
    {
      fail (task, error);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (similar); i++)
    {
      g_autoptr (HdRequest) request = g_list_model_get_item (similar, i);

      g_ptr_array_add (state->found, g_strdup (hd_request_get_id (request)));
    }

  decide (task);
}

/* --- A reply, or something done to a request --- */

static gboolean
is_same_text (const char *a,
              const char *b)
{
  g_autofree char *left = g_strstrip (g_strdup (a != NULL ? a : ""));
  g_autofree char *right = g_strstrip (g_strdup (b != NULL ? b : ""));

  return strcmp (left, right) == 0;
}

static void
find_messages (Reconcile *state)
{
  GListModel *messages = hd_request_get_messages (state->request);
  const char *text = hd_draft_get_text (hd_submission_get_draft (state->submission));

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);

      if (hd_message_get_mine (message) && is_same_text (hd_message_get_text (message), text))
        g_ptr_array_add (state->found, g_strdup (hd_message_get_id (message)));
    }
}

static gboolean
is_done (HdSubmission *submission,
         HdRequest    *request)
{
  HdStatus status = hd_request_get_status (request);
  const char *const *actions = hd_request_get_actions (request);

  switch (hd_submission_get_action (submission))
    {
    case HD_ACTION_CANCEL:
      return status == HD_STATUS_CANCELLED;

    case HD_ACTION_REOPEN:
      return hd_status_is_open (status);

    case HD_ACTION_CONFIRM:
      return status == HD_STATUS_CLOSED && (actions == NULL || !g_strv_contains (actions, "confirm"));

    case HD_ACTION_RATE:
      return hd_request_get_rating (request) == hd_submission_get_stars (submission);

    case HD_ACTION_SUBMIT:
    case HD_ACTION_REPLY:
    case HD_ACTION_FEEDBACK:
      break;
    }

  return FALSE;
}

static void
subject_got_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  Reconcile *state = g_task_get_task_data (task);
  GError *error = NULL;

  state->request = hd_portal_get_request_finish (HD_PORTAL (object), result, &error);

  if (state->request == NULL)
    {
      fail (task, error);
    }
  else if (hd_submission_get_action (state->submission) == HD_ACTION_REPLY)
    {
      find_messages (state);
      decide (task);
    }
  else if (hd_submission_get_attempts (state->submission) > 0 && is_done (state->submission, state->request))
    {
      is_there (task, state->request);
    }
  else
    {
      go_ahead (task);
    }
}

static void
look (GTask *task)
{
  Reconcile *state = g_task_get_task_data (task);
  HdSubmission *submission = state->submission;

  if (hd_submission_get_action (submission) == HD_ACTION_SUBMIT && hd_submission_get_draft (submission) != NULL)
    hd_portal_find_similar_async (state->portal, submission, g_task_get_cancellable (task), similar_found_cb, task);
  else if (hd_submission_get_action (submission) != HD_ACTION_SUBMIT &&
           hd_submission_get_action (submission) != HD_ACTION_FEEDBACK &&
           hd_submission_get_request_id (submission) != NULL)
    hd_portal_get_request_async (state->portal, hd_submission_get_request_id (submission), NULL,
                                 g_task_get_cancellable (task), subject_got_cb, task);
  else
    go_ahead (task);
}

static void
baseline_read_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Reconcile *state = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *ids = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  if (ids != NULL)
    state->baseline = g_strsplit (ids, "\n", -1);

  look (task);
}

/**
 * hd_reconcile_async:
 * @portal: a portal that has no idempotency keys
 * @store: where the baseline is kept
 * @submission: what is about to be sent
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * To be called before every attempt.
 */
void
hd_reconcile_async (HdPortal            *portal,
                    HdStore             *store,
                    HdSubmission        *submission,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Reconcile *state = g_new0 (Reconcile, 1);
  g_autofree char *key = dup_key (submission);

  g_task_set_source_tag (task, hd_reconcile_async);
  state->portal = g_object_ref (portal);
  state->store = g_object_ref (store);
  state->submission = g_object_ref (submission);
  state->found = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, state, (GDestroyNotify) reconcile_free);

  hd_store_get_value_async (store, key, cancellable, baseline_read_cb, task);
}

/**
 * hd_reconcile_finish:
 * @result: what the callback was given
 * @error: return location for an error: then it is not known, and nothing may be sent
 *
 * Returns: (transfer full) (nullable): the request, if an earlier attempt had
 *   done its work; %NULL without an error if the submission is to be sent
 */
HdRequest *
hd_reconcile_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_reconcile_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
baseline_forgotten_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!hd_store_set_value_finish (HD_STORE (object), result, &error))
    g_debug ("a baseline could not be forgotten: %s", error->message);
}

/* The portal has it: the baseline has done its work. */
void
hd_reconcile_forget (HdStore      *store,
                     HdSubmission *submission)
{
  g_autofree char *key = dup_key (submission);

  hd_store_set_value_async (store, key, NULL, NULL, baseline_forgotten_cb, NULL);
}
