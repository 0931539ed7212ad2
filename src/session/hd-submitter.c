/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-submitter.h"

#include "hd-attempt.h"
#include "hd-error.h"
#include "hd-outbox.h"
#include "hd-submitter-private.h"

/**
 * HdSubmitter:
 *
 * Sends what is in the outbox, oldest first, one at a time, each exactly once.
 *
 *   pump → outbox_listed_cb → choose → attempt_async → attempted_cb → kept_cb or finished_cb → pump
 *
 * An entry carries a client key from before the first attempt on, and the key
 * never changes, so a portal recognises an attempt whose answer was lost; for
 * portals that cannot, see hd-reconcile.c.  What concerns one request goes in
 * the order in which the person did it.
 *
 * What may pass by itself (no connection, maintenance) is tried again, later and
 * later; what the portal refused waits for the person.  An entry found in the
 * state “sending” when nothing is being sent was cut short by a crash.
 *
 * Signals: “finished” (HdSubmission, HdRequest or %NULL), “failed” (HdSubmission, GError),
 * “answered” (GError or %NULL) after each attempt.  Main thread.
 */

#define FIRST_MS 2000
#define MOST_MS (10 * 60 * 1000)
#define LOCK_MS 1000
#define SETTLE_MS (15 * 1000)

G_DEFINE_FINAL_TYPE (HdSubmitter, hd_submitter, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_FINISHED,
  SIGNAL_FAILED,
  SIGNAL_ANSWERED,
} HdSubmitterSignal;

static guint signals[SIGNAL_ANSWERED + 1];

static gboolean
timer_cb (gpointer user_data)
{
  HdSubmitter *self = user_data;

  self->timer_id = 0;
  hd_submitter_pump (self);
  return G_SOURCE_REMOVE;
}

static void
pump_in (HdSubmitter *self,
         gint64       delay_ms)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add ((guint) CLAMP (delay_ms, 1, 60 * 60 * 1000), timer_cb, self);
}

static void
release (HdSubmitter *self)
{
  g_clear_object (&self->current);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->progress);
  self->stopped = FALSE;
  hd_outbox_lock_leave (self->lock);
}

gboolean
hd_submitter_is_current (HdSubmitter *self,
                         const char  *submission_id)
{
  return self->current != NULL && g_strcmp0 (hd_submission_get_id (self->current), submission_id) == 0;
}

/* --- How it ended --- */

typedef struct
{
  HdSubmitter  *self;        /* (owned) */
  HdSubmission *submission;  /* (owned) */
  HdRequest    *request;     /* (owned) (nullable) */
  GError       *error;       /* (owned) (nullable) */
} Outcome;

static Outcome *
outcome_new (HdSubmitter  *self,
             HdRequest    *request,
             const GError *error)
{
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->self = g_object_ref (self);
  outcome->submission = g_object_ref (self->current);
  outcome->request = request != NULL ? g_object_ref (request) : NULL;
  outcome->error = error != NULL ? g_error_copy (error) : NULL;

  return outcome;
}

static void
outcome_free (Outcome *outcome)
{
  g_clear_object (&outcome->self);
  g_clear_object (&outcome->submission);
  g_clear_object (&outcome->request);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Outcome) outcome = user_data;
  HdSubmitter *self = outcome->self;
  g_autoptr (GError) error = NULL;

  release (self);

  if (!hd_store_finish_submission_finish (HD_STORE (object), result, &error))
    {
      /* The portal has it, but the disk does not know: the same key will bring the same answer. */
      g_debug ("a sent entry could not be taken out of the outbox: %s", error->message);
      pump_in (self, self->most_ms);
      return;
    }

  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, outcome->submission, outcome->request);
  hd_submitter_pump (self);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Outcome) outcome = user_data;
  HdSubmitter *self = outcome->self;
  g_autoptr (GError) error = NULL;
  gboolean is_gone;

  hd_store_update_submission_finish (HD_STORE (object), result, &error);
  is_gone = g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND);

  /* A full disk holds up all that comes; an entry that the person took back meanwhile does not. */
  if (error != NULL && !is_gone)
    {
      g_debug ("the state of an entry could not be kept: %s", error->message);
      self->hold_until = g_get_monotonic_time () + self->most_ms * G_TIME_SPAN_MILLISECOND;
    }

  release (self);

  if (!is_gone && hd_submission_get_state (outcome->submission) == HD_SUBMISSION_STATE_REFUSED)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, outcome->submission, outcome->error);

  hd_submitter_pump (self);
}

static void
postpone (HdSubmitter  *self,
          const GError *error)
{
  gint64 delay = hd_outbox_postpone (self->current, error, self->first_ms, self->most_ms);

  /* What stopped this entry would stop every other. */
  if (hd_error_is_unreachable (error))
    self->hold_until = g_get_monotonic_time () + delay * G_TIME_SPAN_MILLISECOND;
}

static void
take_failure (HdSubmitter  *self,
              const GError *error)
{
  HdSubmissionState state = HD_SUBMISSION_STATE_QUEUED;
  gboolean was_sent = hd_submission_get_state (self->current) == HD_SUBMISSION_STATE_SENDING;

  self->is_back = FALSE;

  if (was_sent)
    hd_outbox_note_try (self->current);

  if (hd_error_is_cancelled (error))
    {
      state = self->stopped ? HD_SUBMISSION_STATE_PAUSED : HD_SUBMISSION_STATE_QUEUED;
    }
  else
    {
      hd_outbox_describe (self->current, error);

      if (hd_outbox_wants_sign_in (error))
        self->enabled = FALSE;
      else if (hd_outbox_may_pass (self->current, error))
        postpone (self, error);
      else
        state = HD_SUBMISSION_STATE_REFUSED;
    }

  /* What was refused has become nothing. */
  if (was_sent && state == HD_SUBMISSION_STATE_REFUSED)
    g_object_set (self->current, "baseline", NULL, NULL);

  g_object_set (self->current, "state", state, NULL);
  hd_store_update_submission_async (self->store, self->current, NULL, kept_cb, outcome_new (self, NULL, error));
}

static void
attempted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HdSubmitter) self = user_data;
  g_autoptr (HdRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  if (hd_attempt_finish (result, &request, &error))
    hd_store_finish_submission_async (self->store, hd_submission_get_id (self->current), request, NULL,
                                      finished_cb, outcome_new (self, request, NULL));
  else
    take_failure (self, error);

  if (!hd_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, error);
}

/* --- Whose turn it is --- */

static void
outbox_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (HdSubmitter) self = user_data;
  g_autoptr (GListModel) outbox = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;
  gint64 wait = -1;

  outbox = hd_store_list_outbox_finish (HD_STORE (object), result, &error);
  self->listing = FALSE;

  if (!self->enabled)
    {
      hd_outbox_lock_leave (self->lock);
      return;
    }

  if (self->again)
    {
      hd_submitter_pump (self);
      return;
    }

  if (outbox != NULL)
    self->current = hd_outbox_choose (outbox, now, self->is_back, &wait);

  if (self->current != NULL)
    {
      /* Cut short by the end of another program, nobody knows when. */
      if (hd_submission_get_state (self->current) == HD_SUBMISSION_STATE_SENDING)
        hd_outbox_recover (self->current, NULL);

      self->cancellable = g_cancellable_new ();
      self->progress = hd_progress_new ();
      hd_attempt_async (self->portal, self->store, self->capabilities, self->settle_ms, self->current,
                        self->progress, self->cancellable, attempted_cb, g_object_ref (self));
    }
  else
    {
      self->is_back = FALSE;
      hd_outbox_lock_leave (self->lock);

      /* Whatever keeps it from being read may pass. */
      if (outbox == NULL)
        wait = self->most_ms;

      if (wait > 0)
        pump_in (self, wait);
    }
}

/* Sends what is due, unless something is being sent already. */
void
hd_submitter_pump (HdSubmitter *self)
{
  gint64 hold = self->hold_until - g_get_monotonic_time ();

  if (!self->enabled || self->current != NULL)
    return;

  if (self->listing)
    {
      self->again = TRUE;
      return;
    }

  if (hold > 0)
    {
      pump_in (self, hold / G_TIME_SPAN_MILLISECOND + 1);
      return;
    }

  self->again = FALSE;

  /* Another process is sending from the same outbox. */
  if (!hd_outbox_lock_take (self->lock))
    {
      pump_in (self, LOCK_MS);
      return;
    }

  self->listing = TRUE;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  hd_store_list_outbox_async (self->store, NULL, outbox_listed_cb, g_object_ref (self));
}

static void
hd_submitter_dispose (GObject *object)
{
  HdSubmitter *self = HD_SUBMITTER (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);

  G_OBJECT_CLASS (hd_submitter_parent_class)->dispose (object);
}

static void
hd_submitter_finalize (GObject *object)
{
  HdSubmitter *self = HD_SUBMITTER (object);

  release (self);
  g_clear_pointer (&self->lock, hd_outbox_lock_free);
  g_clear_object (&self->portal);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (hd_submitter_parent_class)->finalize (object);
}

static void
hd_submitter_class_init (HdSubmitterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_submitter_dispose;
  object_class->finalize = hd_submitter_finalize;

  signals[SIGNAL_FINISHED] = g_signal_new ("finished", HD_TYPE_SUBMITTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, HD_TYPE_SUBMISSION, HD_TYPE_REQUEST);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", HD_TYPE_SUBMITTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, HD_TYPE_SUBMISSION, G_TYPE_ERROR);
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", HD_TYPE_SUBMITTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
hd_submitter_init (HdSubmitter *self)
{
  hd_submitter_set_back_off (self, FIRST_MS, MOST_MS);
  hd_submitter_set_settle (self, SETTLE_MS);
}

/**
 * hd_submitter_new:
 * @portal: where to
 * @store: where the outbox is
 *
 * Returns: (transfer full): a submitter that sends nothing before it is enabled
 */
HdSubmitter *
hd_submitter_new (HdPortal *portal,
                  HdStore  *store)
{
  HdSubmitter *self = g_object_new (HD_TYPE_SUBMITTER, NULL);

  self->portal = g_object_ref (portal);
  self->store = g_object_ref (store);
  self->capabilities = hd_portal_get_capabilities (portal);

  return self;
}

/* For tests: the window of the first wait, and the largest. */
void
hd_submitter_set_back_off (HdSubmitter *self,
                           guint        first_ms,
                           guint        most_ms)
{
  self->first_ms = first_ms;
  self->most_ms = most_ms;
}

/* For tests: how long a portal that knows no keys may be at work on what was sent when the line was cut. */
void
hd_submitter_set_settle (HdSubmitter *self,
                         guint        settle_ms)
{
  self->settle_ms = settle_ms;
}

/* Where the right to send is to be had, if more than one process may have the outbox open. */
void
hd_submitter_set_lock_file (HdSubmitter *self,
                            const char  *path)
{
  g_return_if_fail (HD_IS_SUBMITTER (self));

  g_clear_pointer (&self->lock, hd_outbox_lock_free);
  self->lock = hd_outbox_lock_new (path);
}

/* What this portal can do, which may be less than its kind can. */
void
hd_submitter_set_capabilities (HdSubmitter          *self,
                               HdPortalCapabilities  capabilities)
{
  g_return_if_fail (HD_IS_SUBMITTER (self));

  self->capabilities = capabilities;
}

/**
 * hd_submitter_set_enabled:
 * @self: a submitter
 * @enabled: whether somebody is signed in
 *
 * Lets it send, or stops what it is sending; that stays in the outbox.
 */
void
hd_submitter_set_enabled (HdSubmitter *self,
                          gboolean     enabled)
{
  g_return_if_fail (HD_IS_SUBMITTER (self));

  self->enabled = enabled;

  if (enabled)
    {
      self->hold_until = 0;
      hd_submitter_pump (self);
      return;
    }

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

/* Returns: whether something about that request is being sent; with %NULL, a new request */
gboolean
hd_submitter_is_sending (HdSubmitter *self,
                         const char  *request_id)
{
  g_return_val_if_fail (HD_IS_SUBMITTER (self), FALSE);

  return self->current != NULL && g_strcmp0 (hd_submission_get_request_id (self->current), request_id) == 0;
}

/* The portal can be reached again: what waits for that waits no longer. */
void
hd_submitter_portal_is_back (HdSubmitter *self)
{
  g_return_if_fail (HD_IS_SUBMITTER (self));

  self->is_back = TRUE;
  self->hold_until = 0;
  hd_submitter_pump (self);
}

/* Returns: (transfer none) (nullable): the bytes of the entry, if it is being sent */
HdProgress *
hd_submitter_get_progress (HdSubmitter *self,
                           const char  *submission_id)
{
  g_return_val_if_fail (HD_IS_SUBMITTER (self), NULL);

  return hd_submitter_is_current (self, submission_id) ? self->progress : NULL;
}
