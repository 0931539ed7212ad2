/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form-page-support.h"
#include "hd-catalog-side.h"
#include "hd-form-page-private.h"
#include "hd-home-page.h"
#include "hd-knowledge-page.h"
#include "hd-offering-card.h"
#include "hd-phone-button.h"
#include "window-support.h"

/* From words that find nothing to an incident with these words in it, against the practice portal. */

#define WORDS "Фенікс кукурікає"
#define BUTTON "Report an _Incident"

#define PLAIN(id, position) \
  ",{\"id\":\"" id "\",\"category_id\":\"net\",\"kind\":\"incident\",\"name\":\"" id "\",\"position\":" position "," \
  "\"form\":{\"fields\":[{\"id\":\"why\",\"type\":\"multiline\",\"label\":\"Чому\"}]}}"

/* More incidents than cards are made at once; the practice portal's own catalog has one. */
static const char several[] =
  "{\"categories\":[{\"id\":\"mail\",\"name\":\"Пошта\",\"kind\":\"request\",\"position\":1},"
  "{\"id\":\"net\",\"name\":\"Мережа\",\"kind\":\"incident\",\"position\":2}],"
  "\"offerings\":["
  "{\"id\":\"box\",\"category_id\":\"mail\",\"kind\":\"request\",\"name\":\"Скринька\",\"position\":1,\"form\":{\"fields\":["
  "{\"id\":\"subject\",\"type\":\"text\",\"label\":\"Тема\",\"required\":true}]}},"
  "{\"id\":\"down\",\"category_id\":\"net\",\"kind\":\"incident\",\"name\":\"Немає мережі\",\"position\":1,\"form\":{\"fields\":["
  "{\"id\":\"secret\",\"type\":\"text\",\"label\":\"Таємне\",\"sensitive\":true},"
  "{\"id\":\"subject\",\"type\":\"text\",\"label\":\"Тема\",\"required\":true,\"max\":\"7\"},"
  "{\"id\":\"room\",\"type\":\"text\",\"label\":\"Кімната\"}]}},"
  "{\"id\":\"slow\",\"category_id\":\"net\",\"kind\":\"incident\",\"name\":\"Мережа повільна\",\"position\":2,\"form\":{\"fields\":["
  "{\"id\":\"description\",\"type\":\"multiline\",\"label\":\"Що сталося\",\"required\":true}]}}"
  PLAIN ("i3", "3") PLAIN ("i4", "4") PLAIN ("i5", "5") PLAIN ("i6", "6") "]}";

/* Returns: (nullable): the form that is open */
static HdFormModel *
get_model (WindowFixture *fixture)
{
  HdPage *page = window_get_page (fixture);

  return HD_IS_FORM_PAGE (page) ? HD_FORM_PAGE (page)->model : NULL;
}

static const char *
get_answer (WindowFixture    *fixture,
            const char       *field_id)
{
  return hd_answers_get (hd_form_model_get_answers (get_model (fixture)), field_id);
}

static gboolean
shows (WindowFixture    *fixture,
       const char       *text)
{
  return hd_test_shows_text (GTK_WIDGET (window_get_page (fixture)), text);
}

/* Searches over everything, finds nothing and presses the button. */
static void
report (WindowFixture    *fixture,
        const char       *words)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", "s", words));
  HD_TEST_AWAIT (shows (fixture, "Nothing Found for “" WORDS "”"));
  hd_test_click (GTK_WIDGET (window_get_page (fixture)), BUTTON);
}

static GtkWidget *
find_card (WindowFixture *fixture)
{
  return hd_test_find_widget (GTK_WIDGET (window_get_page (fixture)), HD_TYPE_OFFERING_CARD);
}

static void
await_catalog (WindowFixture    *fixture,
               const char       *offering)
{
  HD_TEST_AWAIT (hd_window_get_visible_pane (fixture->window) == HD_PANE_CATALOG && shows (fixture, offering) &&
                 find_card (fixture) != NULL);
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static gboolean
field_has_focus (WindowFixture    *fixture,
                 const char       *field_id)
{
  return has_focus (hd_form_view_get_row (HD_FORM_PAGE (window_get_page (fixture))->form_view, field_id));
}

static char *
dup_kept_answer (WindowFixture    *fixture,
                 const char       *draft_id,
                 const char       *field_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdAnswers) answers = NULL;

  hd_store_get_draft_async (hd_session_get_store (fixture->session), draft_id, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_get_draft_finish (hd_session_get_store (fixture->session), result, NULL);
  answers = hd_answers_new_from_list (draft != NULL ? hd_draft_get_answers (draft) : NULL);

  return g_strdup (hd_answers_get (answers, field_id));
}

static gboolean
is_kept (WindowFixture    *fixture,
         const char       *field_id,
         const char       *text)
{
  g_autofree char *kept = dup_kept_answer (fixture, hd_form_model_get_draft_id (get_model (fixture)), field_id);

  return g_strcmp0 (kept, text) == 0;
}

static void
test_the_only_incident_opens_with_the_words (WindowFixture       *fixture,
                                             gconstpointer        data)
{
  report (fixture, "  " WORDS " ");
  HD_TEST_AWAIT (get_model (fixture) != NULL);
  g_assert_cmpstr (get_answer (fixture, "description"), ==, WORDS);
  HD_TEST_AWAIT (field_has_focus (fixture, "photo"));

  /* As if it had been typed. */
  HD_TEST_AWAIT (is_kept (fixture, "description", WORDS));
}

/* Returns: whether it is on screen */
static gboolean
shows_suggestion (WindowFixture *fixture)
{
  GtkWidget *row = hd_test_find_widget (GTK_WIDGET (HD_FORM_PAGE (window_get_page (fixture))->suggestions),
                                        ADW_TYPE_ACTION_ROW);

  return row != NULL && gtk_widget_get_mapped (row);
}

/* Articles are looked for as with any other text. */
static void
test_the_words_find_what_may_help (WindowFixture       *fixture,
                                   gconstpointer        data)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.report-words", "s", "поштова скринька"));
  HD_TEST_AWAIT (get_model (fixture) != NULL);
  HD_TEST_AWAIT (shows_suggestion (fixture));
}

static void
test_the_incident_that_is_chosen_gets_the_words (WindowFixture       *fixture,
                                                 gconstpointer        data)
{
  report (fixture, WORDS);
  await_catalog (fixture, "Немає мережі");
  g_assert_false (shows (fixture, "Скринька"));
  g_assert_true (shows (fixture, WORDS));
  HD_TEST_AWAIT (has_focus (find_card (fixture)));

  g_assert_true (gtk_widget_activate (find_card (fixture)));
  HD_TEST_AWAIT (get_model (fixture) != NULL);
  /* As much as the field takes, and nothing to what is secret. */
  g_assert_cmpstr (get_answer (fixture, "subject"), ==, "Фенікс");
  g_assert_null (get_answer (fixture, "secret"));
  HD_TEST_AWAIT (field_has_focus (fixture, "secret"));

  /* They are used up. */
  window_show_pane (fixture, "catalog");
  await_catalog (fixture, "Немає мережі");
  g_assert_false (shows (fixture, WORDS));
}

/* Opens the first card of what is shown; its form is new. */
static void
assert_nothing_carried (WindowFixture *fixture)
{
  HD_TEST_AWAIT (!shows (fixture, WORDS) && find_card (fixture) != NULL);
  g_assert_true (gtk_widget_activate (find_card (fixture)));
  HD_TEST_AWAIT (get_model (fixture) != NULL);
  g_assert_null (get_answer (fixture, "subject"));
  g_assert_null (get_answer (fixture, "description"));
  g_assert_false (hd_form_model_is_begun (get_model (fixture)));
}

static void
choose_requests (WindowFixture *fixture)
{
  GtkWidget *side = hd_test_find_widget (GTK_WIDGET (window_get_page (fixture)), HD_TYPE_CATALOG_SIDE);
  GtkListBox *list = GTK_LIST_BOX (hd_test_find_widget (side, GTK_TYPE_LIST_BOX));

  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
}

static void
test_another_side_forgets_the_words (WindowFixture       *fixture,
                                     gconstpointer        data)
{
  report (fixture, WORDS);
  await_catalog (fixture, "Немає мережі");
  choose_requests (fixture);
  HD_TEST_AWAIT (shows (fixture, "Скринька"));
  assert_nothing_carried (fixture);
}

static void
test_a_search_forgets_the_words (WindowFixture       *fixture,
                                 gconstpointer        data)
{
  GtkWidget *entry;

  report (fixture, WORDS);
  await_catalog (fixture, "Немає мережі");
  entry = hd_test_find_widget (GTK_WIDGET (window_get_page (fixture)), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "немає");
  HD_TEST_AWAIT (!shows (fixture, WORDS));
  assert_nothing_carried (fixture);
}

static void
test_going_elsewhere_forgets_the_words (WindowFixture       *fixture,
                                        gconstpointer        data)
{
  report (fixture, WORDS);
  await_catalog (fixture, "Немає мережі");
  window_show_pane (fixture, "items");
  window_show_pane (fixture, "catalog");
  await_catalog (fixture, "Немає мережі");
  assert_nothing_carried (fixture);
}

static void
test_asking_for_the_incidents_forgets_the_words (WindowFixture       *fixture,
                                                 gconstpointer        data)
{
  report (fixture, WORDS);
  await_catalog (fixture, "Немає мережі");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.report-incident", NULL));
  assert_nothing_carried (fixture);
}

static void
test_a_form_from_elsewhere_gets_no_words (WindowFixture       *fixture,
                                          gconstpointer        data)
{
  report (fixture, WORDS);
  await_catalog (fixture, "Немає мережі");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-offering", "(ss)", "down", ""));
  HD_TEST_AWAIT (get_model (fixture) != NULL);
  g_assert_false (hd_form_model_is_begun (get_model (fixture)));
}

/* What was begun before stays as it is, and is still offered. */
static void
test_a_draft_stays_as_it_is (WindowFixture       *fixture,
                             gconstpointer        data)
{
  g_autofree char *draft_id = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-offering", "(ss)", "printer", ""));
  HD_TEST_AWAIT (get_model (fixture) != NULL);
  draft_id = g_strdup (hd_form_model_get_draft_id (get_model (fixture)));
  hd_answers_set (hd_form_model_get_answers (get_model (fixture)), "description", "Раніше");
  HD_TEST_AWAIT (is_kept (fixture, "description", "Раніше"));

  report (fixture, WORDS);
  HD_TEST_AWAIT (get_model (fixture) != NULL && gtk_widget_get_visible (HD_FORM_PAGE (window_get_page (fixture))->offer_box));
  g_assert_cmpstr (hd_form_model_get_draft_id (get_model (fixture)), !=, draft_id);
  g_assert_cmpstr (get_answer (fixture, "description"), ==, WORDS);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-draft", "s", draft_id));
  HD_TEST_AWAIT (get_model (fixture) != NULL &&
                 g_str_equal (hd_form_model_get_draft_id (get_model (fixture)), draft_id));
  g_assert_cmpstr (get_answer (fixture, "description"), ==, "Раніше");
  kept = dup_kept_answer (fixture, draft_id, "description");
  g_assert_cmpstr (kept, ==, "Раніше");
}

static void
test_a_catalog_without_the_words_leads_to_an_incident (WindowFixture       *fixture,
                                                       gconstpointer        data)
{
  GtkWidget *entry;

  window_show_pane (fixture, "catalog");
  HD_TEST_AWAIT (find_card (fixture) != NULL);
  entry = hd_test_find_widget (GTK_WIDGET (window_get_page (fixture)), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), WORDS);
  HD_TEST_AWAIT (hd_test_find_button (GTK_WIDGET (window_get_page (fixture)), BUTTON) != NULL);
  hd_test_click (GTK_WIDGET (window_get_page (fixture)), BUTTON);
  await_catalog (fixture, "Немає мережі");
  g_assert_true (shows (fixture, WORDS));
}

static gboolean
offers_phone (WindowFixture *fixture)
{
  return shows (fixture, "Help desk: (044)\302\240481-19-49") && shows (fixture, "18:00");
}

static void
text_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
test_the_telephone_is_always_there (WindowFixture       *fixture,
                                    gconstpointer        data)
{
  g_autofree char *copied = NULL;
  GtkWidget *button;

  hd_test_portal_stop (fixture->portal);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", "s", WORDS));
  HD_TEST_AWAIT (shows (fixture, "Nothing Found for “" WORDS "”"));
  g_assert_true (offers_phone (fixture));
  button = hd_test_find_widget (GTK_WIDGET (window_get_page (fixture)), HD_TYPE_PHONE_BUTTON);
  g_signal_emit_by_name (hd_test_find_widget (button, GTK_TYPE_BUTTON), "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (button), NULL, text_read_cb, &copied);
  HD_TEST_AWAIT (copied != NULL);
  g_assert_cmpstr (copied, ==, "(044) 481-19-49");

  window_show_pane (fixture, "knowledge");
  hd_knowledge_page_search (HD_KNOWLEDGE_PAGE (window_get_page (fixture)), WORDS);
  HD_TEST_AWAIT (shows (fixture, "Nothing Found for “" WORDS "”"));
  g_assert_true (offers_phone (fixture));
}

/* Whoever reads without being signed in is asked to do so, and finds the words again. */
static void
test_signing_in_goes_on_with_the_words (WindowFixture       *fixture,
                                        gconstpointer        data)
{
  g_autoptr (GApplication) application = hd_application_new ();
  g_autoptr (GError) error = NULL;

  /* The page for signing in wants one. */
  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (application, NULL, &error));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  window_open (fixture, HD_APPLICATION (application));

  hd_test_sign_out (fixture->session);
  HD_TEST_AWAIT (fixture->window->sign_in_page != NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.read-offline", NULL));
  HD_TEST_AWAIT (HD_IS_KNOWLEDGE_PAGE (window_get_page (fixture)));
  hd_knowledge_page_search (HD_KNOWLEDGE_PAGE (window_get_page (fixture)), WORDS);
  HD_TEST_AWAIT (shows (fixture, "Nothing Found for “" WORDS "”"));
  g_assert_true (offers_phone (fixture));
  gtk_widget_grab_focus (hd_test_find_button (GTK_WIDGET (window_get_page (fixture)), BUTTON));
  hd_test_click (GTK_WIDGET (window_get_page (fixture)), BUTTON);

  HD_TEST_AWAIT (fixture->window->sign_in_page != NULL &&
                 gtk_widget_get_mapped (GTK_WIDGET (fixture->window->sign_in_page)));
  g_assert_false (hd_test_sign_in (fixture->session, HD_TEST_PORTAL_USER, "не те", FALSE, &error));
  g_clear_error (&error);
  g_assert_true (hd_test_sign_in (fixture->session, HD_TEST_PORTAL_USER, HD_TEST_PORTAL_PASSWORD, FALSE, &error));
  g_assert_no_error (error);
  HD_TEST_AWAIT (hd_window_get_visible_navigation (fixture->window) != NULL && get_model (fixture) != NULL);
  g_assert_cmpstr (get_answer (fixture, "description"), ==, WORDS);
}

#define ADD(name, catalog, func) g_test_add ("/nothing-found/" name, WindowFixture, catalog, window_set_up, func, window_tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("the-only-incident-opens-with-the-words", NULL, test_the_only_incident_opens_with_the_words);
  ADD ("the-words-find-what-may-help", NULL, test_the_words_find_what_may_help);
  ADD ("the-incident-that-is-chosen-gets-the-words", several, test_the_incident_that_is_chosen_gets_the_words);
  ADD ("another-side-forgets-the-words", several, test_another_side_forgets_the_words);
  ADD ("a-search-forgets-the-words", several, test_a_search_forgets_the_words);
  ADD ("going-elsewhere-forgets-the-words", several, test_going_elsewhere_forgets_the_words);
  ADD ("asking-for-the-incidents-forgets-the-words", several, test_asking_for_the_incidents_forgets_the_words);
  ADD ("a-form-from-elsewhere-gets-no-words", several, test_a_form_from_elsewhere_gets_no_words);
  ADD ("a-draft-stays-as-it-is", NULL, test_a_draft_stays_as_it_is);
  ADD ("a-catalog-without-the-words-leads-to-an-incident", several,
       test_a_catalog_without_the_words_leads_to_an_incident);
  ADD ("the-telephone-is-always-there", NULL, test_the_telephone_is_always_there);
  ADD ("signing-in-goes-on-with-the-words", NULL, test_signing_in_goes_on_with_the_words);

  return g_test_run ();
}
