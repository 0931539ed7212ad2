/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-outbox-row.h"

#include <glib/gi18n-lib.h>

#include "hd-compat.h"
#include "hd-draft-issues.h"
#include "hd-error.h"
#include "hd-outbox-text.h"

/* “Next try in 3 minutes” is kept true. */
#define REFRESH_SECONDS 20

/**
 * HdOutboxRow:
 *
 * An entry of the outbox: what it is, how it stands, and what can be done with
 * it.  Follows its record.
 */

struct _HdOutboxRow
{
  AdwActionRow  parent_instance;

  HdSession    *session;          /* (owned) */
  HdSubmission *submission;       /* (owned) */
  GCancellable *cancellable;      /* (owned) */
  guint         refresh_source;

  /* Template objects */
  GtkWidget    *delete_button;
  GtkWidget    *edit_button;
  GtkImage     *icon;
  GtkWidget    *send_button;
};

G_DEFINE_FINAL_TYPE (HdOutboxRow, hd_outbox_row, ADW_TYPE_ACTION_ROW)

static void
refresh (HdOutboxRow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *state = hd_outbox_dup_state_text (self->submission, now);
  g_autofree char *subtitle = g_markup_escape_text (state, -1);
  const char *title = hd_submission_get_title (self->submission);
  g_autofree char *safe_title = g_markup_escape_text (title != NULL ? title : _("Request"), -1);
  gboolean refused = hd_submission_get_state (self->submission) == HD_SUBMISSION_STATE_REFUSED;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_image_set_from_icon_name (self->icon, hd_outbox_get_icon_name (self->submission));
  gtk_widget_set_visible (self->send_button, hd_outbox_can_send_now (self->submission));
  gtk_widget_set_visible (self->edit_button, hd_outbox_can_edit (self->submission));
  gtk_widget_set_sensitive (self->delete_button,
                            hd_submission_get_state (self->submission) != HD_SUBMISSION_STATE_SENDING);

  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "error");
}

static gboolean
refresh_due_cb (gpointer user_data)
{
  refresh (user_data);

  return G_SOURCE_CONTINUE;
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
  g_clear_object (&self->session);
  g_clear_object (&self->submission);

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

  gtk_widget_class_bind_template_callback (widget_class, delete_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
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
 *
 * Returns: a row for a boxed list
 */
GtkWidget *
hd_outbox_row_new (HdSession    *session,
                   HdSubmission *submission)
{
  HdOutboxRow *self;

  g_return_val_if_fail (HD_IS_SUBMISSION (submission), NULL);

  self = g_object_new (HD_TYPE_OUTBOX_ROW, NULL);
  g_set_object (&self->session, session);
  self->submission = g_object_ref (submission);
  g_signal_connect_object (submission, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, refresh_due_cb, self);
  refresh (self);

  return GTK_WIDGET (self);
}
