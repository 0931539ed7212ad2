/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-stack-state.h"

static void
tell_hidden_cb (GtkWidget *stack)
{
  g_autoptr (GListModel) pages = NULL;
  g_autoptr (GtkWidget) visible = NULL;

  g_object_get (stack, "pages", &pages, "visible-child", &visible, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (pages, i);
      g_autoptr (GtkWidget) child = NULL;

      g_object_get (page, "child", &child, NULL);
      gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != visible, -1);
    }
}

static void
pages_changed_cb (GListModel *pages,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  tell_hidden_cb (user_data);
}

/**
 * hd_stack_state_follow:
 * @stack: a GtkStack or an AdwViewStack
 *
 * Tells screen readers which children of @stack are hidden behind the visible
 * one: GTK 4.8 lets them read all.
 */
void
hd_stack_state_follow (GtkWidget *stack)
{
  GListModel *pages = NULL;

  g_object_get (stack, "pages", &pages, NULL);
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (tell_hidden_cb), NULL);
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (pages_changed_cb), stack, 0);
  /* The stack makes its list of pages anew whenever nobody has it. */
  g_object_set_data_full (G_OBJECT (stack), "hd-pages", pages, g_object_unref);
  tell_hidden_cb (stack);
}
