/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offline-toggle.h"

#include <glib/gi18n-lib.h>

/**
 * HdOfflineToggle:
 *
 * The button beside a category: whether its articles are always there offline,
 * with their pictures.
 */

struct _HdOfflineToggle
{
  GtkToggleButton      parent_instance;

  HdOfflineCategories *categories;  /* (owned) (nullable) */
  char                *id;          /* (owned) (nullable) */
  char                *name;        /* (owned) (nullable): of the category */
};

G_DEFINE_FINAL_TYPE (HdOfflineToggle, hd_offline_toggle, GTK_TYPE_TOGGLE_BUTTON)

/* GTK 4.8 calls it a button, of which not every screen reader says whether it is pressed. */
static void
describe (HdOfflineToggle *self)
{
  gboolean active = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self));
  g_autofree char *missing = self->categories != NULL ? hd_offline_categories_dup_missing (self->categories, self->id) : NULL;
  g_autofree char *tooltip = g_strjoin ("\n", active ? _("Always Available Offline") : _("Make Always Available Offline"),
                                        missing, NULL);
  g_autofree char *label = NULL;

  gtk_button_set_icon_name (GTK_BUTTON (self), missing != NULL ? "content-loading-symbolic" : "document-save-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, missing != NULL ? missing : "", -1);
  /* Of one that was never pressed GTK 4.8 does not say that it can be. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  if (self->name == NULL)
    return;

  /* Translators: %s is a category of articles. */
  label = active ? g_strdup_printf (_("%s: always available offline"), self->name)
                 : g_strdup_printf (_("%s: not always available offline"), self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
toggled_cb (HdOfflineToggle *self)
{
  gboolean active = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self));

  describe (self);

  /* Most are not chosen, and need not be looked at. */
  if (active)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");

  if (self->categories != NULL)
    hd_offline_categories_set (self->categories, self->id, active);
}

static void
refresh (HdOfflineToggle *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), hd_offline_categories_contains (self->categories, self->id));
  describe (self);
}

static void
forget (HdOfflineToggle *self)
{
  if (self->categories != NULL)
    g_signal_handlers_disconnect_by_data (self->categories, self);

  g_clear_object (&self->categories);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
}

static void
hd_offline_toggle_dispose (GObject *object)
{
  forget (HD_OFFLINE_TOGGLE (object));

  G_OBJECT_CLASS (hd_offline_toggle_parent_class)->dispose (object);
}

static void
hd_offline_toggle_class_init (HdOfflineToggleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hd_offline_toggle_dispose;
}

static void
hd_offline_toggle_init (HdOfflineToggle *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "circular");
  gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  describe (self);
  g_signal_connect (self, "toggled", G_CALLBACK (toggled_cb), NULL);
}

GtkWidget *
hd_offline_toggle_new (void)
{
  return g_object_new (HD_TYPE_OFFLINE_TOGGLE, NULL);
}

/**
 * hd_offline_toggle_set_category:
 * @self: a button
 * @categories: (nullable): where it is kept; %NULL hides the button
 * @id: (nullable): the category's id
 * @name: (nullable): its name, for a screen reader
 */
void
hd_offline_toggle_set_category (HdOfflineToggle     *self,
                                HdOfflineCategories *categories,
                                const char          *id,
                                const char          *name)
{
  g_return_if_fail (HD_IS_OFFLINE_TOGGLE (self));

  forget (self);
  gtk_widget_set_visible (GTK_WIDGET (self), categories != NULL);

  if (categories == NULL)
    return;

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  /* Before it can tell anybody what it shows. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), hd_offline_categories_contains (categories, id));
  self->categories = g_object_ref (categories);
  describe (self);
  g_signal_connect_swapped (categories, "changed", G_CALLBACK (refresh), self);
}
