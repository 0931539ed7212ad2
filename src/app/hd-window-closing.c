/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-window-private.h"

#include "hd-draft-bin.h"
#include "hd-form-page.h"

/*
 * Going and coming back: closing the window, which may leave the program running
 * without it, quitting, and what is asked for from outside while there is nothing
 * to be seen yet.
 */

static gboolean (*parent_close_request)(GtkWindow *window);

/* Returns: (nullable): there is none in tests */
static HdApplication *
get_application (HdWindow *self)
{
  return HD_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

static void
keep_size (HdWindow *self)
{
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 240));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

/* Every page that is open saves what it holds. */
static gboolean
close_pages (HdWindow *self)
{
  for (guint i = 0; i < HD_N_PANES; i++)
    {
      GtkWidget *navigation = adw_bin_get_child (self->panes[i]);

      if (navigation != NULL && !hd_navigation_close_all (HD_NAVIGATION (navigation)))
        return FALSE;
    }

  return TRUE;
}

/* Without its window the program goes on as long as somebody is signed in: there is nothing to do for nobody. */
static gboolean
goes_on (HdWindow *self)
{
  HdApplication *application = get_application (self);

  return !self->quitting && application != NULL && hd_application_runs_in_background (application) &&
         self->session != NULL && hd_session_get_state (self->session) != HD_SESSION_SIGNED_OUT;
}

/* What is thrown away is not gone on with behind. */
static void
draft_thrown_cb (HdWindow   *self,
                 HdDraftBin *bin)
{
  GtkWidget *navigation = adw_bin_get_child (self->panes[HD_PANE_CATALOG]);
  HdPage *top = navigation != NULL ? hd_navigation_get_visible_page (HD_NAVIGATION (navigation)) : NULL;
  const char *draft_id = HD_IS_FORM_PAGE (top) ? hd_form_page_get_draft_id (HD_FORM_PAGE (top)) : NULL;

  if (draft_id != NULL && hd_draft_bin_holds (bin, draft_id))
    hd_navigation_pop_to_root (HD_NAVIGATION (navigation));
}

/* Once the store is there. */
void
hd_window_watch_bin (HdWindow *self)
{
  HdStore *store = hd_session_get_store (self->session);

  if (store != NULL)
    g_signal_connect_object (hd_draft_bin_get_for_store (store), "changed", G_CALLBACK (draft_thrown_cb), self,
                             G_CONNECT_SWAPPED);
}

static gboolean
close_request (GtkWindow *window)
{
  HdWindow *self = HD_WINDOW (window);

  keep_size (self);

  if (!close_pages (self))
    {
      self->quitting = FALSE;
      return GDK_EVENT_STOP;
    }

  /* What could be undone no longer can. */
  hd_window_dismiss_toasts (self);
  if (self->session != NULL && hd_session_get_store (self->session) != NULL)
    hd_draft_bin_empty_all (hd_draft_bin_get_for_store (hd_session_get_store (self->session)));

  gtk_window_set_hide_on_close (window, goes_on (self));

  return parent_close_request (window);
}

void
hd_window_install_closing (GtkWindowClass *window_class)
{
  parent_close_request = window_class->close_request;
  window_class->close_request = close_request;
}

/* Ends the program, whether or not it would go on without its window. */
void
hd_window_quit (HdWindow *self)
{
  gboolean is_stopped = FALSE;

  g_return_if_fail (HD_IS_WINDOW (self));

  /* Not gtk_window_close(), which does nothing to a window that was never shown. */
  self->quitting = TRUE;
  g_signal_emit_by_name (self, "close-request", &is_stopped);

  if (!is_stopped)
    gtk_window_destroy (GTK_WINDOW (self));
}

/**
 * hd_window_do_action:
 * @self: a window
 * @name: an action of the window’s
 * @parameter: (nullable): its parameter
 *
 * Does what was asked for from outside – by a notification, by the desktop – as
 * soon as the pages of somebody who is signed in are to be seen.
 */
void
hd_window_do_action (HdWindow   *self,
                     const char *name,
                     GVariant   *parameter)
{
  g_return_if_fail (HD_IS_WINDOW (self));

  hd_window_drop_pending_action (self);
  self->pending_action = g_strdup (name);
  self->pending_parameter = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;

  if (self->is_opened && !self->reading_only &&
      g_strcmp0 (gtk_stack_get_visible_child_name (self->content_stack), "panes") == 0)
    hd_window_do_pending_action (self);
}

void
hd_window_do_pending_action (HdWindow *self)
{
  g_autofree char *name = g_steal_pointer (&self->pending_action);
  g_autoptr (GVariant) parameter = g_steal_pointer (&self->pending_parameter);

  if (name != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, parameter);
}

void
hd_window_drop_pending_action (HdWindow *self)
{
  g_clear_pointer (&self->pending_action, g_free);
  g_clear_pointer (&self->pending_parameter, g_variant_unref);
}
