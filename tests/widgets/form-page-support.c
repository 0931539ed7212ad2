/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form-page-support.h"

#include "hd-adaptive-bin.h"

typedef gboolean (*MatchFunc) (GtkWidget     *widget,
                               gconstpointer  data);

/* Depth first; only what could be seen. */
static GtkWidget *
find (GtkWidget     *root,
      MatchFunc      matches,
      gconstpointer  data)
{
  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return NULL;

  if (matches (root, data))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, matches, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_of_type (GtkWidget     *widget,
            gconstpointer  data)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) data);
}

static gboolean
is_button (GtkWidget     *widget,
           gconstpointer  data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), data) == 0;
}

static gboolean
is_label (GtkWidget     *widget,
          gconstpointer  data)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), data) != NULL;
}

/* Returns: (nullable): the first visible widget of a type */
GtkWidget *
hd_test_find_widget (GtkWidget *root,
                     GType      type)
{
  return find (root, is_of_type, &type);
}

/* Returns: (nullable): the visible button of that label, with its underscore */
GtkWidget *
hd_test_find_button (GtkWidget  *root,
                     const char *label)
{
  return find (root, is_button, label);
}

/* Returns: (nullable): the visible label with that text in it */
GtkWidget *
hd_test_find_label (GtkWidget  *root,
                    const char *text)
{
  return find (root, is_label, text);
}

gboolean
hd_test_shows_text (GtkWidget  *root,
                    const char *text)
{
  return hd_test_find_label (root, text) != NULL;
}

/* As a person would: a button that is dead is not clicked. */
void
hd_test_click (GtkWidget  *root,
               const char *label)
{
  GtkWidget *button = hd_test_find_button (root, label);

  g_assert_nonnull (button);
  if (gtk_widget_is_sensitive (button))
    g_signal_emit_by_name (button, "clicked");
}

static GtkShortcut *
find_paste_key (GtkEventController *controller)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (controller)); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), i);
      g_autofree char *text = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

      if (g_str_equal (text, "<Control>v"))
        return g_steal_pointer (&shortcut);
    }

  return NULL;
}

/*
 * What Ctrl+V does before the widgets inside @widget see it.  Returns: whether it
 * kept the key from them
 */
gboolean
hd_test_press_paste (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) key = NULL;

      if (GTK_IS_SHORTCUT_CONTROLLER (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        key = find_paste_key (controller);

      if (key != NULL)
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (key), 0, widget, NULL);
    }

  g_assert_not_reached ();
}

/* A window around a page. */
GtkWidget *
hd_test_window_new (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bin = hd_adaptive_bin_new ();

  adw_bin_set_child (ADW_BIN (bin), child);
  gtk_window_set_child (GTK_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

void
hd_test_window_destroy (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
