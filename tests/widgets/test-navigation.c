/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "hd-navigation.h"
#include "hd-page.h"

/* A page that only has a title. */

#define TEST_TYPE_PAGE (test_page_get_type ())
G_DECLARE_FINAL_TYPE (TestPage, test_page, TEST, PAGE, HdPage)

struct _TestPage
{
  HdPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TestPage, test_page, HD_TYPE_PAGE)

static void
test_page_class_init (TestPageClass *klass)
{
}

static void
test_page_init (TestPage *self)
{
}

static HdPage *
new_page (const char *title)
{
  return g_object_new (TEST_TYPE_PAGE, "title", title, NULL);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
assert_title (GtkWidget  *navigation,
              const char *expected)
{
  g_autofree char *title = NULL;

  g_object_get (navigation, "title", &title, NULL);
  g_assert_cmpstr (title, ==, expected);
}

static void
test_title_is_the_visible_page_s (void)
{
  g_autoptr (GtkWidget) navigation = g_object_ref_sink (hd_navigation_new (new_page ("Root")));
  HdPage *top = new_page (NULL);
  guint count = 0;

  g_signal_connect_swapped (navigation, "notify::title", G_CALLBACK (count_cb), &count);
  assert_title (navigation, "Root");

  hd_navigation_push (HD_NAVIGATION (navigation), top);
  g_assert_cmpuint (count, ==, 1);
  assert_title (navigation, NULL);

  /* What it shows has loaded. */
  hd_page_set_title (top, "Loaded");
  g_assert_cmpuint (count, ==, 2);
  assert_title (navigation, "Loaded");

  g_assert_true (hd_navigation_pop (HD_NAVIGATION (navigation)));
  g_assert_cmpuint (count, ==, 3);
  assert_title (navigation, "Root");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/navigation/title-is-the-visible-page-s", test_title_is_the_visible_page_s);

  return g_test_run ();
}
