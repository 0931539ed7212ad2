/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-phone-button.h"

#include <glib/gi18n-lib.h>

/**
 * HdPhoneButton:
 *
 * The help desk's telephone and its hours, quietly; activating copies the number.
 */

struct _HdPhoneButton
{
  AdwBin     parent_instance;

  HdSession *session;   /* (owned) */

  GtkButton *button;
  GtkLabel  *hours_label;
  GtkLabel  *phone_label;
};

G_DEFINE_FINAL_TYPE (HdPhoneButton, hd_phone_button, ADW_TYPE_BIN)

static char *
dup_replaced (const char *text,
              const char *what,
              const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strjoinv (with, parts);
}

static void
refresh (HdPhoneButton *self)
{
  g_autofree char *phone = hd_session_dup_phone (self->session);
  g_autofree char *hours = hd_session_dup_phone_hours (self->session);
  /* A number stands in one line, and so does “9:00–18:00”. */
  g_autofree char *unbroken = dup_replaced (phone, " ", "\302\240");
  g_autofree char *unbroken_hours = hours != NULL ? dup_replaced (hours, "–", "\342\201\240–\342\201\240") : NULL;
  /* Translators: %s is a telephone number. */
  g_autofree char *text = g_strdup_printf (_("Help desk: %s"), unbroken);
  /* Translators: %s is a telephone number or an address. */
  g_autofree char *tooltip = g_strdup_printf (_("Copy %s"), phone);

  gtk_label_set_text (self->phone_label, text);
  gtk_label_set_text (self->hours_label, unbroken_hours != NULL ? unbroken_hours : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hours_label), hours != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
}

static void
clicked_cb (HdPhoneButton *self)
{
  g_autofree char *phone = hd_session_dup_phone (self->session);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), phone);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied"));
}

static void
hd_phone_button_dispose (GObject *object)
{
  HdPhoneButton *self = HD_PHONE_BUTTON (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_phone_button_parent_class)->dispose (object);
}

static void
hd_phone_button_class_init (HdPhoneButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hd_phone_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-phone-button.ui");
  gtk_widget_class_bind_template_child (widget_class, HdPhoneButton, button);
  gtk_widget_class_bind_template_child (widget_class, HdPhoneButton, hours_label);
  gtk_widget_class_bind_template_child (widget_class, HdPhoneButton, phone_label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
hd_phone_button_init (HdPhoneButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hd_phone_button_new:
 * @session: whose help desk
 *
 * Returns: a button that follows what the portal says of its telephone
 */
GtkWidget *
hd_phone_button_new (HdSession *session)
{
  HdPhoneButton *self;

  g_return_val_if_fail (HD_IS_SESSION (session), NULL);

  self = g_object_new (HD_TYPE_PHONE_BUTTON, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}
