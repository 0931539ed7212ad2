/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-button-names.h"

/**
 * hd_button_names_clean:
 * @widget: a button, or what holds buttons
 *
 * Lets screen readers read “Sign In” and not “_Sign In Sign In”: GTK 4.8 takes
 * the label of a button as its name with the mark of the mnemonic, and adds to
 * that the label within, whose name is right and enough.
 */
void
hd_button_names_clean (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_BUTTON (widget))
    {
      const char *label = gtk_button_get_label (GTK_BUTTON (widget));

      if (label != NULL && gtk_button_get_use_underline (GTK_BUTTON (widget)))
        gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);

      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hd_button_names_clean (child);
}
