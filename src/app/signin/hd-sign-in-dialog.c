/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sign-in-dialog.h"

#include "hd-button-names.h"
#include "hd-sign-in-form.h"

/**
 * HdSignInDialog:
 *
 * Signing in again after the session has ended: over the page, which stays as
 * it was.  Only the same person can.
 */

struct _HdSignInDialog
{
  AdwWindow     parent_instance;

  HdSignInForm *form;
};

G_DEFINE_FINAL_TYPE (HdSignInDialog, hd_sign_in_dialog, ADW_TYPE_WINDOW)

static void
done_cb (HdSignInDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* Signed out from elsewhere: there is nobody to sign in again. */
static void
state_changed_cb (HdSignInDialog *self,
                  GParamSpec     *pspec,
                  HdSession      *session)
{
  if (hd_session_get_state (session) == HD_SESSION_SIGNED_OUT)
    gtk_window_close (GTK_WINDOW (self));
}

static void
hd_sign_in_dialog_class_init (HdSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (HD_TYPE_SIGN_IN_FORM);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-sign-in-dialog.ui");
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_child (widget_class, HdSignInDialog, form);
}

static void
hd_sign_in_dialog_init (HdSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_button_names_clean (GTK_WIDGET (self));
}

GtkWidget *
hd_sign_in_dialog_new (GtkWindow *parent,
                       HdSession *session)
{
  HdSignInDialog *self = g_object_new (HD_TYPE_SIGN_IN_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GSettings) settings = g_settings_new (HD_APP_ID);

  hd_sign_in_form_set_up (self->form, hd_session_get_policy (session), settings, NULL);
  hd_sign_in_form_set_session (self->form, session);
  hd_sign_in_form_fix_user (self->form);
  hd_sign_in_form_grab_focus_first (self->form);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
