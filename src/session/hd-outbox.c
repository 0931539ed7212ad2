/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox.h"

#include "hd-backoff.h"
#include "hd-error.h"

/*
 * The rules of the outbox, apart from the sending: whose turn it is, what may
 * pass by itself, what the person can do to an entry.
 */

#define STORAGE_ATTEMPTS 3
/* No wait is longer, whatever a portal asks; what seems to be comes from a clock that was set. */
#define LONGEST_MS (60 * 60 * 1000)

/* --- Whose turn it is --- */

/* An entry that is “sending” while nothing is being sent was cut short. */
static gboolean
is_waiting (HdSubmission *submission)
{
  HdSubmissionState state = hd_submission_get_state (submission);

  return state == HD_SUBMISSION_STATE_QUEUED || state == HD_SUBMISSION_STATE_SENDING;
}

static gboolean
is_about_connection (HdSubmission *submission)
{
  gint64 code = hd_submission_get_error_code (submission);

  return hd_submission_get_error_title (submission) != NULL &&
         (code == HD_ERROR_NETWORK || code == HD_ERROR_NAME || code == HD_ERROR_TLS ||
          code == HD_ERROR_UNAVAILABLE || code == HD_ERROR_MAINTENANCE);
}

/* Returns: in how many milliseconds it is due, 0 or less if it is, or if the clock was set back since it was seen to */
static gint64
get_wait (HdSubmission *submission,
          GDateTime    *now,
          gboolean      is_back)
{
  GDateTime *next = hd_submission_get_next_attempt_at (submission);
  GDateTime *tried_at = hd_submission_get_tried_at (submission);
  gint64 wait;

  if (next == NULL || (is_back && is_about_connection (submission)) ||
      (tried_at != NULL && g_date_time_compare (now, tried_at) < 0))
    return 0;

  wait = (g_date_time_difference (next, now) + G_TIME_SPAN_MILLISECOND - 1) / G_TIME_SPAN_MILLISECOND;
  return wait <= LONGEST_MS ? wait : 0;
}

static const char *
get_offering_id (HdSubmission *submission)
{
  HdDraft *draft = hd_submission_get_draft (submission);

  return hd_submission_get_action (submission) == HD_ACTION_SUBMIT && draft != NULL ? hd_draft_get_offering_id (draft)
                                                                                    : NULL;
}

/*
 * About the same request; or a new one for the same offering, of which it is known
 * only by its looks whether it has arrived: what is sent meanwhile could be taken for it.
 */
static gboolean
must_precede (HdSubmission *older,
              HdSubmission *submission)
{
  const char *request_id = hd_submission_get_request_id (submission);
  const char *offering_id = get_offering_id (submission);

  if (hd_submission_get_state (older) == HD_SUBMISSION_STATE_REFUSED)
    return FALSE;

  if (request_id != NULL)
    return g_strcmp0 (hd_submission_get_request_id (older), request_id) == 0;

  return offering_id != NULL && hd_submission_get_baseline (older) != NULL &&
         g_strcmp0 (get_offering_id (older), offering_id) == 0;
}

static gboolean
has_older (GListModel   *outbox,
           guint         position,
           HdSubmission *submission)
{
  for (guint i = 0; i < position; i++)
    {
      g_autoptr (HdSubmission) older = g_list_model_get_item (outbox, i);

      if (must_precede (older, submission))
        return TRUE;
    }

  return FALSE;
}

/**
 * hd_outbox_choose:
 * @outbox: (element-type HdSubmission): the entries, oldest first
 * @now: the time
 * @is_back: whether waits because of the connection are over
 * @wait_ms: (out): if nothing is due, in how many milliseconds something will be; -1 for never
 *
 * What concerns one request goes in order: an entry waits for the older ones,
 * even for one that the person paused, but not for one that was refused.
 *
 * Returns: (transfer full) (nullable): the entry to send now
 */
HdSubmission *
hd_outbox_choose (GListModel *outbox,
                  GDateTime  *now,
                  gboolean    is_back,
                  gint64     *wait_ms)
{
  *wait_ms = -1;

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) submission = g_list_model_get_item (outbox, i);
      gint64 its_wait;

      if (!is_waiting (submission) || has_older (outbox, i, submission))
        continue;

      its_wait = get_wait (submission, now, is_back);

      if (its_wait <= 0)
        return g_steal_pointer (&submission);

      *wait_ms = *wait_ms < 0 ? its_wait : MIN (*wait_ms, its_wait);
    }

  return NULL;
}

/**
 * hd_outbox_complete:
 * @submission: a new entry
 *
 * Sets its id, client key and time where the caller left them open, and queues it.
 */
void
hd_outbox_complete (HdSubmission *submission)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (hd_submission_get_id (submission) == NULL)
    g_object_set (submission, "id", id, NULL);

  if (hd_submission_get_client_key (submission) == NULL)
    g_object_set (submission, "client-key", key, NULL);

  if (hd_submission_get_created_at (submission) == NULL)
    g_object_set (submission, "created-at", now, NULL);

  g_object_set (submission, "state", HD_SUBMISSION_STATE_QUEUED, NULL);
}

/* --- What an error means --- */

/* Keeps with the entry what its page shows. */
void
hd_outbox_describe (HdSubmission *submission,
                    const GError *error)
{
  g_autofree char *title = hd_error_dup_title (error);
  g_autofree char *text = hd_error_dup_text (error);

  g_object_set (submission,
                "error-code", (gint64) error->code,
                "error-title", title,
                "error-text", text,
                "issues", hd_error_get_fields (error),
                NULL);
}

/**
 * hd_outbox_may_pass:
 * @submission: an entry
 * @error: how the attempt ended
 *
 * Returns: whether to try again without asking the person.  A full disk may be
 *   emptied, but a file that cannot be read after some attempts never will
 */
gboolean
hd_outbox_may_pass (HdSubmission *submission,
                    const GError *error)
{
  if (g_error_matches (error, HD_ERROR, HD_ERROR_STORAGE))
    return hd_submission_get_attempts (submission) < STORAGE_ATTEMPTS;

  return hd_error_is_transient (error) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_LOCKED) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_CREDENTIALS);
}

/* Returns: whether nothing can be sent before somebody signs in */
gboolean
hd_outbox_wants_sign_in (const GError *error)
{
  return g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_CREDENTIALS);
}

/* When it was last seen to, by the clock that says when to try again. */
void
hd_outbox_note_try (HdSubmission *submission)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_object_set (submission, "tried-at", now, NULL);
}

/**
 * hd_outbox_postpone:
 * @submission: an entry
 * @error: how the attempt ended
 * @first_ms: the window of the first wait
 * @most_ms: the largest window
 *
 * Sets when to try again: later with every attempt, and no earlier than the
 * portal asks, if that is no more than an hour.
 *
 * Returns: in how many milliseconds
 */
gint64
hd_outbox_postpone (HdSubmission *submission,
                    const GError *error,
                    guint         first_ms,
                    guint         most_ms)
{
  guint attempts = (guint) CLAMP (hd_submission_get_attempts (submission), 1, 100);
  gint64 asked = MIN ((gint64) hd_error_get_retry_after (error) * 1000, LONGEST_MS);
  gint64 delay = MAX (asked, (gint64) hd_backoff_delay_ms (attempts, first_ms, most_ms));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) next = g_date_time_add (now, delay * G_TIME_SPAN_MILLISECOND);

  g_object_set (submission, "next-attempt-at", next, NULL);

  /* Else it would never be long ago. */
  if (!g_error_matches (error, HD_ERROR, HD_ERROR_UNSETTLED))
    g_object_set (submission, "tried-at", now, NULL);

  return delay;
}

/* --- What can be done to an entry --- */

gboolean
hd_outbox_pause (HdSubmission *submission,
                 const char   *id)
{
  if (g_strcmp0 (hd_submission_get_id (submission), id) != 0 || !is_waiting (submission))
    return FALSE;

  g_object_set (submission, "state", HD_SUBMISSION_STATE_PAUSED, NULL);
  return TRUE;
}

/* With an id, whatever state that entry is in: the person says so.  Without, all but the refused ones. */
gboolean
hd_outbox_queue (HdSubmission *submission,
                 const char   *id)
{
  HdSubmissionState state = hd_submission_get_state (submission);

  if (id != NULL ? g_strcmp0 (hd_submission_get_id (submission), id) != 0
                 : state == HD_SUBMISSION_STATE_REFUSED)
    return FALSE;

  g_object_set (submission,
                "state", HD_SUBMISSION_STATE_QUEUED,
                "next-attempt-at", NULL,
                "error-code", (gint64) 0,
                "error-title", NULL,
                "error-text", NULL,
                "issues", NULL,
                NULL);
  return TRUE;
}

/* What a crash cut short is queued again, under the same key. */
gboolean
hd_outbox_recover (HdSubmission *submission,
                   const char   *id)
{
  if (hd_submission_get_state (submission) != HD_SUBMISSION_STATE_SENDING)
    return FALSE;

  g_object_set (submission, "state", HD_SUBMISSION_STATE_QUEUED, NULL);
  hd_outbox_note_try (submission);
  return TRUE;
}

/*
 * change: changes entries that are not being sent.
 *
 *   change_async → outbox_listed_cb → keep_next ⇄ entry_kept_cb → finish
 */

typedef struct
{
  HdOutboxChange  change;
  char           *id;         /* (owned) (nullable) */
  char           *except_id;  /* (owned) (nullable) */
  GPtrArray      *changed;    /* (owned) (element-type HdSubmission) */
} Change;

static void
change_free (Change *change)
{
  g_free (change->id);
  g_free (change->except_id);
  g_ptr_array_unref (change->changed);
  g_free (change);
}

static void keep_next (GTask *task);

static void
entry_kept_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  /* One that was sent meanwhile keeps nobody from changing the others. */
  if (hd_store_update_submission_finish (HD_STORE (object), result, &error) ||
      g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND))
    {
      keep_next (task);
      return;
    }

  g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
}

static void
keep_next (GTask *task)
{
  Change *change = g_task_get_task_data (task);
  g_autoptr (HdSubmission) submission = NULL;

  if (change->changed->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  submission = g_ptr_array_steal_index (change->changed, 0);
  hd_store_update_submission_async (g_task_get_source_object (task), submission, NULL, entry_kept_cb, task);
}

static void
outbox_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GListModel) outbox = hd_store_list_outbox_finish (HD_STORE (object), result, &error);

  if (outbox == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr (HdSubmission) submission = g_list_model_get_item (outbox, i);

      if (g_strcmp0 (hd_submission_get_id (submission), change->except_id) != 0 &&
          change->change (submission, change->id))
        g_ptr_array_add (change->changed, g_steal_pointer (&submission));
    }

  keep_next (task);
}

/**
 * hd_outbox_change_async:
 * @store: where the outbox is
 * @change: what to do to each entry
 * @id: (nullable): for @change
 * @except_id: (nullable): an entry to leave alone, since it is being sent
 * @callback: called when done
 * @user_data: for @callback
 *
 * Changes the entries that @change changes.
 */
void
hd_outbox_change_async (HdStore             *store,
                        HdOutboxChange       change,
                        const char          *id,
                        const char          *except_id,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  Change *state = g_new0 (Change, 1);

  g_task_set_source_tag (task, hd_outbox_change_async);
  state->change = change;
  state->id = g_strdup (id);
  state->except_id = g_strdup (except_id);
  state->changed = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, state, (GDestroyNotify) change_free);

  hd_store_list_outbox_async (store, NULL, outbox_listed_cb, task);
}

/**
 * hd_outbox_change_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether all of it is on disk
 */
gboolean
hd_outbox_change_finish (HdStore       *store,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_outbox_change_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
