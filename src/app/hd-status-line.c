/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-status-line.h"

#include <glib/gi18n.h>

#include "hd-store-list.h"
#include "hd-time.h"

/**
 * HdStatusLine:
 *
 * The quiet line at the bottom of the window: the help desk’s telephone and its
 * hours, and how old the data is or what is being done right now.
 */

#define WORK_DELAY_MS 300
#define PROGRESS_INTERVAL_MS 200

struct _HdStatusLine
{
  AdwBin          parent_instance;

  GtkLabel       *contact_label;
  GtkSpinner     *spinner;
  GtkLabel       *work_label;
  GtkProgressBar *progress_bar;

  HdSession      *session;  /* (owned) (nullable) */
  HdStoreList    *outbox;   /* (owned) (nullable): once the store is open */
  GSignalGroup   *signals;  /* (owned): of the session */
  guint           work_id;
  guint           progress_id;
};

G_DEFINE_FINAL_TYPE (HdStatusLine, hd_status_line, ADW_TYPE_BIN)

static void
refresh_contact (HdStatusLine *self)
{
  g_autofree char *phone = hd_session_dup_phone (self->session);
  g_autofree char *hours = hd_session_dup_phone_hours (self->session);
  g_autofree char *text = NULL;

  if (hours != NULL && *hours != '\0')
    text = g_strdup_printf ("%s · %s", phone, hours);

  gtk_label_set_label (self->contact_label, text != NULL ? text : phone);
}

static void
show_age (HdStatusLine *self)
{
  GDateTime *synced_at = hd_session_get_synced_at (self->session);
  /* To somebody who only reads what is kept, no person's data is out of date. */
  gboolean is_reader = synced_at == NULL && hd_session_get_state (self->session) == HD_SESSION_SIGNED_OUT;
  g_autofree char *age = is_reader ? g_strdup ("") : hd_time_dup_age (synced_at);

  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  gtk_label_set_label (self->work_label, age);
}

/* The first entry of the outbox that is on its way. Returns: (transfer full) (nullable) */
static HdSubmission *
find_sending (HdStatusLine *self)
{
  guint n_items = self->outbox != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->outbox)) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (HdSubmission) submission = g_list_model_get_item (G_LIST_MODEL (self->outbox), i);

      if (hd_submission_get_state (submission) == HD_SUBMISSION_STATE_SENDING)
        return g_steal_pointer (&submission);
    }

  return NULL;
}

static void
show_sending (HdStatusLine *self,
              HdSubmission *submission)
{
  HdProgress *progress = hd_session_get_progress (self->session, hd_submission_get_id (submission));
  const char *title = hd_submission_get_title (submission);
  /* Translators: %s is what is being sent to the portal. */
  g_autofree char *text = g_strdup_printf (_("Sending “%s”"), title != NULL ? title : _("Request"));

  gtk_label_set_label (self->work_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), progress != NULL);

  if (progress != NULL)
    gtk_progress_bar_set_fraction (self->progress_bar, hd_progress_get_fraction (progress));
}

static void
show_syncing (HdStatusLine *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  gtk_label_set_label (self->work_label, _("Synchronizing…"));
}

static void
refresh_work (HdStatusLine *self)
{
  g_autoptr (HdSubmission) submission = find_sending (self);

  if (submission != NULL)
    show_sending (self, submission);
  else if (hd_session_get_syncing (self->session))
    show_syncing (self);
  else
    show_age (self);
}

static gboolean
is_working (HdStatusLine *self)
{
  g_autoptr (HdSubmission) submission = find_sending (self);

  return submission != NULL || hd_session_get_syncing (self->session);
}

static gboolean
progress_due_cb (gpointer user_data)
{
  HdStatusLine *self = user_data;

  refresh_work (self);

  if (is_working (self))
    return G_SOURCE_CONTINUE;

  self->progress_id = 0;

  return G_SOURCE_REMOVE;
}

static void
work_due_cb (gpointer user_data)
{
  HdStatusLine *self = user_data;

  self->work_id = 0;

  if (!is_working (self))
    return;

  refresh_work (self);

  if (self->progress_id == 0)
    self->progress_id = g_timeout_add (PROGRESS_INTERVAL_MS, progress_due_cb, self);
}

static void
hd_status_line_dispose (GObject *object)
{
  HdStatusLine *self = HD_STATUS_LINE (object);

  g_clear_handle_id (&self->work_id, g_source_remove);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_object (&self->signals);

  if (self->outbox != NULL)
    g_signal_handlers_disconnect_by_data (self->outbox, self);

  g_clear_object (&self->outbox);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_status_line_parent_class)->dispose (object);
}

static void
hd_status_line_class_init (HdStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_status_line_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, HdStatusLine, contact_label);
  gtk_widget_class_bind_template_child (widget_class, HdStatusLine, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, HdStatusLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, HdStatusLine, work_label);
}

static void
hd_status_line_init (HdStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (HD_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (hd_status_line_refresh), self);
}

void
hd_status_line_set_session (HdStatusLine *self,
                            HdSession    *session)
{
  g_return_if_fail (HD_IS_STATUS_LINE (self));
  g_return_if_fail (HD_IS_SESSION (session));

  if (self->outbox != NULL)
    g_signal_handlers_disconnect_by_data (self->outbox, self);

  g_clear_object (&self->outbox);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->signals, session);
  hd_status_line_refresh (self);
}

/* Reads the session and the clock again. */
void
hd_status_line_refresh (HdStatusLine *self)
{
  HdStore *store;

  g_return_if_fail (HD_IS_STATUS_LINE (self));

  if (self->session == NULL)
    return;

  store = hd_session_get_store (self->session);

  if (self->outbox == NULL && store != NULL)
    {
      self->outbox = hd_store_list_new_outbox (store);
      g_signal_connect_swapped (self->outbox, "items-changed", G_CALLBACK (hd_status_line_refresh), self);
    }

  refresh_contact (self);

  /* What takes less than 300 ms is not mentioned. */
  if (!is_working (self))
    show_age (self);
  else if (self->progress_id == 0 && self->work_id == 0)
    self->work_id = g_timeout_add_once (WORK_DELAY_MS, work_due_cb, self);
}
