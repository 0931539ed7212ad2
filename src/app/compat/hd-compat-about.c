/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-compat.h"

#include <glib/gi18n.h>

/**
 * hd_compat_show_about:
 * @name: the application’s
 * @icon_name: likewise
 * @version: likewise
 * @comments: what it is for, a sentence
 *
 * Shows what the application is and who made it.
 */
void
hd_compat_show_about (GtkWindow  *parent,
                      const char *name,
                      const char *icon_name,
                      const char *version,
                      const char *comments)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  AdwDialog *about = adw_about_dialog_new ();
#else
  GtkWidget *about = adw_about_window_new ();
#endif

  g_object_set (about,
                "application-name", name,
                "application-icon", icon_name,
                "version", version,
                "comments", comments,
                "license-type", GTK_LICENSE_GPL_3_0,
                /* Translators: your names, a line each. */
                "translator-credits", _("translator-credits"),
                NULL);

#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_present (about, GTK_WIDGET (parent));
#else
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
#endif
}
