/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-notifier.h"

#include <glib/gi18n.h>

/**
 * HdNotifier:
 *
 * Tells the desktop what the desk did to the person's requests while they were
 * looking elsewhere.  One notification a request: a newer one takes the place of
 * the older.  Who signs out leaves none behind.
 */

struct _HdNotifier
{
  GObject         parent_instance;

  GtkApplication *application; /* (unowned): it owns us */
  GSettings      *settings;    /* (owned) */
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

static void
request_changed_cb (HdNotifier *self,
                    HdRequest  *before,
                    HdRequest  *now)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);
  g_autofree char *words = hd_notifier_dup_words (before, now);
  g_autofree char *title = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GNotification) notification = NULL;

  if (words == NULL || !g_settings_get_boolean (self->settings, "notifications") ||
      (window != NULL && gtk_window_is_active (window)))
    return;

  title = g_strdup_printf ("%s · %s", hd_request_get_number (now) != NULL ? hd_request_get_number (now) : "—",
                           hd_request_get_subject (now) != NULL ? hd_request_get_subject (now) : "—");
  notification = g_notification_new (title);
  g_notification_set_body (notification, words);
  g_notification_set_default_action_and_target (notification, "app.open-request", "s", hd_request_get_id (now));
  id = g_strdup_printf ("request-%s", hd_request_get_id (now));
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
  g_hash_table_add (self->sent, g_steal_pointer (&id));
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

/* @application: (unowned): must live longer */
HdNotifier *
hd_notifier_new (GtkApplication *application,
                 HdSession      *session,
                 GSettings      *settings)
{
  HdNotifier *self = g_object_new (HD_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->settings = g_object_ref (settings);
  g_signal_connect_object (session, "request-changed", G_CALLBACK (request_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}
