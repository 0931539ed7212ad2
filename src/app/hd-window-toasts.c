/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-window-private.h"

#include <glib/gi18n.h>

/*
 * The window's toasts: none stays when what it says is so no more, or when the person has gone.
 */

#define SYNC_TOAST_SECONDS 2

static void
toast_dismissed_cb (HdWindow *self,
                    AdwToast *toast)
{
  if (self->toasts != NULL)
    g_ptr_array_remove (self->toasts, toast);
}

/* @toast: (transfer full) */
void
hd_window_show_toast (HdWindow *self,
                      AdwToast *toast)
{
  g_ptr_array_add (self->toasts, g_object_ref (toast));
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/* They are of somebody who has gone. */
void
hd_window_dismiss_toasts (HdWindow *self)
{
  g_autoptr (GPtrArray) toasts = g_steal_pointer (&self->toasts);

  self->toasts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < toasts->len; i++)
    adw_toast_dismiss (toasts->pdata[i]);
}

void
hd_window_add_toast (HdWindow   *self,
                     const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  hd_window_show_toast (self, adw_toast_new (markup));
}

/* Says that everything is up to date, for as long as it takes to read that. */
void
hd_window_add_sync_toast (HdWindow *self)
{
  AdwToast *toast = adw_toast_new (_("Everything is up to date"));

  hd_window_dismiss_sync_toast (self);
  adw_toast_set_timeout (toast, SYNC_TOAST_SECONDS);
  g_set_weak_pointer (&self->sync_toast, toast);
  hd_window_show_toast (self, toast);
}

/* It is no longer so. */
void
hd_window_dismiss_sync_toast (HdWindow *self)
{
  if (self->sync_toast != NULL)
    adw_toast_dismiss (self->sync_toast);
}
