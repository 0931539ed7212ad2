/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-reconcile.h"

#include <string.h>

#include "hd-error.h"
#include "hd-essence.h"

/*
 * Not filing twice at a portal that has no idempotency keys.
 *
 * Before the first attempt we note what the portal already holds that looks like
 * the submission: the baseline, which is kept with the entry before anything is
 * sent.  When the answer to an attempt was lost, whatever looks like it and is not
 * in the baseline can only be that attempt's work.  Where the portal tells the
 * key under which a request was filed, that alone decides.
 *
 * What was on its way when the line was cut may still be at work in the server.
 * So that nothing is there is believed only when the attempt is a while ago.
 *
 *   reconcile_async → look → similar_found_cb or subject_got_cb → decide → finish
 *
 * Cancelling, confirming and the like need no baseline: their effect is to be
 * seen in the request itself.  What is said along with them has one.
 */

typedef struct
{
  HdPortal     *portal;      /* (owned) */
  HdSubmission *submission;  /* (owned) */
  guint         settle_ms;
  gboolean      is_first;    /* of nothing of it is unknown what became of it */
  GPtrArray    *found;       /* (owned) (element-type utf8): ids of what looks like it; NULL-terminated in the end */
  HdRequest    *request;     /* (owned) (nullable): what it is about */
} Reconcile;

static void
reconcile_free (Reconcile *state)
{
  g_clear_object (&state->portal);
  g_clear_object (&state->submission);
  g_ptr_array_unref (state->found);
  g_clear_object (&state->request);
  g_free (state);
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

/* --- Deciding --- */

/* What was sent, taken back and perhaps changed is not what is there: the person has to see that. */
static gboolean
was_taken_back (HdSubmission *submission)
{
  return hd_submission_get_attempts (submission) == 0;
}

static void
fail_as_sent_before (GTask *task)
{
  fail (task, g_error_new_literal (HD_ERROR, HD_ERROR_SENT_BEFORE, "the portal has it from before it was taken back"));
}

/* Of what was taken back and submitted again nobody knows any more when it was tried, but that it was before. */
static GDateTime *
get_last_try (HdSubmission *submission)
{
  return was_taken_back (submission) ? hd_submission_get_created_at (submission) : hd_submission_get_tried_at (submission);
}

/* Returns: how many milliseconds are left until what was under way must have arrived */
static gint64
get_time_to_settle (Reconcile *state)
{
  GDateTime *last_try = get_last_try (state->submission);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 passed = last_try != NULL ? g_date_time_difference (now, last_try) / G_TIME_SPAN_MILLISECOND : G_MAXINT64;

  if (state->is_first)
    return 0;

  if (passed >= 0)
    return MAX (state->settle_ms - passed, 0);

  /* The clock was set back: nobody knows how long it is. */
  g_object_set (state->submission, was_taken_back (state->submission) ? "created-at" : "tried-at", now, NULL);
  return state->settle_ms;
}

/* Nothing new is there. */
static void
go_ahead_or_wait (GTask *task)
{
  Reconcile *state = g_task_get_task_data (task);
  gint64 left = get_time_to_settle (state);
  GError *error = NULL;

  if (left == 0)
    {
      go_ahead (task);
      return;
    }

  error = g_error_new_literal (HD_ERROR, HD_ERROR_UNSETTLED, "what was sent may still arrive");
  hd_error_set_retry_after (error, (int) ((left + 999) / 1000));
  fail (task, error);
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
take_request (GTask      *task,
              const char *id)
{
  Reconcile *state = g_task_get_task_data (task);

  if (was_taken_back (state->submission))
    fail_as_sent_before (task);
  else
    hd_portal_get_request_async (state->portal, id, NULL, g_task_get_cancellable (task), request_got_cb, task);
}

/* Returns: (transfer none) (nullable): the id of what looks like the submission and is new; the first time of nothing */
static const char *
find_new (Reconcile *state)
{
  const char *const *baseline = hd_submission_get_baseline (state->submission);

  g_ptr_array_add (state->found, NULL);

  if (baseline == NULL)
    {
      g_object_set (state->submission, "baseline", state->found->pdata, NULL);
      return NULL;
    }

  for (guint i = 0; i + 1 < state->found->len; i++)
    {
      if (!g_strv_contains (baseline, state->found->pdata[i]))
        return state->found->pdata[i];
    }

  return NULL;
}

/* --- A new request --- */

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  HdRequest *request = *(HdRequest *const *) a;
  HdRequest *other = *(HdRequest *const *) b;
  GDateTime *created_at = hd_request_get_created_at (request);
  GDateTime *others = hd_request_get_created_at (other);
  int order = created_at != NULL && others != NULL ? g_date_time_compare (created_at, others) : 0;
  const char *id = hd_request_get_id (request);
  const char *others_id = hd_request_get_id (other);

  /* Of the same second, it is told by the numbers. */
  if (order == 0)
    order = (int) strlen (id) - (int) strlen (others_id);

  return order != 0 ? order : strcmp (id, others_id);
}

/*
 * Lists begin with what changed last.  What the network delivered twice is there twice: the
 * younger will be cancelled.
 *
 * Returns: (transfer full) (element-type HdRequest): the oldest first
 */
static GPtrArray *
sort_by_age (GListModel *similar)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (similar); i++)
    g_ptr_array_add (requests, g_list_model_get_item (similar, i));

  g_ptr_array_sort (requests, compare_age);
  return requests;
}

/* Returns: (transfer none) (nullable): the id of the one that was filed under our key */
static const char *
find_by_key (Reconcile *state,
             GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    {
      if (g_strcmp0 (hd_request_get_client_key (requests->pdata[i]), hd_submission_get_client_key (state->submission)) == 0)
        return hd_request_get_id (requests->pdata[i]);
    }

  return NULL;
}

static void
similar_found_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Reconcile *state = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GListModel) similar = hd_portal_find_similar_finish (HD_PORTAL (object), result, &error);
  g_autoptr (GPtrArray) requests = NULL;
  const char *id;

  if (similar == NULL)
    {
      fail (task, error);
      return;
    }

  requests = sort_by_age (similar);

  for (guint i = 0; i < requests->len; i++)
    {
      if (hd_request_get_client_key (requests->pdata[i]) == NULL)
        g_ptr_array_add (state->found, g_strdup (hd_request_get_id (requests->pdata[i])));
    }

  id = find_by_key (state, requests);
  if (id == NULL)
    id = find_new (state);

  if (id != NULL)
    take_request (task, id);
  else
    go_ahead_or_wait (task);
}

/* --- A reply, or something done to a request --- */

static gboolean
has_files (HdMessage *message,
           HdDraft   *draft)
{
  GListModel *sent = draft != NULL ? hd_draft_get_files (draft) : NULL;
  GListModel *there = hd_message_get_attachments (message);
  guint n_sent = sent != NULL ? g_list_model_get_n_items (sent) : 0;

  return n_sent == 0 || (there != NULL && g_list_model_get_n_items (there) >= n_sent);
}

/* Notes what the person has said in the request that looks like @text. */
static void
find_messages (Reconcile  *state,
               const char *text)
{
  GListModel *messages = hd_request_get_messages (state->request);
  HdDraft *draft = hd_submission_get_draft (state->submission);

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);

      if (hd_message_get_mine (message) && hd_essence_is_same (text, hd_message_get_text (message)) &&
          has_files (message, draft))
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
decide_on_reply (GTask *task)
{
  Reconcile *state = g_task_get_task_data (task);

  find_messages (state, hd_draft_get_text (hd_submission_get_draft (state->submission)));

  if (find_new (state) == NULL)
    go_ahead_or_wait (task);
  else if (was_taken_back (state->submission))
    fail_as_sent_before (task);
  else
    is_there (task, state->request);
}

/* What was said along with it is not said again. */
static void
decide_on_act (GTask *task)
{
  Reconcile *state = g_task_get_task_data (task);
  const char *comment = hd_submission_get_comment (state->submission);

  if (hd_submission_get_attempts (state->submission) > 0 && is_done (state->submission, state->request))
    {
      is_there (task, state->request);
      return;
    }

  if (comment != NULL && *comment != '\0')
    find_messages (state, comment);

  if (find_new (state) != NULL)
    g_object_set (state->submission, "comment-arrived", TRUE, NULL);

  go_ahead_or_wait (task);
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
    fail (task, error);
  else if (hd_submission_get_action (state->submission) == HD_ACTION_REPLY)
    decide_on_reply (task);
  else
    decide_on_act (task);
}

static void
look (GTask *task)
{
  Reconcile *state = g_task_get_task_data (task);
  HdSubmission *submission = state->submission;
  HdAction action = hd_submission_get_action (submission);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (action == HD_ACTION_SUBMIT && hd_submission_get_draft (submission) != NULL)
    hd_portal_find_similar_async (state->portal, submission, cancellable, similar_found_cb, task);
  else if (action != HD_ACTION_SUBMIT && action != HD_ACTION_FEEDBACK && hd_submission_get_request_id (submission) != NULL)
    hd_portal_get_request_async (state->portal, hd_submission_get_request_id (submission), NULL, cancellable,
                                 subject_got_cb, task);
  else
    go_ahead (task);
}

/**
 * hd_reconcile_async:
 * @portal: a portal that has no idempotency keys
 * @submission: what is about to be sent; its baseline is set, and has to be on disk before it is
 * @settle_ms: how long after an attempt something of it may still arrive
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * To be called before every attempt.
 */
void
hd_reconcile_async (HdPortal            *portal,
                    HdSubmission        *submission,
                    guint                settle_ms,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Reconcile *state = g_new0 (Reconcile, 1);

  g_task_set_source_tag (task, hd_reconcile_async);
  state->portal = g_object_ref (portal);
  state->submission = g_object_ref (submission);
  state->settle_ms = settle_ms;
  state->is_first = hd_submission_get_baseline (submission) == NULL;
  state->found = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, state, (GDestroyNotify) reconcile_free);
  look (task);
}

/**
 * hd_reconcile_finish:
 * @result: what the callback was given
 * @error: return location for an error: then nothing may be sent.  %HD_ERROR_UNSETTLED: not yet;
 *   %HD_ERROR_SENT_BEFORE: there is what was sent before it was taken back
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
