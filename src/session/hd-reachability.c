/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-reachability.h"

#include "hd-backoff.h"
#include "hd-error.h"

/**
 * HdReachability:
 *
 * Whether the portal can be reached; if not, since when and why.
 *
 * The evidence is the outcome of the calls that are made anyway, told by
 * hd_reachability_note().  While the portal is out of reach, it is asked for
 * its information now and then, and at once when the network changed.  The
 * network monitor alone decides nothing: it knows links and routes, not portals.
 *
 * That one call failed at the portal (5xx) may be the fault of the part that it
 * was for, so the information is asked for, and what that ends with counts.
 *
 * A short failure or a short recovery changes nothing, so that a banner does
 * not flicker: it takes a second of failure to be out of reach, and three
 * seconds without another failure to be back.
 *
 * That the portal wants the password again is told in the same place, as it
 * too stops everything, but it is no lack of reach and is not probed.
 *
 * Signals: “changed”, when hd_reachability_get_error() did;
 * “probed” (HdPortalInfo), when a probe was answered.  Main thread.
 */

#define UP_MS 3000
#define DOWN_MS 1000
#define FIRST_PROBE_MS 5000
#define MOST_PROBE_MS (60 * 1000)

struct _HdReachability
{
  GObject          parent_instance;

  HdPortal        *portal;          /* (owned) */
  GNetworkMonitor *monitor;         /* (owned) (nullable): the default one from the first failure on */
  gulong           network_changed_id;
  GCancellable    *probe;           /* (owned) (nullable): of the probe under way */
  gboolean         stopped;

  guint            up_ms;
  guint            down_ms;
  guint            first_probe_ms;
  guint            most_probe_ms;

  guint            up_id;
  guint            down_id;
  guint            probe_id;
  guint            n_failures;      /* in a row */

  GError          *failure;         /* (owned) (nullable): the newest, not yet believed */
  GDateTime       *failing_since;   /* (owned) (nullable) */

  GError          *error;           /* (owned) (nullable): why it is out of reach */
  GDateTime       *since;           /* (owned) (nullable) */
  GError          *signed_out;      /* (owned) (nullable) */
  GDateTime       *signed_out_since; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdReachability, hd_reachability, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_PROBED,
} HdReachabilitySignal;

static guint signals[SIGNAL_PROBED + 1];

static void
emit_changed (HdReachability *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_time (GDateTime **time)
{
  g_clear_pointer (time, g_date_time_unref);
  *time = g_date_time_new_now_utc ();
}

static gboolean
probe_due_cb (gpointer user_data)
{
  HdReachability *self = user_data;

  self->probe_id = 0;
  hd_reachability_probe (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_probe (HdReachability *self,
                const GError   *error)
{
  guint delay = hd_backoff_delay_ms (self->n_failures, self->first_probe_ms, self->most_probe_ms);
  int retry_after = hd_error_get_retry_after (error);

  if (self->stopped)
    return;

  if (retry_after > 0)
    delay = MAX (delay, (guint) MIN (retry_after, 15 * 60) * 1000);

  g_clear_handle_id (&self->probe_id, g_source_remove);
  self->probe_id = g_timeout_add (delay, probe_due_cb, self);
}

static gboolean
up_cb (gpointer user_data)
{
  HdReachability *self = user_data;

  self->up_id = 0;
  self->n_failures = 0;
  g_clear_handle_id (&self->probe_id, g_source_remove);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->failing_since, g_date_time_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->since, g_date_time_unref);
  emit_changed (self);

  return G_SOURCE_REMOVE;
}

static gboolean
down_cb (gpointer user_data)
{
  HdReachability *self = user_data;

  self->down_id = 0;
  self->error = g_error_copy (self->failure);
  self->since = g_date_time_ref (self->failing_since);
  emit_changed (self);

  return G_SOURCE_REMOVE;
}

static void
note_success (HdReachability *self)
{
  g_clear_handle_id (&self->down_id, g_source_remove);

  if (self->error == NULL)
    {
      self->n_failures = 0;
      g_clear_handle_id (&self->probe_id, g_source_remove);
      g_clear_error (&self->failure);
      g_clear_pointer (&self->failing_since, g_date_time_unref);
    }
  else if (self->up_id == 0)
    {
      g_clear_handle_id (&self->probe_id, g_source_remove);
      self->up_id = g_timeout_add (self->up_ms, up_cb, self);
    }
}

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         network_available,
                    HdReachability  *self)
{
  if (self->failure != NULL)
    hd_reachability_probe (self);
}

static void
watch_network (HdReachability  *self,
               GNetworkMonitor *monitor)
{
  self->monitor = g_object_ref (monitor);
  self->network_changed_id = g_signal_connect (monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
}

static void
note_failure (HdReachability *self,
              const GError   *error)
{
  g_clear_handle_id (&self->up_id, g_source_remove);
  self->n_failures++;

  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);

  if (self->failing_since == NULL)
    set_time (&self->failing_since);

  /* Only now: it asks the system bus, for which the start should not wait. */
  if (self->monitor == NULL)
    watch_network (self, g_network_monitor_get_default ());

  if (self->error != NULL && self->error->code != error->code)
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
      emit_changed (self);
    }
  else if (self->error == NULL && self->down_id == 0)
    {
      self->down_id = g_timeout_add (self->down_ms, down_cb, self);
    }

  if (self->probe == NULL)
    schedule_probe (self, error);
}

static void
note_signed_out (HdReachability *self,
                 const GError   *error)
{
  if (self->signed_out != NULL)
    return;

  self->signed_out = g_error_copy (error);
  set_time (&self->signed_out_since);
  emit_changed (self);
}

/* Whether a call that ended so has had an answer from the portal. */
static gboolean
is_answer (const GError *error)
{
  return error == NULL ||
         (error->domain == HD_ERROR && error->code != HD_ERROR_STORAGE && error->code != HD_ERROR_UNSUPPORTED);
}

static void
note_outcome (HdReachability *self,
              const GError   *error)
{
  if (hd_error_is_unreachable (error))
    note_failure (self, error);
  else if (is_answer (error))
    note_success (self);

  if (g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    note_signed_out (self, error);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdReachability *self = user_data;
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  info = hd_portal_get_info_finish (HD_PORTAL (object), result, &error);

  /* Stopped: self may be gone. */
  if (hd_error_is_cancelled (error))
    return;

  g_clear_object (&self->probe);
  g_object_ref (self);
  note_outcome (self, error);

  if (info != NULL)
    g_signal_emit (self, signals[SIGNAL_PROBED], 0, info);

  g_object_unref (self);
}

static void
hd_reachability_dispose (GObject *object)
{
  HdReachability *self = HD_REACHABILITY (object);

  hd_reachability_stop (self);

  if (self->monitor != NULL)
    g_clear_signal_handler (&self->network_changed_id, self->monitor);

  G_OBJECT_CLASS (hd_reachability_parent_class)->dispose (object);
}

static void
hd_reachability_finalize (GObject *object)
{
  HdReachability *self = HD_REACHABILITY (object);

  g_clear_object (&self->portal);
  g_clear_object (&self->monitor);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->failing_since, g_date_time_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->since, g_date_time_unref);
  g_clear_error (&self->signed_out);
  g_clear_pointer (&self->signed_out_since, g_date_time_unref);

  G_OBJECT_CLASS (hd_reachability_parent_class)->finalize (object);
}

static void
hd_reachability_class_init (HdReachabilityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_reachability_dispose;
  object_class->finalize = hd_reachability_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HD_TYPE_REACHABILITY, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBED] = g_signal_new ("probed", HD_TYPE_REACHABILITY, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, HD_TYPE_PORTAL_INFO);
}

static void
hd_reachability_init (HdReachability *self)
{
  hd_reachability_set_times (self, UP_MS, DOWN_MS, FIRST_PROBE_MS, MOST_PROBE_MS);
}

/**
 * hd_reachability_new:
 * @portal: the portal
 * @monitor: (nullable): what knows when the network changes; %NULL for the default
 *
 * Returns: (transfer full): a watch, which takes the portal for reachable at first
 */
HdReachability *
hd_reachability_new (HdPortal        *portal,
                     GNetworkMonitor *monitor)
{
  HdReachability *self = g_object_new (HD_TYPE_REACHABILITY, NULL);

  self->portal = g_object_ref (portal);

  if (monitor != NULL)
    watch_network (self, monitor);

  return self;
}

/**
 * hd_reachability_set_times:
 * @self: a watch
 * @up_ms: for how long nothing may fail before the portal counts as back
 * @down_ms: for how long it must have failed before it counts as out of reach
 * @first_probe_ms: the window of the first probe
 * @most_probe_ms: the largest window of a probe
 *
 * For tests.
 */
void
hd_reachability_set_times (HdReachability *self,
                           guint           up_ms,
                           guint           down_ms,
                           guint           first_probe_ms,
                           guint           most_probe_ms)
{
  g_return_if_fail (HD_IS_REACHABILITY (self));

  self->up_ms = up_ms;
  self->down_ms = down_ms;
  self->first_probe_ms = first_probe_ms;
  self->most_probe_ms = most_probe_ms;
}

/**
 * hd_reachability_note:
 * @self: a watch
 * @error: (nullable): how a call of the portal ended
 *
 * Takes the outcome of any call as evidence.  A portal that refuses something
 * is there; one that asks for the password is there, too, but of no use.
 */
void
hd_reachability_note (HdReachability *self,
                      const GError   *error)
{
  g_return_if_fail (HD_IS_REACHABILITY (self));

  if (self->stopped || hd_error_is_cancelled (error))
    return;

  if (!g_error_matches (error, HD_ERROR, HD_ERROR_UNAVAILABLE))
    note_outcome (self, error);
  else if (self->failure == NULL)
    hd_reachability_probe (self);
}

/* Somebody has signed in (or wants to be signed out): the portal no longer waits for a password. */
void
hd_reachability_note_signed_in (HdReachability *self)
{
  g_return_if_fail (HD_IS_REACHABILITY (self));

  if (self->signed_out == NULL)
    return;

  g_clear_error (&self->signed_out);
  g_clear_pointer (&self->signed_out_since, g_date_time_unref);
  emit_changed (self);
}

/**
 * hd_reachability_probe:
 * @self: a watch
 *
 * Asks the portal now, unless it is being asked already.
 */
void
hd_reachability_probe (HdReachability *self)
{
  g_return_if_fail (HD_IS_REACHABILITY (self));

  if (self->stopped || self->probe != NULL)
    return;

  g_clear_handle_id (&self->probe_id, g_source_remove);
  self->probe = g_cancellable_new ();
  hd_portal_get_info_async (self->portal, self->probe, probed_cb, self);
}

/* Watches no longer; what is known stays. */
void
hd_reachability_stop (HdReachability *self)
{
  g_return_if_fail (HD_IS_REACHABILITY (self));

  self->stopped = TRUE;
  g_cancellable_cancel (self->probe);
  g_clear_object (&self->probe);
  g_clear_handle_id (&self->up_id, g_source_remove);
  g_clear_handle_id (&self->down_id, g_source_remove);
  g_clear_handle_id (&self->probe_id, g_source_remove);
}

/* Returns: whether calls have a chance; not whether somebody is signed in */
gboolean
hd_reachability_is_reachable (HdReachability *self)
{
  g_return_val_if_fail (HD_IS_REACHABILITY (self), FALSE);

  return self->error == NULL;
}

/* Returns: (transfer none) (nullable): since when hd_reachability_get_error() holds */
GDateTime *
hd_reachability_get_since (HdReachability *self)
{
  g_return_val_if_fail (HD_IS_REACHABILITY (self), NULL);

  return self->error != NULL ? self->since : self->signed_out_since;
}

/* Returns: (transfer none) (nullable): why the portal is of no use; %NULL while it is */
const GError *
hd_reachability_get_error (HdReachability *self)
{
  g_return_val_if_fail (HD_IS_REACHABILITY (self), NULL);

  return self->error != NULL ? self->error : self->signed_out;
}
