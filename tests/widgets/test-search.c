/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form-page-support.h"
#include "hd-home-page.h"
#include "hd-knowledge-page.h"
#include "hd-preferences-window.h"
#include "hd-search-results.h"
#include "hd-spelling-hint.h"
#include "hd-store-search.h"
#include "hd-suggestions.h"
#include "window-support.h"

/* What search offers beyond what it finds, with the practice portal's content. */

/* What two articles have one of each. */
#define WORDS "принтер пошта"

static GtkWidget *
find (WindowFixture *fixture,
      GType          type)
{
  return hd_test_find_widget (GTK_WIDGET (window_get_page (fixture)), type);
}

static const char *
get_typed (WindowFixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (find (fixture, GTK_TYPE_SEARCH_ENTRY)));
}

static gboolean
is_offered (WindowFixture *fixture)
{
  return find (fixture, HD_TYPE_SPELLING_HINT) != NULL;
}

/* It is offered, and what was typed stays until it is taken. */
static void
take_what_was_meant (WindowFixture *fixture)
{
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, GTK_TYPE_SEARCH_ENTRY)), "принтпр");
  HD_TEST_AWAIT (is_offered (fixture));
  g_assert_true (hd_test_shows_text (find (fixture, HD_TYPE_SPELLING_HINT), "Did you mean “принтер”?"));
  g_assert_cmpstr (get_typed (fixture), ==, "принтпр");

  g_signal_emit_by_name (hd_test_find_widget (find (fixture, HD_TYPE_SPELLING_HINT), GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpstr (get_typed (fixture), ==, "принтер");
  HD_TEST_AWAIT (!is_offered (fixture));

  gtk_editable_set_text (GTK_EDITABLE (find (fixture, GTK_TYPE_SEARCH_ENTRY)), "принтпр");
  HD_TEST_AWAIT (is_offered (fixture));
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, GTK_TYPE_SEARCH_ENTRY)), "");
  HD_TEST_AWAIT (!is_offered (fixture));
}

static void
test_what_was_meant_is_offered (WindowFixture       *fixture,
                                gconstpointer        data)
{
  take_what_was_meant (fixture);
  window_show_pane (fixture, "knowledge");
  take_what_was_meant (fixture);
}

static char *
find_first (WindowFixture    *fixture,
            const char       *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) found = NULL;
  g_autoptr (HdSearchResult) first = NULL;

  hd_store_search_async (hd_session_get_store (fixture->session), words, 20, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  found = hd_store_search_finish (hd_session_get_store (fixture->session), result, NULL);
  g_assert_nonnull (found);
  g_assert_cmpuint (g_list_model_get_n_items (found), >, 1);
  first = g_list_model_get_item (found, 0);

  return g_strdup (hd_search_result_get_id (first));
}

/* The second of the articles that are found. */
static GtkListBoxRow *
get_second_row (WindowFixture *fixture)
{
  GtkWidget *results = find (fixture, HD_TYPE_SEARCH_RESULTS);

  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (hd_test_find_widget (results, GTK_TYPE_LIST_BOX)), 1);
}

/* Opens it as often as needed, then forgets. */
static void
test_what_is_opened_is_remembered (WindowFixture       *fixture,
                                   gconstpointer        data)
{
  g_autofree char *before = find_first (fixture, WORDS);
  g_autofree char *after = NULL;
  g_autofree char *forgotten = NULL;
  g_autoptr (GSettings) settings = g_settings_new (HD_APP_ID);
  GtkWidget *preferences;

  /* The leak sanitizer cannot look through a process with a web view. */
  g_settings_set_boolean (settings, "text-first", TRUE);

  for (guint i = 0; i < 8; i++)
    {
      window_show_pane (fixture, "home");
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", "s", WORDS));
      HD_TEST_AWAIT (get_second_row (fixture) != NULL);
      g_clear_pointer (&after, g_free);
      after = find_first (fixture, WORDS);
      if (!g_str_equal (after, before))
        break;

      g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (get_second_row (fixture))), "row-activated",
                             get_second_row (fixture));
      HD_TEST_AWAIT (!HD_IS_HOME_PAGE (window_get_page (fixture)));
    }

  g_assert_cmpstr (after, !=, before);

  preferences = hd_preferences_window_new (GTK_WINDOW (fixture->window), fixture->session);
  gtk_window_present (GTK_WINDOW (preferences));
  hd_test_click (preferences, "_Forget");
  HD_TEST_AWAIT (hd_test_find_button (preferences, "Forgotten") != NULL);
  forgotten = find_first (fixture, WORDS);
  g_assert_cmpstr (forgotten, ==, before);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static GtkListBoxRow *
get_suggestion (GtkWidget *suggestions,
                int        position)
{
  GtkWidget *list_box = hd_test_find_widget (suggestions, GTK_TYPE_LIST_BOX);

  return list_box != NULL ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list_box), position) : NULL;
}

/* The outage, all of which is to be read there; then what can be opened. */
static void
test_the_known_outage_comes_first (WindowFixture       *fixture,
                                   gconstpointer        data)
{
  GtkWidget *suggestions = hd_suggestions_new ();
  GtkWidget *window = hd_test_window_new (suggestions);

  hd_test_portal_desk (fixture->portal, NULL, "outage", "on", "--message", "Немає <мережі>", NULL);
  g_assert_true (hd_test_sync (fixture->session, NULL));
  hd_suggestions_set_store (HD_SUGGESTIONS (suggestions), hd_session_get_store (fixture->session));
  hd_suggestions_set_words (HD_SUGGESTIONS (suggestions), "не друкує принтер");
  HD_TEST_AWAIT (get_suggestion (suggestions, 1) != NULL);

  g_assert_true (hd_test_shows_text (GTK_WIDGET (get_suggestion (suggestions, 0)), "Немає <мережі>"));
  g_assert_true (hd_test_shows_text (GTK_WIDGET (get_suggestion (suggestions, 0)), "Known Outage"));
  g_assert_false (gtk_list_box_row_get_activatable (get_suggestion (suggestions, 0)));
  g_assert_true (gtk_list_box_row_get_activatable (get_suggestion (suggestions, 1)));

  hd_test_window_destroy (window);
}

#define ADD(name, function) g_test_add ("/search/" name, WindowFixture, NULL, window_set_up, function, window_tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("what-was-meant-is-offered", test_what_was_meant_is_offered);
  ADD ("what-is-opened-is-remembered", test_what_is_opened_is_remembered);
  ADD ("the-known-outage-comes-first", test_the_known_outage_comes_first);

  return g_test_run ();
}
