/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-navigation.h"

#include "form-page-support.h"
#include "hd-test-utils.h"

/* A page that can refuse to go and take a step back within itself. */

#define TEST_TYPE_PAGE (test_page_get_type ())
G_DECLARE_FINAL_TYPE (TestPage, test_page, TEST, PAGE, HdPage)

struct _TestPage
{
  HdPage   parent_instance;

  gboolean keeps;
  guint    n_closed;
};

G_DEFINE_FINAL_TYPE (TestPage, test_page, HD_TYPE_PAGE)

static gboolean
test_page_close (HdPage *page)
{
  TestPage *self = TEST_PAGE (page);

  self->n_closed++;

  return !self->keeps;
}

static void
test_page_go_back (HdPage *page)
{
  hd_page_set_can_go_back (page, FALSE);
}

static void
test_page_class_init (TestPageClass *klass)
{
  HD_PAGE_CLASS (klass)->close = test_page_close;
  HD_PAGE_CLASS (klass)->go_back = test_page_go_back;
}

static void
test_page_init (TestPage *self)
{
  adw_bin_set_child (ADW_BIN (self), gtk_button_new_with_label ("A button"));
}

static TestPage *
page_new (const char *title)
{
  return g_object_new (TEST_TYPE_PAGE, "title", title, NULL);
}

typedef struct
{
  TestPage     *root;
  HdNavigation *navigation;
  GtkWidget    *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->root = page_new ("root");
  fixture->navigation = HD_NAVIGATION (hd_navigation_new (HD_PAGE (fixture->root)));
  fixture->window = hd_test_window_new (GTK_WIDGET (fixture->navigation));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_window_destroy (fixture->window);
}

static void
test_push_and_pop (Fixture       *fixture,
                   gconstpointer  data)
{
  TestPage *page = page_new ("second");
  GWeakRef weak;

  g_weak_ref_init (&weak, page);
  g_assert_false (hd_navigation_get_can_pop (fixture->navigation));

  hd_navigation_push (fixture->navigation, HD_PAGE (page));
  g_assert_true (hd_navigation_get_can_pop (fixture->navigation));
  g_assert_true (hd_navigation_get_visible_page (fixture->navigation) == HD_PAGE (page));

  g_assert_true (hd_navigation_pop (fixture->navigation));
  g_assert_true (hd_navigation_get_visible_page (fixture->navigation) == HD_PAGE (fixture->root));
  g_assert_false (hd_navigation_get_can_pop (fixture->navigation));

  /* The page goes as soon as it has slid out; meson's timeout would tell. */
  while (TRUE)
    {
      g_autoptr (GObject) alive = g_weak_ref_get (&weak);

      if (alive == NULL)
        break;

      g_clear_object (&alive);
      g_main_context_iteration (NULL, TRUE);
    }

  g_weak_ref_clear (&weak);
}

static void
test_root_stays (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_false (hd_navigation_pop (fixture->navigation));
  g_assert_cmpuint (fixture->root->n_closed, ==, 0);
  g_assert_true (hd_navigation_get_root_page (fixture->navigation) == HD_PAGE (fixture->root));
}

static void
test_page_can_stay (Fixture       *fixture,
                    gconstpointer  data)
{
  TestPage *page = page_new ("second");

  page->keeps = TRUE;
  hd_navigation_push (fixture->navigation, HD_PAGE (page));
  g_assert_false (hd_navigation_pop (fixture->navigation));
  g_assert_false (hd_navigation_pop_to_root (fixture->navigation));
  g_assert_false (hd_navigation_close_all (fixture->navigation));
  g_assert_true (hd_navigation_get_visible_page (fixture->navigation) == HD_PAGE (page));

  page->keeps = FALSE;
  g_assert_true (hd_navigation_close_all (fixture->navigation));
  g_assert_cmpuint (fixture->root->n_closed, ==, 1);
}

static void
test_back_within_page (Fixture       *fixture,
                       gconstpointer  data)
{
  TestPage *page = page_new ("second");

  hd_page_set_can_go_back (HD_PAGE (fixture->root), TRUE);
  g_assert_true (hd_navigation_get_can_pop (fixture->navigation));
  g_assert_true (hd_navigation_pop (fixture->navigation));
  g_assert_false (hd_navigation_get_can_pop (fixture->navigation));

  hd_navigation_push (fixture->navigation, HD_PAGE (page));
  hd_page_set_can_go_back (HD_PAGE (page), TRUE);
  g_assert_true (hd_navigation_pop (fixture->navigation));
  g_assert_true (hd_navigation_get_visible_page (fixture->navigation) == HD_PAGE (page));
  g_assert_true (hd_navigation_pop_to_root (fixture->navigation));
  g_assert_true (hd_navigation_get_visible_page (fixture->navigation) == HD_PAGE (fixture->root));
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  TestPage *form = page_new ("form");
  TestPage *receipt = page_new ("receipt");

  form->keeps = TRUE;
  hd_navigation_push (fixture->navigation, HD_PAGE (form));
  hd_navigation_replace (fixture->navigation, HD_PAGE (receipt));

  /* It was not asked, and it is still there for its own function to return to. */
  g_assert_cmpuint (form->n_closed, ==, 0);
  g_assert_true (hd_navigation_get_visible_page (fixture->navigation) == HD_PAGE (receipt));
  g_assert_true (hd_navigation_pop (fixture->navigation));
  g_assert_true (hd_navigation_get_visible_page (fixture->navigation) == HD_PAGE (fixture->root));
}

static void
test_hidden_pages (Fixture       *fixture,
                   gconstpointer  data)
{
  TestPage *page = page_new ("second");

  hd_navigation_push (fixture->navigation, HD_PAGE (page));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (fixture->root), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE);

  hd_navigation_pop (fixture->navigation);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (fixture->root), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE);
}

static void
test_cancellable (Fixture       *fixture,
                  gconstpointer  data)
{
  TestPage *page = g_object_ref_sink (page_new ("second"));
  g_autoptr (GCancellable) cancellable = g_object_ref (hd_page_get_cancellable (HD_PAGE (page)));

  g_assert_false (g_cancellable_is_cancelled (cancellable));
  g_assert_finalize_object (page);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
}

#define ADD(name, function) \
  g_test_add ("/widgets/pages/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("a-page-comes-and-goes", test_push_and_pop);
  ADD ("the-first-page-stays", test_root_stays);
  ADD ("a-page-can-refuse-to-go", test_page_can_stay);
  ADD ("a-page-can-go-back-within-itself", test_back_within_page);
  ADD ("a-page-can-take-the-place-of-another", test_replace);
  ADD ("screen-readers-see-the-page-on-top-only", test_hidden_pages);
  ADD ("a-page-cancels-what-it-began", test_cancellable);

  return g_test_run ();
}
