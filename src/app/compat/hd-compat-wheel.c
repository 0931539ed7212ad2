/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-compat.h"

/*
 * In GTK 4.8 a scrolled window keeps the wheel where it has nothing to scroll, so
 * that the page around it stands still; later it does not.
 */

static gboolean
has_more (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment) >
         gtk_adjustment_get_page_size (adjustment);
}

static void
refresh (GtkScrolledWindow *scroller)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (scroller));
  GtkEventControllerScrollFlags flags = GTK_EVENT_CONTROLLER_SCROLL_KINETIC;

  if (has_more (gtk_scrolled_window_get_hadjustment (scroller)) || has_more (gtk_scrolled_window_get_vadjustment (scroller)))
    flags |= GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_scroll_set_flags (GTK_EVENT_CONTROLLER_SCROLL (controller), flags);
    }
}

/* For a scrolled window within one: @scroller has its child. */
void
hd_compat_pass_wheel_on (GtkScrolledWindow *scroller)
{
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (scroller), "changed", G_CALLBACK (refresh), scroller,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroller), "changed", G_CALLBACK (refresh), scroller,
                           G_CONNECT_SWAPPED);
  refresh (scroller);
}
