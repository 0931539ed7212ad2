/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-preferences-window.h"

#include "hd-application.h"
#include "hd-button-names.h"
#include "hd-error.h"
#include "hd-offline-group.h"
#include "hd-pack-text.h"
#include "hd-session-pack.h"
#include "hd-store-search.h"

#include <glib/gi18n.h>

/**
 * HdPreferencesWindow:
 *
 * The few things a person may choose, each in force at once; and, to be read
 * only, which portal this is and what the administrator decided.
 */

struct _HdPreferencesWindow
{
  AdwWindow       parent_instance;

  AdwComboRow    *style_row;
  AdwActionRow   *background_row;
  GtkSwitch      *background_switch;
  GtkSwitch      *notifications_switch;
  GtkSwitch      *text_first_switch;
  HdOfflineGroup *offline_group;
  GtkWidget      *search_group;
  GtkWidget      *forget_button;
  AdwActionRow   *portal_row;
  AdwActionRow   *keyring_row;
  AdwActionRow   *pack_row;

  HdStore        *store;  /* (owned) (nullable) */
  GSettings      *settings;  /* (owned) */
  GCancellable   *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdPreferencesWindow, hd_preferences_window, ADW_TYPE_WINDOW)

static void
style_chosen_cb (HdPreferencesWindow *self)
{
  g_settings_set_enum (self->settings, "color-scheme", (int) adw_combo_row_get_selected (self->style_row));
}

static void
show_keyring (HdPreferencesWindow *self,
              HdSession           *session)
{
  const char *text = _("The password is kept in this computer’s keyring if you ask for it.");

  if (!hd_policy_get_allow_remember_me (hd_session_get_policy (session)))
    text = _("Your administrator does not allow it.");
  else if (!hd_session_has_keyring (session))
    text = _("This computer has no keyring.");

  adw_action_row_set_subtitle (self->keyring_row, text);
}

/* What cannot be chosen is to be seen as it is. */
static void
show_background (HdPreferencesWindow *self,
                 GtkWindow           *parent)
{
  GtkApplication *application = parent != NULL ? gtk_window_get_application (parent) : NULL;

  if (application == NULL || hd_policy_get_allow_background (hd_application_get_policy (HD_APPLICATION (application))))
    {
      g_settings_bind (self->settings, "run-in-background", self->background_switch, "active", G_SETTINGS_BIND_DEFAULT);
      return;
    }

  adw_action_row_set_subtitle (self->background_row, _("Your administrator does not allow it."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->background_row), FALSE);
}

static void
pack_loaded_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  HdPreferencesWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPackManifest) pack = hd_session_load_pack_finish (HD_SESSION (object), result, &error);
  g_autofree char *text = NULL;

  if (hd_error_is_cancelled (error) || pack == NULL)
    return;

  text = hd_pack_text_dup_age (pack);
  adw_action_row_set_subtitle (self->pack_row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->pack_row), TRUE);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HdPreferencesWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_forgotten = hd_store_forget_opened_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  /* What cannot be deleted now may be deleted later. */
  gtk_button_set_label (GTK_BUTTON (self->forget_button), is_forgotten ? _("Forgotten") : _("_Forget"));
  gtk_widget_set_sensitive (self->forget_button, !is_forgotten);
}

static void
forget_clicked_cb (HdPreferencesWindow *self)
{
  gtk_widget_set_sensitive (self->forget_button, FALSE);
  hd_store_forget_opened_async (self->store, self->cancellable, forgotten_cb, self);
}

static void
hd_preferences_window_dispose (GObject *object)
{
  HdPreferencesWindow *self = HD_PREFERENCES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hd_preferences_window_parent_class)->dispose (object);
}

static void
hd_preferences_window_class_init (HdPreferencesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hd_preferences_window_dispose;

  g_type_ensure (HD_TYPE_OFFLINE_GROUP);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ua/gov/customs/HelpDesk/ui/hd-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, background_row);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, background_switch);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, forget_button);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, keyring_row);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, notifications_switch);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, offline_group);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, pack_row);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, portal_row);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, search_group);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, style_row);
  gtk_widget_class_bind_template_child (widget_class, HdPreferencesWindow, text_first_switch);
  gtk_widget_class_bind_template_callback (widget_class, forget_clicked_cb);
}

static void
hd_preferences_window_init (HdPreferencesWindow *self)
{
  self->settings = g_settings_new (HD_APP_ID);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  hd_button_names_clean (GTK_WIDGET (self));

  adw_combo_row_set_selected (self->style_row, (guint) g_settings_get_enum (self->settings, "color-scheme"));
  g_signal_connect_swapped (self->style_row, "notify::selected", G_CALLBACK (style_chosen_cb), self);
  g_settings_bind (self->settings, "notifications", self->notifications_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "text-first", self->text_first_switch, "active", G_SETTINGS_BIND_DEFAULT);
}

/* @session: (nullable): NULL while no portal is known */
GtkWidget *
hd_preferences_window_new (GtkWindow *parent,
                           HdSession *session)
{
  HdPreferencesWindow *self = g_object_new (HD_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  show_background (self, parent);
  hd_offline_group_set_session (self->offline_group, session);
  self->store = session != NULL && hd_session_get_store (session) != NULL ? g_object_ref (hd_session_get_store (session)) : NULL;
  gtk_widget_set_visible (self->search_group, self->store != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->portal_row), session != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring_row), session != NULL);

  if (session != NULL)
    {
      g_autofree char *uri = g_markup_escape_text (hd_session_get_uri (session), -1);

      adw_action_row_set_subtitle (self->portal_row, uri);
      show_keyring (self, session);

      if (self->store != NULL)
        hd_session_load_pack_async (session, self->cancellable, pack_loaded_cb, self);
    }

  return GTK_WIDGET (self);
}
