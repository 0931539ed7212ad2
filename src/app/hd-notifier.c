/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-notifier.h"

#include <glib/gi18n.h>

/**
 * HdNotifier:
 *
 * Tells the desktop what the desk did to the person's requests while they were
 * looking elsewhere.  One notification a request: a newer one takes the place of
 * the older, and whoever reads the request takes it away.  Who signs out leaves
 * none behind.
 */

struct _HdNotifier
{
  GObject         parent_instance;

  GtkApplication *application; /* (unowned): it owns us */
  GSettings      *settings;    /* (owned) */
  gboolean        is_private;  /* nothing is named */
  GHashTable     *sent;        /* (owned) (element-type utf8): ids of notifications */
};

G_DEFINE_FINAL_TYPE (HdNotifier, hd_notifier, G_TYPE_OBJECT)

/**
 * hd_notifier_dup_words:
 * @before: (nullable): the request as it was
 * @now: the request as it is
 *
 * What is worth telling about a change, the most urgent only.
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL where nothing is
 */
char *
hd_notifier_dup_words (HdRequest *before,
                       HdRequest *now)
{
  if (before == NULL)
    return NULL;

  if (hd_request_get_waiting_for_me (now) && !hd_request_get_waiting_for_me (before))
    return g_strdup (_("The desk is waiting for your answer."));

  if (hd_request_get_status (now) != hd_request_get_status (before))
    /* Translators: %s is a status: Registered, In Progress, Closed, Cancelled. */
    return g_strdup_printf (_("Status: %s"), hd_status_get_label (hd_request_get_status (now)));

  if (hd_request_get_message_count (now) > hd_request_get_message_count (before))
    return g_strdup (_("There is a new message."));

  return NULL;
}

/* Returns: (transfer full) (nullable): that there is something, and no more */
static char *
dup_private_words (HdRequest *before,
                   HdRequest *now)
{
  if (hd_request_get_message_count (now) > hd_request_get_message_count (before) ||
      (hd_request_get_waiting_for_me (now) && !hd_request_get_waiting_for_me (before)))
    return g_strdup (_("New answer"));

  return g_strdup (_("Something has changed"));
}

/* Whether the person is told: not what they see, and not where they do not want it. */
static gboolean
is_wanted (HdNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  return g_settings_get_boolean (self->settings, "notifications") &&
         (window == NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)) || !gtk_window_is_active (window));
}

/* @id: what it replaces has the same, that of a program that ran before, too. */
static void
send (HdNotifier *self,
      const char *id,
      const char *title,
      const char *body,
      const char *action,
      const char *target)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (body != NULL)
    g_notification_set_body (notification, body);

  g_notification_set_default_action_and_target (notification, action, "s", target);
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
  g_hash_table_add (self->sent, g_strdup (id));
}

static void
withdraw (HdNotifier *self,
          const char *id)
{
  g_application_withdraw_notification (G_APPLICATION (self->application), id);
  g_hash_table_remove (self->sent, id);
}

static char *
dup_request_id (const char *request_id)
{
  return g_strdup_printf ("request-%s", request_id);
}

static char *
dup_submission_id (HdSubmission *submission)
{
  return g_strdup_printf ("submission-%s", hd_submission_get_id (submission));
}

static void
request_changed_cb (HdNotifier *self,
                    HdRequest  *before,
                    HdRequest  *now)
{
  const char *number = hd_request_get_number (now) != NULL ? hd_request_get_number (now) : "—";
  const char *subject = hd_request_get_subject (now) != NULL ? hd_request_get_subject (now) : "—";
  g_autofree char *words = hd_notifier_dup_words (before, now);
  g_autofree char *id = dup_request_id (hd_request_get_id (now));
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  if (words == NULL || !is_wanted (self))
    return;

  title = self->is_private ? dup_private_words (before, now) : g_strdup_printf ("%s · %s", number, subject);
  body = self->is_private ? g_strdup_printf (_("No. %s"), number) : g_steal_pointer (&words);
  send (self, id, title, body, "app.open-request", hd_request_get_id (now));
}

/* What was queued has a number at last. */
static void
submission_finished_cb (HdNotifier   *self,
                        HdSubmission *submission,
                        HdRequest    *request)
{
  g_autofree char *refused = dup_submission_id (submission);
  g_autofree char *id = request != NULL ? dup_request_id (hd_request_get_id (request)) : NULL;
  g_autofree char *title = NULL;

  withdraw (self, refused);

  if (request == NULL || hd_submission_get_action (submission) != HD_ACTION_SUBMIT || !is_wanted (self))
    return;

  /* Translators: %s is the number of a request. */
  title = g_strdup_printf (_("Request %s registered"), hd_request_get_number (request));
  send (self, id, title, self->is_private ? NULL : hd_request_get_subject (request), "app.open-request",
        hd_request_get_id (request));
}

static void
submission_failed_cb (HdNotifier   *self,
                      HdSubmission *submission)
{
  g_autofree char *id = dup_submission_id (submission);

  if (is_wanted (self))
    send (self, id, _("The portal did not accept what was sent"),
          self->is_private ? NULL : hd_submission_get_title (submission), "app.show-pane", "items");
}

/* They name somebody's requests, and stay on the desktop until they are taken back. */
static void
state_changed_cb (HdNotifier *self,
                  GParamSpec *pspec,
                  HdSession  *session)
{
  GHashTableIter iter;
  gpointer id;

  if (hd_session_get_state (session) != HD_SESSION_SIGNED_OUT)
    return;

  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_application_withdraw_notification (G_APPLICATION (self->application), id);

  g_hash_table_remove_all (self->sent);
}

static void
hd_notifier_finalize (GObject *object)
{
  HdNotifier *self = HD_NOTIFIER (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->sent, g_hash_table_unref);

  G_OBJECT_CLASS (hd_notifier_parent_class)->finalize (object);
}

static void
hd_notifier_class_init (HdNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_notifier_finalize;
}

static void
hd_notifier_init (HdNotifier *self)
{
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* The person has read it: it is no news any more. */
void
hd_notifier_withdraw (HdNotifier *self,
                      const char *request_id)
{
  g_autofree char *id = NULL;

  g_return_if_fail (HD_IS_NOTIFIER (self));

  id = dup_request_id (request_id);
  withdraw (self, id);
}

/* @application: (unowned): must live longer */
HdNotifier *
hd_notifier_new (GtkApplication *application,
                 HdSession      *session,
                 GSettings      *settings)
{
  HdNotifier *self = g_object_new (HD_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->settings = g_object_ref (settings);
  self->is_private = hd_policy_get_private_notifications (hd_session_get_policy (session));
  g_signal_connect_object (session, "request-changed", G_CALLBACK (request_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "submission-finished", G_CALLBACK (submission_finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "submission-failed", G_CALLBACK (submission_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}
