/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-star-button.h"

#include <glib/gi18n-lib.h>

/*
 * The star of an offering: a toggle button that activates
 * “catalog.set-favourite” (sb).
 */

static void
show_state (GtkToggleButton *button)
{
  gboolean favourite = gtk_toggle_button_get_active (button);
  const char *name = g_object_get_data (G_OBJECT (button), "hd-offering-name");
  g_autofree char *label = g_strdup_printf (_("Favourite: %s"), name);

  gtk_button_set_icon_name (GTK_BUTTON (button), favourite ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), favourite ? _("Remove from Favourites") : _("Add to Favourites"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
toggled_cb (GtkToggleButton *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "hd-offering-id");

  show_state (button);
  gtk_widget_activate_action (GTK_WIDGET (button), "catalog.set-favourite", "(sb)", id,
                              gtk_toggle_button_get_active (button));
}

/**
 * hd_star_button_new:
 * @offering_id: an offering
 * @offering_name: its name, for a screen reader
 * @favourite: whether it has a star now
 *
 * Returns: a button
 */
GtkWidget *
hd_star_button_new (const char *offering_id,
                    const char *offering_name,
                    gboolean    favourite)
{
  GtkWidget *button = gtk_toggle_button_new ();

  g_object_set_data_full (G_OBJECT (button), "hd-offering-id", g_strdup (offering_id), g_free);
  g_object_set_data_full (G_OBJECT (button), "hd-offering-name",
                          g_strdup (offering_name != NULL ? offering_name : ""), g_free);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), favourite);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  show_state (GTK_TOGGLE_BUTTON (button));
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), NULL);

  return button;
}

/* Shows what is so already: nothing is activated. */
void
hd_star_button_set (GtkWidget *button,
                    gboolean   favourite)
{
  g_signal_handlers_block_by_func (button, toggled_cb, NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), favourite);
  g_signal_handlers_unblock_by_func (button, toggled_cb, NULL);
  show_state (GTK_TOGGLE_BUTTON (button));
}
