/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "window-support.h"

static void
import_catalog (WindowFixture *fixture,
                const char    *json)
{
  g_autofree char *path = g_build_filename (fixture->dir, "catalog.json", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, json, -1, &error);
  g_assert_no_error (error);
  hd_test_portal_desk (fixture->portal, NULL, "import-catalog", path, NULL);
}

void
window_open (WindowFixture *fixture,
             HdApplication *application)
{
  fixture->window = hd_window_new (application);
  hd_window_set_session (fixture->window, fixture->session);
  hd_window_session_opened (fixture->window, TRUE, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
window_set_up (WindowFixture *fixture,
               gconstpointer  catalog)
{
  fixture->portal = hd_test_portal_new (NULL, NULL);
  hd_test_portal_start (fixture->portal);
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->dir = hd_test_make_tmp_dir ();
  if (catalog != NULL)
    import_catalog (fixture, catalog);
  fixture->session = hd_test_session_new (fixture->portal, fixture->policy, fixture->dir);
  window_open (fixture, NULL);
}

void
window_tear_down (WindowFixture *fixture,
                  gconstpointer  catalog)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  hd_test_drain ();
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

HdPage *
window_get_page (WindowFixture *fixture)
{
  return hd_navigation_get_visible_page (hd_window_get_visible_navigation (fixture->window));
}

void
window_show_pane (WindowFixture *fixture,
                  const char    *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-pane", "s", name));
}
