/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>

#include "hd-adaptive-bin.h"
#include "hd-article-page.h"
#include "hd-catalog-page.h"
#include "hd-home-page.h"
#include "hd-item-page.h"
#include "hd-items-page.h"
#include "hd-knowledge-page.h"
#include "hd-test-utils.h"

/* Every page fits on the narrowest screen, and in a low window, in the language with the longest words. */

#define NARROWEST 360
/* What the bars leave of the lowest window with a banner of four lines. */
#define LOWEST 240

typedef GtkWidget *(*NewPage) (HdSession *session);

static GtkWidget *
item_page_new (HdSession *session)
{
  return hd_item_page_new (session, "1");
}

static const struct
{
  const char *name;
  NewPage     new_page;
} pages[] = {
  { "home", hd_home_page_new },
  { "knowledge", hd_knowledge_page_new },
  { "article", hd_article_page_new },
  { "catalog", hd_catalog_page_new },
  { "items", hd_items_page_new },
  { "item", item_page_new },
};

static HdSession *
open_session (const char *folder)
{
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  HdSession *session = hd_session_new (policy, "open", "https://127.0.0.1:1/", NULL, folder, &error);

  g_assert_no_error (error);
  hd_session_open_async (session, NULL, hd_test_store_result_cb, &opened);
  hd_test_await (&opened);
  hd_session_open_finish (session, opened, &error);
  g_assert_no_error (error);
  return session;
}

/* Names what is too wide, from the page down to the widget at fault. */
static void
explain (GtkWidget *widget,
         int        depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum <= NARROWEST || !gtk_widget_get_visible (widget))
    return;

  g_test_message ("%*s%s %s: %d", depth, "", G_OBJECT_TYPE_NAME (widget), gtk_widget_get_name (widget), minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    explain (child, depth + 1);
}

static void
test_page_fits (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autoptr (HdSession) session = open_session (folder);
  GtkWidget *window = adw_window_new ();
  GtkWidget *bin = hd_adaptive_bin_new ();
  GtkWidget *page = pages[index].new_page (session);
  int minimum;

  adw_bin_set_child (ADW_BIN (bin), page);
  adw_window_set_content (ADW_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), NARROWEST, 640);
  gtk_window_present (GTK_WINDOW (window));

  /* The page learns how narrow it is after it was given its place. */
  while (hd_page_get_size_class (HD_PAGE (page)) != HD_SIZE_CLASS_NARROW)
    g_main_context_iteration (NULL, TRUE);

  explain (page, 0);
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, NARROWEST);
  gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, NARROWEST, &minimum, NULL, NULL, NULL);
  g_test_message ("%s: %d high", pages[index].name, minimum);
  g_assert_cmpint (minimum, <=, LOWEST);

  gtk_window_destroy (GTK_WINDOW (window));
  hd_store_close (hd_session_get_store (session));
  hd_test_remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LC_ALL", "uk_UA.UTF-8", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_assert_nonnull (setlocale (LC_ALL, NULL));
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("HELPDESK_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  adw_init ();

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/narrow/%s-fits", pages[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_page_fits);
    }

  return g_test_run ();
}
