/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sign-in-page.h"

#include <glib/gi18n.h>

#include "hd-button-names.h"
#include "hd-portal-factory.h"
#include "hd-sign-in-form.h"

/**
 * HdSignInPage:
 *
 * The door: whose portal this is, the fields, and what can be done without
 * coming in (reading what is kept of the Knowledge Base, telephoning).
 */

struct _HdSignInPage
{
  AdwBin         parent_instance;

  GtkLabel      *portal_label;
  GtkLabel      *host_label;
  GtkButton     *change_button;
  HdSignInForm  *form;
  GtkWidget     *read_button;
  GtkLabel      *phone_label;

  HdApplication *application; /* (unowned) */
  HdSession     *session;     /* (owned) (nullable) */
  GSignalGroup  *signals;     /* (owned): of the session */
};

G_DEFINE_FINAL_TYPE (HdSignInPage, hd_sign_in_page, ADW_TYPE_BIN)

static void
refresh_phone (HdSignInPage *self)
{
  HdPolicy *policy = hd_application_get_policy (self->application);
  g_autofree char *phone = NULL;
  g_autofree char *hours = NULL;
  g_autofree char *text = NULL;

  phone = self->session != NULL ? hd_session_dup_phone (self->session) : g_strdup (hd_policy_get_phone (policy));
  hours = self->session != NULL ? hd_session_dup_phone_hours (self->session)
                                : g_strdup (hd_policy_get_phone_hours (policy));

  if (hours != NULL && *hours != '\0')
    text = g_strdup_printf ("%s · %s", phone, hours);

  gtk_label_set_label (self->phone_label, text != NULL ? text : phone);
}

static void
refresh (HdSignInPage *self)
{
  HdPolicy *policy = hd_application_get_policy (self->application);
  HdPortalInfo *info = self->session != NULL ? hd_session_get_info (self->session) : NULL;
  const char *name = info != NULL ? hd_portal_info_get_name (info) : NULL;
  const char *host = self->session != NULL ? hd_session_get_host (self->session) : NULL;

  gtk_label_set_label (self->portal_label, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->portal_label), name != NULL && g_ascii_strcasecmp (name, _("Help Desk")) != 0);
  gtk_label_set_label (self->host_label, host != NULL ? host : "");
  gtk_widget_set_visible (GTK_WIDGET (self->host_label), host != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->change_button), host != NULL && !hd_policy_get_lock_portal (policy));
  gtk_widget_set_visible (self->read_button,
                          self->session != NULL && hd_session_get_store (self->session) != NULL && info != NULL);
  refresh_phone (self);
}

static void
portal_chosen_cb (HdSignInPage *self,
                  const char   *uri)
{
  g_autofree char *address = hd_portal_dup_uri (uri, NULL);
  g_autoptr (GError) error = NULL;

  if (hd_application_open_portal (self->application, uri, &error))
    return;

  g_debug ("Not a portal: %s", error->message);

  if (address == NULL)
    hd_sign_in_form_show_portal_fault (self->form,
                                       _("This is not the address of a portal. It looks like https://helpdesk.example.org."));
  else
    hd_sign_in_form_show_error (self->form, error);
}

static void
change_clicked_cb (HdSignInPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->change_button), FALSE);
  hd_sign_in_form_ask_portal (self->form);
}

static void
hd_sign_in_page_dispose (GObject *object)
{
  HdSignInPage *self = HD_SIGN_IN_PAGE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_sign_in_page_parent_class)->dispose (object);
}

static void
hd_sign_in_page_class_init (HdSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_sign_in_page_dispose;

  g_type_ensure (HD_TYPE_SIGN_IN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-sign-in-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, portal_chosen_cb);
  gtk_widget_class_bind_template_child (widget_class, HdSignInPage, change_button);
  gtk_widget_class_bind_template_child (widget_class, HdSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, HdSignInPage, host_label);
  gtk_widget_class_bind_template_child (widget_class, HdSignInPage, phone_label);
  gtk_widget_class_bind_template_child (widget_class, HdSignInPage, portal_label);
  gtk_widget_class_bind_template_child (widget_class, HdSignInPage, read_button);
}

static void
hd_sign_in_page_init (HdSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_button_names_clean (GTK_WIDGET (self));

  self->signals = g_signal_group_new (HD_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::info", G_CALLBACK (refresh), self);
}

/**
 * hd_sign_in_page_new:
 * @application: (transfer none): must live longer
 * @session: (nullable): NULL while no portal is known
 */
GtkWidget *
hd_sign_in_page_new (HdApplication *application,
                     HdSession     *session)
{
  HdSignInPage *self = g_object_new (HD_TYPE_SIGN_IN_PAGE, NULL);
  const GError *fault = hd_application_get_fault (application);

  self->application = application;
  hd_sign_in_form_set_up (self->form, hd_application_get_policy (application),
                          hd_application_get_settings (application), hd_application_get_user_name (application));
  hd_sign_in_page_set_session (self, session);

  if (fault != NULL)
    hd_sign_in_form_show_error (self->form, fault);

  return GTK_WIDGET (self);
}

void
hd_sign_in_page_set_session (HdSignInPage *self,
                             HdSession    *session)
{
  g_return_if_fail (HD_IS_SIGN_IN_PAGE (self));

  g_set_object (&self->session, session);
  g_signal_group_set_target (self->signals, session);
  hd_sign_in_form_set_session (self->form, session);
  refresh (self);
}

/* @error: (nullable): why what is kept could not be read */
void
hd_sign_in_page_session_opened (HdSignInPage *self,
                                const GError *error)
{
  g_return_if_fail (HD_IS_SIGN_IN_PAGE (self));

  refresh (self);
  hd_sign_in_form_session_opened (self->form);

  if (error != NULL)
    hd_sign_in_form_show_error (self->form, error);
}

void
hd_sign_in_page_grab_focus_first (HdSignInPage *self)
{
  g_return_if_fail (HD_IS_SIGN_IN_PAGE (self));

  hd_sign_in_form_grab_focus_first (self->form);
}
