/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-link.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hd-compat.h"
#include "hd-launch.h"

static void
link_confirmed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autofree char *uri = user_data;

  if (hd_compat_confirm_finish (result, NULL))
    hd_launch_uri (GTK_WIDGET (object), uri);
}

static const char *
get_question (const char *uri)
{
  if (g_ascii_strncasecmp (uri, "mailto:", strlen ("mailto:")) == 0)
    return _("Write to This Address?");

  if (g_ascii_strncasecmp (uri, "tel:", strlen ("tel:")) == 0)
    return _("Call This Number?");

  return _("Open This Link in the Browser?");
}

/**
 * hd_article_link_confirm:
 * @widget: where the link is
 * @uri: where it leads, out of the program
 *
 * Shows the person where a link leads before anything goes there.
 */
void
hd_article_link_confirm (GtkWidget  *widget,
                         const char *uri)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  hd_compat_confirm_async (GTK_WINDOW (root), get_question (uri), uri, _("_Open"), FALSE,
                           NULL, link_confirmed_cb, g_strdup (uri));
}
