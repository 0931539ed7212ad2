/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form-page-support.h"
#include "hd-catalog-page.h"
#include "hd-catalog-side.h"
#include "hd-draft-row.h"
#include "hd-form-carry.h"
#include "hd-offering-card.h"
#include "hd-outbox-list.h"
#include "hd-outbox-row.h"
#include "hd-record-json.h"
#include "session-support.h"

/* The catalog, and the rows of drafts and of the outbox, from what is kept: there is no portal. */

typedef struct
{
  HdPolicy  *policy;
  char      *data_dir;
  HdSession *session;
  HdStore   *store;
  HdPage    *page;
  GtkWidget *window;
  char      *opened;   /* the offering or draft that was asked for */
} Fixture;

static const char catalog_json[] =
  "{\"version\":\"1\",\"categories\":["
  "{\"id\":\"mail\",\"name\":\"Пошта\",\"kind\":\"request\",\"position\":1},"
  "{\"id\":\"net\",\"name\":\"Мережа\",\"kind\":\"incident\",\"position\":2}],"
  "\"offerings\":["
  "{\"id\":\"box\",\"category_id\":\"mail\",\"kind\":\"request\",\"name\":\"Скринька\",\"summary\":\"Нова\"},"
  "{\"id\":\"quota\",\"category_id\":\"mail\",\"kind\":\"request\",\"name\":\"Обсяг\",\"summary\":\"Більше місця\"},"
  "{\"id\":\"down\",\"category_id\":\"net\",\"kind\":\"incident\",\"name\":\"Немає мережі\"}]}";

static void
put_catalog (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdCatalog) catalog = hd_record_new_from_string (HD_TYPE_CATALOG, catalog_json, &error);

  g_assert_no_error (error);
  hd_store_put_catalog_async (fixture->store, catalog, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_store_put_catalog_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->opened);

  if (g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING))
    fixture->opened = g_variant_dup_string (parameter, NULL);
  else
    g_variant_get (parameter, "(ss)", &fixture->opened, NULL);
}

static void
add_actions (Fixture *fixture)
{
  const GActionEntry entries[] = {
    { .name = "open-offering", .activate = open_cb, .parameter_type = "(ss)" },
    { .name = "open-draft", .activate = open_cb, .parameter_type = "s" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *overlay = adw_toast_overlay_new ();

  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->data_dir = hd_test_make_tmp_dir ();
  fixture->session = hd_session_new (fixture->policy, "open", "https://127.0.0.1:1/", NULL, fixture->data_dir, &error);
  g_assert_no_error (error);
  g_assert_false (hd_test_open (fixture->session));
  fixture->store = hd_session_get_store (fixture->session);
  put_catalog (fixture);

  fixture->page = HD_PAGE (hd_catalog_page_new (fixture->session));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (fixture->page));
  fixture->window = hd_test_window_new (overlay);
  add_actions (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_window_destroy (fixture->window);
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->data_dir);
  g_free (fixture->data_dir);
  g_free (fixture->opened);
  g_object_unref (fixture->policy);
}

static gboolean
shows (Fixture    *fixture,
       const char *text)
{
  return hd_test_shows_text (GTK_WIDGET (fixture->page), text);
}

static void
test_begins_with_requests_and_shows_incidents_when_asked (Fixture       *fixture,
                                                          gconstpointer  data)
{
  HD_TEST_AWAIT (shows (fixture, "Скринька") && shows (fixture, "Обсяг"));
  g_assert_false (shows (fixture, "Немає мережі"));

  hd_catalog_page_show_kind (HD_CATALOG_PAGE (fixture->page), HD_KIND_INCIDENT);
  HD_TEST_AWAIT (shows (fixture, "Немає мережі"));
  g_assert_false (shows (fixture, "Скринька"));
}

/* Both sides and their categories always stand there; those in which nothing is found lead nowhere. */
static guint
count_open_categories (Fixture *fixture)
{
  GtkWidget *side = hd_test_find_widget (GTK_WIDGET (fixture->page), HD_TYPE_CATALOG_SIDE);
  GtkListBox *list = GTK_LIST_BOX (hd_test_find_widget (side, GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row;
  guint n_rows = 0;
  guint n_open = 0;

  for (; (row = gtk_list_box_get_row_at_index (list, (int) n_rows)) != NULL; n_rows++)
    {
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
      n_open += gtk_widget_is_sensitive (GTK_WIDGET (row));
    }
  g_assert_cmpuint (n_rows, ==, 4);

  return n_open;
}

static void
test_a_search_narrows_cards_and_categories (Fixture       *fixture,
                                            gconstpointer  data)
{
  GtkWidget *entry;

  HD_TEST_AWAIT (shows (fixture, "Скринька"));
  entry = hd_test_find_widget (GTK_WIDGET (fixture->page), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "МЕРЕЖ");

  HD_TEST_AWAIT (shows (fixture, "Немає мережі"));
  g_assert_false (shows (fixture, "Скринька"));
  g_assert_cmpuint (count_open_categories (fixture), ==, 2);

  gtk_editable_set_text (GTK_EDITABLE (entry), "такого немає");
  HD_TEST_AWAIT (shows (fixture, "Nothing Found"));
  g_assert_true (shows (fixture, "Пошта") && shows (fixture, "Мережа"));
  g_assert_cmpuint (count_open_categories (fixture), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  HD_TEST_AWAIT (shows (fixture, "Скринька") && !shows (fixture, "Немає мережі"));
  g_assert_cmpuint (count_open_categories (fixture), ==, 4);
}

static void
test_a_card_opens_its_form (Fixture       *fixture,
                            gconstpointer  data)
{
  GtkWidget *card;

  HD_TEST_AWAIT (shows (fixture, "Скринька"));
  card = hd_test_find_widget (GTK_WIDGET (fixture->page), HD_TYPE_OFFERING_CARD);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, "Обсяг");
  g_assert_true (gtk_widget_activate (card));
  g_assert_cmpstr (fixture->opened, ==, "quota");
}

static void
add_cards (GtkWidget *root,
           GPtrArray *cards)
{
  if (HD_IS_OFFERING_CARD (root) && gtk_widget_get_mapped (root))
    g_ptr_array_add (cards, root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    add_cards (child, cards);
}

static gboolean
cards_are_alike (Fixture *fixture,
                 guint    n_cards)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();

  add_cards (GTK_WIDGET (fixture->page), cards);
  for (guint i = 1; i < cards->len; i++)
    {
      /* What cannot be divided the first columns have, a pixel each. */
      if (ABS (gtk_widget_get_width (cards->pdata[i]) - gtk_widget_get_width (cards->pdata[0])) > 1)
        return FALSE;
    }

  return cards->len == n_cards && gtk_widget_get_width (cards->pdata[0]) > 0;
}

/* However few a section has: a favourite, below it the two of its category. */
static void
test_the_cards_of_all_sections_are_of_one_width (Fixture       *fixture,
                                                 gconstpointer  data)
{
  GtkWidget *card;

  HD_TEST_AWAIT (cards_are_alike (fixture, 2));
  card = hd_test_find_widget (GTK_WIDGET (fixture->page), HD_TYPE_OFFERING_CARD);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (hd_test_find_widget (card, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  HD_TEST_AWAIT (cards_are_alike (fixture, 3));
}

static void
test_a_star_is_kept (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *card;
  GtkWidget *star;

  HD_TEST_AWAIT (shows (fixture, "Обсяг"));
  g_assert_false (shows (fixture, "Favourites"));
  card = hd_test_find_widget (GTK_WIDGET (fixture->page), HD_TYPE_OFFERING_CARD);
  star = hd_test_find_widget (card, GTK_TYPE_TOGGLE_BUTTON);
  g_object_add_weak_pointer (G_OBJECT (card), (gpointer *) &card);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (star), TRUE);

  /* Cards are brought up to date a few at a time, after their heading. */
  HD_TEST_AWAIT (shows (fixture, "Favourites") && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (star)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (star), FALSE);
  HD_TEST_AWAIT (!shows (fixture, "Favourites"));

  /* The cards are still the same: the focus stays. */
  g_assert_nonnull (card);
  g_object_remove_weak_pointer (G_OBJECT (card), (gpointer *) &card);
}

static void
save_draft (Fixture *fixture)
{
  g_autoptr (HdForm) form = g_object_new (HD_TYPE_FORM, "offering-id", "box", "version", (gint64) 1, NULL);
  g_autoptr (HdDraft) draft = hd_test_draft_new (form, "Скринька <b>", "subject", "Тема");

  hd_test_save_draft (fixture->store, draft);
}

static void
test_a_deleted_draft_can_be_taken_back (Fixture       *fixture,
                                        gconstpointer  data)
{
  GtkWidget *row;

  HD_TEST_AWAIT (shows (fixture, "Обсяг"));
  save_draft (fixture);
  HD_TEST_AWAIT ((row = hd_test_find_widget (GTK_WIDGET (fixture->page), HD_TYPE_DRAFT_ROW)) != NULL);
  g_assert_true (hd_test_shows_text (row, "Скринька <b>"));

  g_signal_emit_by_name (hd_test_find_widget (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_null (hd_test_find_widget (GTK_WIDGET (fixture->page), HD_TYPE_DRAFT_ROW));
  g_assert_false (shows (fixture, "Drafts"));

  HD_TEST_AWAIT (hd_test_find_button (fixture->window, "_Undo") != NULL);
  hd_test_click (fixture->window, "_Undo");
  g_assert_nonnull (hd_test_find_widget (GTK_WIDGET (fixture->page), HD_TYPE_DRAFT_ROW));
}

static void
test_the_outbox_shows_itself_when_there_is_something (Fixture       *fixture,
                                                      gconstpointer  data)
{
  g_autoptr (HdForm) form = g_object_new (HD_TYPE_FORM, "offering-id", "box", "version", (gint64) 1, NULL);
  g_autoptr (HdDraft) draft = hd_test_draft_new (form, "Скринька", "subject", "Тема");
  g_autoptr (HdSubmission) submission = hd_test_submission_new (HD_ACTION_SUBMIT, draft, NULL);
  GtkWidget *list = hd_outbox_list_new (fixture->session);
  GtkWidget *window = hd_test_window_new (list);

  g_assert_false (gtk_widget_get_visible (list));
  hd_test_submit (fixture->session, submission);
  HD_TEST_AWAIT (hd_test_find_widget (list, HD_TYPE_OUTBOX_ROW) != NULL);
  g_assert_true (hd_test_shows_text (list, "Скринька"));
  g_assert_true (hd_test_shows_text (list, "Queued"));

  hd_test_window_destroy (window);
}

static HdSubmission *
make_submission (void)
{
  g_autoptr (HdForm) form =
    hd_record_new_from_string (HD_TYPE_FORM, "{\"offering_id\":\"box\",\"version\":1,\"fields\":["
                               "{\"id\":\"subject\",\"type\":\"text\",\"label\":\"Про що\"}]}", NULL);
  g_autoptr (GListModel) asked = hd_form_dup_asked (form);
  g_autoptr (HdDraft) draft = hd_test_draft_new (form, "Скринька", "subject", "Нова скринька");

  g_object_set (draft, "asked", asked, NULL);
  return hd_test_submission_new (HD_ACTION_SUBMIT, draft, NULL);
}

/* It is opened, read, stopped, and sent on. */
static void
test_an_entry_can_be_looked_at_stopped_and_sent (Fixture       *fixture,
                                                 gconstpointer  data)
{
  g_autoptr (HdSubmission) submission = make_submission ();
  GtkWidget *list = hd_outbox_list_new (fixture->session);
  GtkWidget *window = hd_test_window_new (list);
  GtkWidget *row;

  hd_test_submit (fixture->session, submission);
  HD_TEST_AWAIT ((row = hd_test_find_widget (list, HD_TYPE_OUTBOX_ROW)) != NULL);
  g_assert_false (hd_test_shows_text (list, "Нова скринька"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  HD_TEST_AWAIT (hd_test_shows_text (list, "Нова скринька"));
  g_assert_true (hd_test_shows_text (list, "Про що"));
  g_assert_nonnull (hd_test_find_button (list, "_Edit"));

  hd_test_click (list, "S_top Sending");
  HD_TEST_AWAIT (hd_test_shows_text (list, "Stopped."));
  g_assert_null (hd_test_find_button (list, "S_top Sending"));

  hd_session_send_now (fixture->session, hd_submission_get_id (submission));
  HD_TEST_AWAIT (hd_test_shows_text (list, "Queued"));

  hd_test_window_destroy (window);
}

static gboolean
shows_in_row (GtkWidget  *list,
              guint       position,
              const char *text)
{
  GtkWidget *list_box = hd_test_find_widget (list, GTK_TYPE_LIST_BOX);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list_box), (int) position);

  return row != NULL && hd_test_shows_text (GTK_WIDGET (row), text);
}

/* Whoever stops the first is told what becomes of the second. */
static void
test_an_entry_says_that_it_waits_for_an_older_one (Fixture       *fixture,
                                                   gconstpointer  data)
{
  g_autoptr (HdSubmission) first = hd_test_submission_new (HD_ACTION_CONFIRM, NULL, "r1");
  g_autoptr (HdSubmission) second = hd_test_submission_new (HD_ACTION_RATE, NULL, "r1");
  GtkWidget *list = hd_outbox_list_new (fixture->session);
  GtkWidget *window = hd_test_window_new (list);

  hd_test_submit (fixture->session, first);
  hd_test_submit (fixture->session, second);
  HD_TEST_AWAIT (gtk_widget_get_visible (list) && shows_in_row (list, 1, "It waits for what you did before"));
  g_assert_false (shows_in_row (list, 0, "It waits for what you did before"));

  hd_test_window_destroy (window);
}

#define ADD(name, func) g_test_add ("/catalog-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("begins-with-requests-and-shows-incidents-when-asked", test_begins_with_requests_and_shows_incidents_when_asked);
  ADD ("a-search-narrows-cards-and-categories", test_a_search_narrows_cards_and_categories);
  ADD ("a-card-opens-its-form", test_a_card_opens_its_form);
  ADD ("the-cards-of-all-sections-are-of-one-width", test_the_cards_of_all_sections_are_of_one_width);
  ADD ("a-star-is-kept", test_a_star_is_kept);
  ADD ("a-deleted-draft-can-be-taken-back", test_a_deleted_draft_can_be_taken_back);
  ADD ("the-outbox-shows-itself-when-there-is-something", test_the_outbox_shows_itself_when_there_is_something);

  ADD ("an-entry-can-be-looked-at-stopped-and-sent", test_an_entry_can_be_looked_at_stopped_and_sent);

  ADD ("an-entry-says-that-it-waits-for-an-older-one", test_an_entry_says_that_it_waits_for_an_older_one);

  return g_test_run ();
}
