/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-send-flow.h"

#include "hd-error.h"

/**
 * HdSendFlow:
 *
 * Follows one submission from the button to its end, whichever it is:
 *
 *   start → in the outbox ─┬→ “sent” (HdRequest)
 *                          ├→ “queued” (HdSubmission), then “sent” whenever it gets through
 *                          ├→ “refused” (HdDraft, HdIssue list, GError): it is a draft again
 *                          └→ stop → “stopped” (HdDraft): it is a draft again
 *         “failed” (GError): it did not get into the outbox; the draft is as it was
 *
 * Lives on the main thread.
 */

typedef enum
{
  STATE_NEW,
  STATE_ENQUEUING,
  STATE_SENDING,
  STATE_STOPPING,
  STATE_QUEUED,
  STATE_RETURNING,
  STATE_DONE,
} SendState;

struct _HdSendFlow
{
  GObject       parent_instance;

  HdSession    *session;        /* (owned) */
  HdSubmission *submission;     /* (owned) (nullable) */
  GError       *refusal;        /* (owned) (nullable): why it becomes a draft again, if not by the person's wish */
  GListModel   *issues;         /* (owned) (nullable) (element-type HdIssue) */
  GCancellable *cancellable;    /* (owned) */
  SendState     state;
  gboolean      looking;
  gboolean      stop_wanted;
};

G_DEFINE_FINAL_TYPE (HdSendFlow, hd_send_flow, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_SENT,
  SIGNAL_QUEUED,
  SIGNAL_REFUSED,
  SIGNAL_STOPPED,
  SIGNAL_FAILED,
  N_SIGNALS,
} HdSendFlowSignal;

static guint signals[N_SIGNALS];

static void look_into_outbox (HdSendFlow *self);

static gboolean
is_ours (HdSendFlow   *self,
         HdSubmission *submission)
{
  return self->submission != NULL &&
         g_strcmp0 (hd_submission_get_id (self->submission), hd_submission_get_id (submission)) == 0;
}

static void
returned_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  HdSendFlow *self = user_data;
  g_autoptr (HdSendFlow) alive = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdDraft) draft = hd_store_return_to_draft_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  /* It was sent in the very last moment: its end comes as “submission-finished”. */
  if (draft == NULL && self->refusal == NULL)
    {
      self->state = STATE_SENDING;
      return;
    }

  alive = g_object_ref (self);
  self->state = STATE_DONE;

  if (self->refusal != NULL)
    g_signal_emit (self, signals[SIGNAL_REFUSED], 0, draft, self->issues, self->refusal);
  else
    g_signal_emit (self, signals[SIGNAL_STOPPED], 0, draft);
}

static void
return_to_draft (HdSendFlow *self)
{
  self->state = STATE_RETURNING;
  hd_store_return_to_draft_async (hd_session_get_store (self->session), hd_submission_get_id (self->submission),
                                  self->cancellable, returned_cb, self);
}

static void
note_refusal (HdSendFlow   *self,
              HdSubmission *submission,
              const GError *error)
{
  GListModel *issues = hd_submission_get_issues (submission);

  if (issues == NULL)
    issues = hd_error_get_fields (error);

  g_clear_error (&self->refusal);
  self->refusal = error != NULL ? g_error_copy (error)
                                : g_error_new_literal (HD_ERROR, HD_ERROR_REFUSED, "refused by the portal");
  g_set_object (&self->issues, issues);
  return_to_draft (self);
}

static void
note_queued (HdSendFlow   *self,
             HdSubmission *submission)
{
  self->state = STATE_QUEUED;
  g_signal_emit (self, signals[SIGNAL_QUEUED], 0, submission);
}

static void
outbox_listed (HdSendFlow   *self,
               HdSubmission *entry)
{
  HdSubmissionState state = hd_submission_get_state (entry);

  if (self->state == STATE_STOPPING && state != HD_SUBMISSION_STATE_SENDING)
    return_to_draft (self);
  else if (self->state == STATE_SENDING && state == HD_SUBMISSION_STATE_QUEUED &&
           (hd_submission_get_attempts (entry) > 0 || hd_session_get_offline_since (self->session) != NULL))
    note_queued (self, entry);
  else if (self->state == STATE_SENDING && state == HD_SUBMISSION_STATE_REFUSED)
    note_refusal (self, entry, NULL);
}

static void
outbox_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HdSendFlow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) entries = hd_store_list_outbox_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  self->looking = FALSE;

  for (guint i = 0; entries != NULL && i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (HdSubmission) entry = g_list_model_get_item (entries, i);

      if (is_ours (self, entry))
        {
          outbox_listed (self, entry);
          return;
        }
    }
}

static void
look_into_outbox (HdSendFlow *self)
{
  if (self->looking || (self->state != STATE_SENDING && self->state != STATE_STOPPING))
    return;

  self->looking = TRUE;
  hd_store_list_outbox_async (hd_session_get_store (self->session), self->cancellable, outbox_listed_cb, self);
}

static void
store_changed_cb (HdSendFlow    *self,
                  HdStoreTopics  topics)
{
  if ((topics & HD_STORE_OUTBOX) != 0)
    look_into_outbox (self);
}

static void
finished_cb (HdSendFlow   *self,
             HdSubmission *submission,
             HdRequest    *request)
{
  if (!is_ours (self, submission) || self->state == STATE_DONE)
    return;

  self->state = STATE_DONE;
  g_signal_emit (self, signals[SIGNAL_SENT], 0, request);
}

static void
failed_cb (HdSendFlow   *self,
           HdSubmission *submission,
           GError       *error)
{
  if (!is_ours (self, submission) || self->state == STATE_DONE || self->state == STATE_RETURNING)
    return;

  /* Once it is in the outbox for later, the outbox tells what became of it. */
  if (self->state != STATE_QUEUED)
    note_refusal (self, submission, error);
}

static void
submitted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HdSendFlow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hd_session_submit_finish (HD_SESSION (object), result, &error))
    {
      self->state = STATE_DONE;
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      return;
    }

  if (self->state == STATE_ENQUEUING)
    {
      self->state = STATE_SENDING;
      if (self->stop_wanted)
        hd_send_flow_stop (self);
      else
        look_into_outbox (self);
    }
}

static void
hd_send_flow_dispose (GObject *object)
{
  HdSendFlow *self = HD_SEND_FLOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->submission);
  g_clear_object (&self->issues);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (hd_send_flow_parent_class)->dispose (object);
}

static void
hd_send_flow_class_init (HdSendFlowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_send_flow_dispose;

  signals[SIGNAL_SENT] = g_signal_new ("sent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, HD_TYPE_REQUEST);
  signals[SIGNAL_QUEUED] = g_signal_new ("queued", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, HD_TYPE_SUBMISSION);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 3, HD_TYPE_DRAFT, G_TYPE_LIST_MODEL, G_TYPE_ERROR);
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, HD_TYPE_DRAFT);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
hd_send_flow_init (HdSendFlow *self)
{
  self->cancellable = g_cancellable_new ();
}

HdSendFlow *
hd_send_flow_new (HdSession *session)
{
  HdSendFlow *self;

  g_return_val_if_fail (HD_IS_SESSION (session), NULL);

  self = g_object_new (HD_TYPE_SEND_FLOW, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "submission-finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "submission-failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::offline-since", G_CALLBACK (look_into_outbox), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hd_session_get_store (session), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * hd_send_flow_start:
 * @self: a flow that was not started
 * @submission: what to send
 *
 * Sends, or keeps for sending.  Goes on when the page has gone.
 */
void
hd_send_flow_start (HdSendFlow   *self,
                    HdSubmission *submission)
{
  g_return_if_fail (HD_IS_SEND_FLOW (self) && self->state == STATE_NEW);

  self->state = STATE_ENQUEUING;
  self->submission = g_object_ref (submission);
  hd_session_submit_async (self->session, submission, NULL, submitted_cb, g_object_ref (self));
}

/* The person does not want it sent after all. */
void
hd_send_flow_stop (HdSendFlow *self)
{
  g_return_if_fail (HD_IS_SEND_FLOW (self));

  self->stop_wanted = TRUE;

  if (self->state != STATE_SENDING)
    return;

  self->state = STATE_STOPPING;
  hd_session_stop_submission (self->session, hd_submission_get_id (self->submission));
  look_into_outbox (self);
}

/* Returns: (transfer none) (nullable): the bytes that are under way */
HdProgress *
hd_send_flow_get_progress (HdSendFlow *self)
{
  g_return_val_if_fail (HD_IS_SEND_FLOW (self), NULL);

  if (self->submission == NULL || self->state == STATE_DONE)
    return NULL;

  return hd_session_get_progress (self->session, hd_submission_get_id (self->submission));
}
