/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-account-popover.h"

#include <glib/gi18n.h>

#include "hd-button-names.h"
#include "hd-time.h"

/**
 * HdAccountPopover:
 *
 * Who is signed in and where, how old the data is, and the way out.
 */

struct _HdAccountPopover
{
  GtkPopover  parent_instance;

  AdwAvatar  *avatar;
  GtkLabel   *name_label;
  GtkLabel   *mail_label;
  GtkLabel   *department_label;
  GtkLabel   *host_label;
  GtkLabel   *age_label;

  HdSession  *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdAccountPopover, hd_account_popover, GTK_TYPE_POPOVER)

static void
set_line (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
refresh (HdAccountPopover *self)
{
  HdAccount *account = hd_session_get_account (self->session);
  g_autofree char *age = hd_time_dup_age (hd_session_get_synced_at (self->session));
  const char *name;

  set_line (self->host_label, hd_session_get_host (self->session));
  set_line (self->age_label, age);

  if (account == NULL)
    return;

  name = hd_account_get_name (account) != NULL ? hd_account_get_name (account) : hd_account_get_user_name (account);
  adw_avatar_set_text (self->avatar, name);
  set_line (self->name_label, name);
  set_line (self->mail_label, hd_account_get_email (account));
  set_line (self->department_label, hd_account_get_department (account));
}

static void
sync_clicked_cb (HdAccountPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
}

static void
sign_out_clicked_cb (HdAccountPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-out", NULL);
}

static void
hd_account_popover_dispose (GObject *object)
{
  HdAccountPopover *self = HD_ACCOUNT_POPOVER (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_account_popover_parent_class)->dispose (object);
}

static void
hd_account_popover_class_init (HdAccountPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_account_popover_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-account-popover.ui");
  gtk_widget_class_bind_template_callback (widget_class, sign_out_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, sync_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, HdAccountPopover, age_label);
  gtk_widget_class_bind_template_child (widget_class, HdAccountPopover, avatar);
  gtk_widget_class_bind_template_child (widget_class, HdAccountPopover, department_label);
  gtk_widget_class_bind_template_child (widget_class, HdAccountPopover, host_label);
  gtk_widget_class_bind_template_child (widget_class, HdAccountPopover, mail_label);
  gtk_widget_class_bind_template_child (widget_class, HdAccountPopover, name_label);
}

static void
hd_account_popover_init (HdAccountPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_button_names_clean (GTK_WIDGET (self));
}

GtkWidget *
hd_account_popover_new (HdSession *session)
{
  HdAccountPopover *self = g_object_new (HD_TYPE_ACCOUNT_POPOVER, NULL);

  g_return_val_if_fail (HD_IS_SESSION (session), NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  /* “as of 09:41” becomes “yesterday”. */
  g_signal_connect (self, "show", G_CALLBACK (refresh), NULL);
  refresh (self);

  return GTK_WIDGET (self);
}
