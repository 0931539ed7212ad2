/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form-page-support.h"
#include "hd-compat.h"
#include "hd-composer.h"
#include "hd-draft-bin.h"
#include "hd-form-page-private.h"
#include "hd-item-page.h"
#include "window-support.h"

/* What the pages ask of the window, against the practice portal. */

static void
do_action (WindowFixture    *fixture,
           const char       *name,
           const char       *id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), name, "s", id));
}

static HdPage *
get_page (WindowFixture *fixture,
          HdPane         pane)
{
  HdNavigation *navigation = hd_window_get_navigation (fixture->window, pane);

  return navigation != NULL ? hd_navigation_get_visible_page (navigation) : NULL;
}

static HdFormPage *
get_form_page (WindowFixture *fixture)
{
  HdPage *page = get_page (fixture, HD_PANE_CATALOG);

  return HD_IS_FORM_PAGE (page) ? HD_FORM_PAGE (page) : NULL;
}

static gboolean
has_form (WindowFixture *fixture)
{
  HdFormPage *page = get_form_page (fixture);

  return page != NULL && page->model != NULL;
}

/* Returns: the page of a form that was begun */
static HdFormPage *
begin_form (WindowFixture *fixture)
{
  HdFormPage *page;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-offering", "(ss)", "mailbox", ""));
  HD_TEST_AWAIT (has_form (fixture));
  page = get_form_page (fixture);
  hd_answers_set (hd_form_model_get_answers (page->model), "subject", "Перше слово");
  hd_form_model_save (page->model);
  HD_TEST_AWAIT (!hd_draft_saver_get_unsaved (hd_form_model_get_saver (page->model)));

  return page;
}

static void
test_a_draft_that_is_open_is_brought_forward (WindowFixture       *fixture,
                                              gconstpointer        data)
{
  HdFormPage *page = begin_form (fixture);
  g_autofree char *draft_id = g_strdup (hd_form_model_get_draft_id (page->model));

  hd_answers_set (hd_form_model_get_answers (page->model), "subject", "Слово, яке ще не збережене");
  do_action (fixture, "win.show-pane", "home");
  do_action (fixture, "win.open-draft", draft_id);
  HD_TEST_AWAIT (hd_window_get_visible_pane (fixture->window) == HD_PANE_CATALOG);

  g_assert_true (get_form_page (fixture) == page);
  g_assert_cmpstr (hd_answers_get (hd_form_model_get_answers (page->model), "subject"), ==,
                   "Слово, яке ще не збережене");
}

static gboolean
is_kept (WindowFixture    *fixture,
         const char       *draft_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdDraft) draft = NULL;

  hd_store_get_draft_async (hd_session_get_store (fixture->session), draft_id, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_get_draft_finish (hd_session_get_store (fixture->session), result, NULL);

  return draft != NULL;
}

/* Undone until the window goes; then for good. */
static void
test_what_is_thrown_away_goes_with_the_window (WindowFixture       *fixture,
                                               gconstpointer        data)
{
  HdFormPage *page = begin_form (fixture);
  g_autofree char *draft_id = g_strdup (hd_form_model_get_draft_id (page->model));
  HdDraftBin *bin = hd_draft_bin_get_for_store (hd_session_get_store (fixture->session));
  gboolean stopped;

  hd_draft_bin_throw (bin, draft_id);
  g_assert_null (get_form_page (fixture));
  g_assert_true (is_kept (fixture, draft_id));

  /* Who goes on with it has taken it back. */
  do_action (fixture, "win.open-draft", draft_id);
  HD_TEST_AWAIT (has_form (fixture));
  g_assert_false (hd_draft_bin_holds (bin, draft_id));

  hd_draft_bin_throw (bin, draft_id);
  g_object_ref (fixture->window);
  g_signal_emit_by_name (fixture->window, "close-request", &stopped);
  HD_TEST_AWAIT (!is_kept (fixture, draft_id));
  g_object_unref (fixture->window);
}

/* Another form is opened where a review is shown; the reviewed draft can be gone on with. */
static void
test_another_form_takes_the_place_of_a_review (WindowFixture       *fixture,
                                               gconstpointer        data)
{
  HdFormPage *page = begin_form (fixture);
  g_autofree char *draft_id = g_strdup (hd_form_model_get_draft_id (page->model));

  hd_form_page_show_step (page, HD_FORM_STEP_REVIEW);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-offering", "(ss)", "printer", ""));
  g_assert_true (get_form_page (fixture) != page);
  HD_TEST_AWAIT (has_form (fixture));
  g_assert_cmpstr (hd_form_get_offering_id (hd_form_model_get_form (get_form_page (fixture)->model)), ==, "printer");

  do_action (fixture, "win.open-draft", draft_id);
  HD_TEST_AWAIT (has_form (fixture) && hd_form_page_is_editing (get_form_page (fixture), draft_id));
}

static void
test_a_request_that_is_open_is_brought_forward (WindowFixture       *fixture,
                                                gconstpointer        data)
{
  HdPage *page;

  do_action (fixture, "win.open-request", "r1");
  page = get_page (fixture, HD_PANE_ITEMS);
  g_assert_true (HD_IS_ITEM_PAGE (page));
  do_action (fixture, "win.show-pane", "home");
  do_action (fixture, "win.open-request", "r1");
  g_assert_true (get_page (fixture, HD_PANE_ITEMS) == page);
  do_action (fixture, "win.open-request", "r2");
  g_assert_true (get_page (fixture, HD_PANE_ITEMS) != page);
}

/* As when a notification starts the program. */
static void
test_what_is_asked_before_there_are_pages_waits_for_them (WindowFixture       *fixture,
                                                          gconstpointer        data)
{
  HdWindow *window = hd_window_new (NULL);
  HdNavigation *navigation;

  hd_window_set_session (window, fixture->session);
  hd_window_do_action (window, "win.open-request", g_variant_new_string ("r1"));
  g_assert_null (hd_window_get_visible_navigation (window));

  hd_window_session_opened (window, TRUE, NULL);
  navigation = hd_window_get_visible_navigation (window);
  g_assert_true (HD_IS_ITEM_PAGE (hd_navigation_get_visible_page (navigation)));
  g_assert_cmpstr (hd_item_page_get_request_id (HD_ITEM_PAGE (hd_navigation_get_visible_page (navigation))), ==, "r1");

  gtk_window_destroy (GTK_WINDOW (window));
}

/* As from the desktop, while the program runs without its window. */
static void
test_what_is_not_to_be_seen_can_be_ended (WindowFixture       *fixture,
                                          gconstpointer        data)
{
  HdWindow *window = NULL;

  g_set_weak_pointer (&window, hd_window_new (NULL));
  hd_window_quit (window);
  HD_TEST_AWAIT (window == NULL);

  g_set_weak_pointer (&window, hd_window_new (NULL));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  hd_window_quit (window);
  HD_TEST_AWAIT (window == NULL);
}

static void
page_gone_cb (gpointer  user_data,
              GObject  *where_the_page_was)
{
  guint *n_alive = user_data;

  (*n_alive)--;
}

static void
watch_page (HdPage *page,
            guint  *n_alive)
{
  (*n_alive)++;
  g_object_weak_ref (G_OBJECT (page), page_gone_cb, n_alive);
}

/* Whatever they have begun, and whatever follows them, lets go of them. */
static void
test_no_page_outlives_the_person (WindowFixture       *fixture,
                                  gconstpointer        data)
{
  static const char *const names[] = { "home", "knowledge", "catalog", "items" };
  guint n_alive = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    do_action (fixture, "win.show-pane", names[i]);

  do_action (fixture, "win.open-article", "no-such-article");
  do_action (fixture, "win.open-request", "r1");
  begin_form (fixture);

  for (HdPane pane = 0; pane < HD_N_PANES; pane++)
    {
      HdNavigation *navigation = hd_window_get_navigation (fixture->window, pane);

      watch_page (hd_navigation_get_root_page (navigation), &n_alive);
      if (hd_navigation_get_visible_page (navigation) != hd_navigation_get_root_page (navigation))
        watch_page (hd_navigation_get_visible_page (navigation), &n_alive);
    }

  g_assert_cmpuint (n_alive, >=, 6);
  hd_window_leave (fixture->window);
  HD_TEST_AWAIT (n_alive == 0);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  const char **answer = user_data;

  *answer = hd_compat_confirm_finish (result, NULL) ? "yes" : "no";
}

static void
ask (WindowFixture     *fixture,
     const char       **answer)
{
  hd_compat_confirm_async (GTK_WINDOW (fixture->window), "Так?", "Ні?", "_Так", FALSE, NULL, answered_cb, answer);
  g_assert_null (*answer);
}

static guint
count_dialogs (WindowFixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  guint n = 0;

  for (GList *l = windows; l != NULL; l = l->next)
    n += gtk_window_get_transient_for (l->data) == GTK_WINDOW (fixture->window);

  return n;
}

static void
test_a_question_ends_with_the_session_that_could_do_it (WindowFixture       *fixture,
                                                        gconstpointer        data)
{
  const char *answer = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.shortcuts", NULL));
  ask (fixture, &answer);
  g_assert_cmpuint (count_dialogs (fixture), >=, 1);

  hd_test_portal_desk (fixture->portal, "Інший-2", "set-password", HD_TEST_PORTAL_USER, NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.sync", NULL));
  HD_TEST_AWAIT (hd_session_get_state (fixture->session) == HD_SESSION_EXPIRED);
  HD_TEST_AWAIT (answer != NULL);
  g_assert_cmpstr (answer, ==, "no");
  /* The other one asks nothing. */
  g_assert_cmpuint (count_dialogs (fixture), ==, 1);
}

static void
test_no_dialog_outlives_the_person (WindowFixture       *fixture,
                                    gconstpointer        data)
{
  const char *answer = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  ask (fixture, &answer);
  hd_window_leave (fixture->window);
  HD_TEST_AWAIT (answer != NULL);
  g_assert_cmpstr (answer, ==, "no");
  g_assert_cmpuint (count_dialogs (fixture), ==, 0);
}

#define ADD(name, func) g_test_add ("/window/" name, WindowFixture, NULL, window_set_up, func, window_tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("no-page-outlives-the-person", test_no_page_outlives_the_person);
  ADD ("no-dialog-outlives-the-person", test_no_dialog_outlives_the_person);
  ADD ("a-question-ends-with-the-session-that-could-do-it", test_a_question_ends_with_the_session_that_could_do_it);
  ADD ("a-draft-that-is-open-is-brought-forward", test_a_draft_that_is_open_is_brought_forward);
  ADD ("another-form-takes-the-place-of-a-review", test_another_form_takes_the_place_of_a_review);
  ADD ("a-request-that-is-open-is-brought-forward", test_a_request_that_is_open_is_brought_forward);

  ADD ("what-is-asked-before-there-are-pages-waits-for-them", test_what_is_asked_before_there_are_pages_waits_for_them);

  ADD ("what-is-thrown-away-goes-with-the-window", test_what_is_thrown_away_goes_with_the_window);

  ADD ("what-is-not-to-be-seen-can-be-ended", test_what_is_not_to_be_seen_can_be_ended);

  return g_test_run ();
}
