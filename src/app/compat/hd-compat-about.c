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

#if ADW_CHECK_VERSION (1, 5, 0)

void
hd_compat_show_about (GtkWindow  *parent,
                      const char *name,
                      const char *icon_name,
                      const char *version,
                      const char *comments)
{
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog,
                "application-name", name,
                "application-icon", icon_name,
                "version", version,
                "comments", comments,
                "license-type", GTK_LICENSE_GPL_3_0,
                /* Translators: your names, a line each. */
                "translator-credits", _("translator-credits"),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (parent));
}

#else

void
hd_compat_show_about (GtkWindow  *parent,
                      const char *name,
                      const char *icon_name,
                      const char *version,
                      const char *comments)
{
  GtkWidget *window = adw_about_window_new ();

  g_object_set (window,
                "transient-for", parent,
                "modal", TRUE,
                "application-name", name,
                "application-icon", icon_name,
                "version", version,
                "comments", comments,
                "license-type", GTK_LICENSE_GPL_3_0,
                /* Translators: your names, a line each. */
                "translator-credits", _("translator-credits"),
                NULL);
  gtk_window_present (GTK_WINDOW (window));
}

#endif
