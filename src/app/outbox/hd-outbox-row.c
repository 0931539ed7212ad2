/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox-row.h"

#include <glib/gi18n-lib.h>

#include "hd-compat.h"
#include "hd-draft-issues.h"
#include "hd-error.h"
#include "hd-field-value.h"
#include "hd-outbox-text.h"

/**
 * HdOutboxRow:
 *
 * An entry of the outbox: what it is, how it stands, and, where it is opened, what
 * is going to be sent and what can be done with it.  Follows its record.
 */

struct _HdOutboxRow
{
  AdwExpanderRow parent_instance;

  HdSession     *session;         /* (owned) */
  HdSubmission  *submission;      /* (owned) */
  GListModel    *outbox;          /* (owned) (element-type HdSubmission) */
  GCancellable  *cancellable;     /* (owned) */
  guint          refresh_source;

  /* Template objects */
  GtkWidget     *delete_button;
  GtkWidget     *edit_button;
  GtkImage      *icon;
  GtkWidget     *send_button;
  GtkWidget     *stop_button;
  GtkBox        *value_box;
};

G_DEFINE_FINAL_TYPE (HdOutboxRow, hd_outbox_row, ADW_TYPE_EXPANDER_ROW)

static void refresh (HdOutboxRow *self);

/* What concerns one request is sent in the order in which it was done, as the submitter has it. */
static gboolean
has_older (HdOutboxRow *self)
{
  const char *request_id = hd_submission_get_request_id (self->submission);

  for (guint i = 0; request_id != NULL && i < g_list_model_get_n_items (self->outbox); i++)
    {
      g_autoptr (HdSubmission) older = g_list_model_get_item (self->outbox, i);

      if (older == self->submission)
        return FALSE;

      if (hd_submission_get_state (older) != HD_SUBMISSION_STATE_REFUSED &&
          g_strcmp0 (hd_submission_get_request_id (older), request_id) == 0)
        return TRUE;
    }

  return FALSE;
}

static HdOutboxWait
find_wait (HdOutboxRow *self)
{
  if (hd_session_get_state (self->session) == HD_SESSION_EXPIRED)
    return HD_OUTBOX_WAIT_SIGN_IN;

  return has_older (self) ? HD_OUTBOX_WAIT_OLDER : HD_OUTBOX_WAIT_PORTAL;
}

static gboolean
refresh_due_cb (gpointer user_data)
{
  HdOutboxRow *self = user_data;

  self->refresh_source = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

/* A time that has passed is not to be told any more. */
static void
refresh_when_due (HdOutboxRow *self,
                  GDateTime   *now)
{
  GDateTime *next = hd_submission_get_next_attempt_at (self->submission);
  gint64 seconds = next != NULL ? g_date_time_difference (next, now) / G_TIME_SPAN_SECOND + 1 : 0;

  g_clear_handle_id (&self->refresh_source, g_source_remove);

  if (seconds > 0)
    self->refresh_source = g_timeout_add_seconds ((guint) MIN (seconds, G_MAXINT), refresh_due_cb, self);
}

static void
refresh (HdOutboxRow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *state = hd_outbox_dup_state_text (self->submission, find_wait (self), now);
  g_autofree char *kind = hd_outbox_dup_kind_text (self->submission);
  g_autofree char *text = *kind != '\0' ? g_strdup_printf ("%s. %s", kind, state) : g_strdup (state);
  g_autofree char *subtitle = g_markup_escape_text (text, -1);
  const char *title = hd_submission_get_title (self->submission);
  g_autofree char *safe_title = g_markup_escape_text (title != NULL ? title : _("Request"), -1);
  gboolean refused = hd_submission_get_state (self->submission) == HD_SUBMISSION_STATE_REFUSED;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), safe_title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_image_set_from_icon_name (self->icon, hd_outbox_get_icon_name (self->submission));
  gtk_widget_set_visible (self->send_button, hd_outbox_can_send_now (self->submission));
  gtk_widget_set_visible (self->stop_button, hd_outbox_can_stop (self->submission));
  gtk_widget_set_visible (self->edit_button, hd_outbox_can_edit (self->submission));
  gtk_widget_set_sensitive (self->delete_button,
                            hd_submission_get_state (self->submission) != HD_SUBMISSION_STATE_SENDING);

  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "error");

  refresh_when_due (self, now);
}

static void
append_label (GtkBox     *box,
              const char *text,
              const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", text,
                                   "xalign", 0.0f,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  gtk_box_append (box, label);
}

/* Made when it is first looked at: what is in the outbox does not change there. */
static void
expanded_cb (HdOutboxRow *self)
{
  g_autoptr (GListModel) values = NULL;

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) ||
      gtk_widget_get_first_child (GTK_WIDGET (self->value_box)) != NULL)
    return;

  values = hd_outbox_dup_values (self->submission);

  for (guint i = 0; i < g_list_model_get_n_items (values); i++)
    {
      g_autoptr (HdFieldValue) value = g_list_model_get_item (values, i);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

      append_label (GTK_BOX (box), hd_field_value_get_label (value), "caption-heading");
      append_label (GTK_BOX (box), hd_field_value_get_value (value), NULL);
      gtk_box_append (self->value_box, box);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->value_box), g_list_model_get_n_items (values) > 0);
}

static void
stop_clicked_cb (HdOutboxRow *self)
{
  hd_session_stop_submission (self->session, hd_submission_get_id (self->submission));
}

static void
send_clicked_cb (HdOutboxRow *self)
{
  hd_session_send_now (self->session, hd_submission_get_id (self->submission));
}

static void
edit_clicked_cb (HdOutboxRow *self)
{
  HdDraft *draft = hd_submission_get_draft (self->submission);

  hd_draft_issues_put (hd_session_get_store (self->session), hd_draft_get_id (draft),
                       hd_submission_get_issues (self->submission));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-submission", "s",
                              hd_submission_get_id (self->submission));
}

static void
discarded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HdOutboxRow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (hd_store_discard_submission_finish (HD_STORE (object), result, &error) || hd_error_is_cancelled (error))
    return;

  text = hd_error_dup_text (error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
delete_confirmed_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  HdOutboxRow *self = user_data;
  g_autoptr (GError) error = NULL;

  /* Cancelled by dispose() or by the person. */
  if (!hd_compat_confirm_finish (result, &error))
    return;

  hd_store_discard_submission_async (hd_session_get_store (self->session), hd_submission_get_id (self->submission),
                                     self->cancellable, discarded_cb, self);
}

static void
delete_clicked_cb (HdOutboxRow *self)
{
  hd_compat_confirm_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           _("Delete What Was Not Sent?"),
                           _("The help desk will not get it, and what you wrote is deleted with its attachments."),
                           _("_Delete"), TRUE, self->cancellable, delete_confirmed_cb, self);
}

static void
hd_outbox_row_dispose (GObject *object)
{
  HdOutboxRow *self = HD_OUTBOX_ROW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->submission);
  if (self->outbox != NULL)
    g_signal_handlers_disconnect_by_data (self->outbox, self);
  g_clear_object (&self->outbox);

  G_OBJECT_CLASS (hd_outbox_row_parent_class)->dispose (object);
}

static void
hd_outbox_row_class_init (HdOutboxRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_outbox_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-outbox-row.ui");

  gtk_widget_class_bind_template_child (widget_class, HdOutboxRow, delete_button);
  gtk_widget_class_bind_template_child (widget_class, HdOutboxRow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, HdOutboxRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HdOutboxRow, send_button);
  gtk_widget_class_bind_template_child (widget_class, HdOutboxRow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, HdOutboxRow, value_box);

  gtk_widget_class_bind_template_callback (widget_class, delete_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
}

static void
hd_outbox_row_init (HdOutboxRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hd_outbox_row_new:
 * @session: an open session
 * @submission: an entry of its outbox
 * @outbox: (element-type HdSubmission): all of it, oldest first
 *
 * Returns: a row for a boxed list
 */
GtkWidget *
hd_outbox_row_new (HdSession    *session,
                   HdSubmission *submission,
                   GListModel   *outbox)
{
  HdOutboxRow *self;

  g_return_val_if_fail (HD_IS_SUBMISSION (submission), NULL);

  self = g_object_new (HD_TYPE_OUTBOX_ROW, NULL);
  g_set_object (&self->session, session);
  self->submission = g_object_ref (submission);
  self->outbox = g_object_ref (outbox);
  g_signal_connect_object (submission, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}
