/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-launch.h"

#include <glib/gi18n.h>

static void
launched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree GWeakRef *widget_ref = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (widget_ref);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (widget_ref);

  if (g_app_info_launch_default_for_uri_finish (result, &error) || widget == NULL)
    return;

  gtk_widget_activate_action (widget, "win.toast", "s", _("There is no program here to open it with"));
}

/**
 * hd_launch_uri:
 * @widget: where it was asked for
 * @uri: a file, a page of the web, an address to write to
 *
 * Has the desktop open something, and says so where it cannot.
 */
void
hd_launch_uri (GtkWidget  *widget,
               const char *uri)
{
  GWeakRef *widget_ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (widget_ref, widget);
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, widget_ref);
}
