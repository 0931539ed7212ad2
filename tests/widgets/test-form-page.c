/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>

#include "form-page-support.h"
#include "hd-draft-row.h"
#include "hd-form-page-private.h"
#include "hd-option-dialog.h"
#include "hd-test-portal.h"
#include "session-support.h"

/* From an offering to its number, against the practice portal. */

typedef struct
{
  HdTestPortal *portal;
  HdPolicy     *policy;
  char         *data_dir;
  HdSession    *session;
  HdFormPage   *page;
  GtkWidget    *window;
} Fixture;

static void
open_page (Fixture    *fixture,
           const char *offering_id)
{
  fixture->page = HD_FORM_PAGE (hd_form_page_new (fixture->session, offering_id, NULL, NULL));
  fixture->window = hd_test_window_new (GTK_WIDGET (fixture->page));
  HD_TEST_AWAIT (fixture->page->model != NULL);
}

static void
close_page (Fixture *fixture)
{
  g_clear_pointer (&fixture->window, hd_test_window_destroy);
  fixture->page = NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->portal = hd_test_portal_new (NULL, NULL);
  hd_test_portal_start (fixture->portal);
  fixture->policy = hd_policy_new_for_file ("/nonexistent");
  fixture->data_dir = hd_test_make_tmp_dir ();
  fixture->session = hd_test_session_new (fixture->portal, fixture->policy, fixture->data_dir);

  open_page (fixture, "mailbox");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_page (fixture);
  hd_test_close (g_steal_pointer (&fixture->session));
  hd_test_drain ();
  hd_test_remove_tree (fixture->data_dir);
  g_free (fixture->data_dir);
  g_object_unref (fixture->policy);
  hd_test_portal_free (fixture->portal);
}

static void
fill_in (Fixture    *fixture,
         const char *owner)
{
  HdAnswers *answers = hd_form_model_get_answers (fixture->page->model);

  hd_answers_set (answers, "subject", "Скринька для відділу");
  hd_answers_set (answers, "login", "viddil");
  hd_answers_set_choice (answers, "owner", owner, "Коваль Олена Петрівна");
}

static gboolean
is_on (Fixture    *fixture,
       const char *step)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (fixture->page->stack), step) == 0;
}

static void
review (Fixture *fixture)
{
  hd_test_click (GTK_WIDGET (fixture->page), "_Review & Submit");
}

static gboolean
has_number (Fixture *fixture)
{
  return is_on (fixture, "done") && hd_test_shows_text (GTK_WIDGET (fixture->page->receipt_page), "10316");
}

static guint
count_outbox (Fixture *fixture)
{
  g_autoptr (GListModel) outbox = hd_test_list_outbox (hd_session_get_store (fixture->session));

  return g_list_model_get_n_items (outbox);
}

static guint
count_requests (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) requests = NULL;

  g_assert_true (hd_test_sync (fixture->session, &error));
  g_assert_no_error (error);
  requests = hd_test_list_requests (hd_session_get_store (fixture->session));

  return g_list_model_get_n_items (requests);
}

static HdDraft *
find_draft (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdDraft *draft;

  hd_store_find_draft_async (hd_session_get_store (fixture->session), "mailbox", NULL, NULL,
                             hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_find_draft_finish (hd_session_get_store (fixture->session), result, &error);
  g_assert_no_error (error);

  return draft;
}

static void
test_what_is_missing_is_said_beside_the_field (Fixture       *fixture,
                                               gconstpointer  data)
{
  GtkWidget *row = hd_form_view_get_row (fixture->page->form_view, "login");

  g_assert_false (hd_test_shows_text (row, "must be filled in"));
  review (fixture);

  g_assert_true (is_on (fixture, "fill-in"));
  g_assert_true (hd_test_shows_text (row, "must be filled in"));
  g_assert_true (hd_test_shows_text (GTK_WIDGET (fixture->page), "3 fields need another look."));

  hd_answers_set (hd_form_model_get_answers (fixture->page->model), "login", "Я");
  g_assert_true (hd_test_shows_text (row, "Малі латинські літери"));
  fill_in (fixture, "koval");
  g_assert_false (hd_test_shows_text (GTK_WIDGET (fixture->page), "another look"));
}

static gboolean
has_focus (Fixture    *fixture,
           const char *field_id)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  GtkWidget *row = hd_form_view_get_row (fixture->page->form_view, field_id);

  return focus != NULL && gtk_widget_is_ancestor (focus, row);
}

static void
test_the_focus_is_where_one_begins (Fixture       *fixture,
                                    gconstpointer  data)
{
  HD_TEST_AWAIT (has_focus (fixture, "subject"));

  hd_answers_set (hd_form_model_get_answers (fixture->page->model), "subject", "Скринька");
  review (fixture);
  g_assert_true (has_focus (fixture, "login"));
}

static void
test_a_request_gets_one_number_however_often_submit_is_pressed (Fixture       *fixture,
                                                                gconstpointer  data)
{
  GtkWidget *submit;
  g_autoptr (HdDraft) draft = NULL;

  fill_in (fixture, "koval");
  review (fixture);
  g_assert_true (is_on (fixture, "review"));
  g_assert_true (hd_test_shows_text (GTK_WIDGET (fixture->page->review_page), "Коваль Олена Петрівна"));
  g_assert_true (hd_test_shows_text (GTK_WIDGET (fixture->page->review_page), "Обсяг, ГБ"));

  submit = hd_test_find_button (GTK_WIDGET (fixture->page->review_page), "_Submit");
  hd_test_click (GTK_WIDGET (fixture->page->review_page), "_Submit");
  g_assert_false (gtk_widget_is_sensitive (submit));
  g_signal_emit_by_name (submit, "clicked");
  hd_form_page_submit (fixture->page);

  HD_TEST_AWAIT (has_number (fixture));
  g_assert_true (hd_test_shows_text (GTK_WIDGET (fixture->page->receipt_page), "@customs.gov.ua"));
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
  draft = find_draft (fixture);
  g_assert_null (draft);
}

static void
test_without_a_portal_it_is_queued_and_the_number_comes_later (Fixture       *fixture,
                                                               gconstpointer  data)
{
  fill_in (fixture, "koval");
  review (fixture);
  hd_test_portal_stop (fixture->portal);
  hd_test_click (GTK_WIDGET (fixture->page->review_page), "_Submit");

  HD_TEST_AWAIT (is_on (fixture, "done"));
  g_assert_true (hd_test_shows_text (GTK_WIDGET (fixture->page->receipt_page), "Queued"));
  g_assert_cmpuint (count_outbox (fixture), ==, 1);

  hd_test_portal_start (fixture->portal);
  hd_session_send_now (fixture->session, NULL);
  HD_TEST_AWAIT (has_number (fixture));
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
}

static void
test_what_the_portal_refuses_comes_back_whole (Fixture       *fixture,
                                               gconstpointer  data)
{
  GtkWidget *row = hd_form_view_get_row (fixture->page->form_view, "owner");
  g_autoptr (HdDraft) draft = NULL;

  fill_in (fixture, "nobody-of-that-name");
  review (fixture);
  hd_test_click (GTK_WIDGET (fixture->page->review_page), "_Submit");

  HD_TEST_AWAIT (is_on (fixture, "fill-in"));
  g_assert_nonnull (hd_form_model_get_issue (fixture->page->model, "owner"));
  g_assert_true (gtk_widget_has_css_class (row, "invalid"));
  g_assert_cmpstr (hd_answers_get (hd_form_model_get_answers (fixture->page->model), "login"), ==, "viddil");
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
  draft = find_draft (fixture);
  g_assert_nonnull (draft);

  fill_in (fixture, "koval");
  review (fixture);
  hd_test_click (GTK_WIDGET (fixture->page->review_page), "_Submit");
  HD_TEST_AWAIT (has_number (fixture));
}

static int
get_portal_pid (Fixture *fixture)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (hd_test_portal_get_data_dir (fixture->portal), "ready", NULL);
  g_autoptr (GError) error = NULL;
  int pid;

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error));
  pid = g_key_file_get_integer (file, "portal", "pid", &error);
  g_assert_no_error (error);

  return pid;
}

/* The portal stands still while the person changes their mind. */
static void
test_stopping_gives_the_draft_back (Fixture       *fixture,
                                    gconstpointer  data)
{
  int pid = get_portal_pid (fixture);
  g_autoptr (HdDraft) draft = NULL;

  fill_in (fixture, "koval");
  review (fixture);
  kill (pid, SIGSTOP);
  hd_test_click (GTK_WIDGET (fixture->page->review_page), "_Submit");
  HD_TEST_AWAIT (hd_test_find_button (GTK_WIDGET (fixture->page->review_page), "_Cancel") != NULL);
  hd_test_click (GTK_WIDGET (fixture->page->review_page), "_Cancel");

  HD_TEST_AWAIT (fixture->page->flow == NULL);
  kill (pid, SIGCONT);
  g_assert_true (is_on (fixture, "review"));
  g_assert_true (gtk_widget_is_sensitive (hd_test_find_button (GTK_WIDGET (fixture->page->review_page), "_Submit")));
  g_assert_cmpuint (count_outbox (fixture), ==, 0);
  draft = find_draft (fixture);
  g_assert_nonnull (draft);

  /* The portal may have had it before the person changed their mind: it is filed once all the same. */
  hd_test_click (GTK_WIDGET (fixture->page->review_page), "_Submit");
  HD_TEST_AWAIT (has_number (fixture));
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

static void
test_going_back_from_the_review_leads_to_the_form (Fixture       *fixture,
                                                   gconstpointer  data)
{
  fill_in (fixture, "koval");
  review (fixture);

  g_assert_true (hd_page_get_can_go_back (HD_PAGE (fixture->page)));
  hd_page_go_back (HD_PAGE (fixture->page));
  g_assert_true (is_on (fixture, "fill-in"));
  g_assert_false (hd_page_get_can_go_back (HD_PAGE (fixture->page)));
}

/* The window that is closed, or another form that is opened, is not kept from it by a review. */
static void
test_a_review_lets_go_and_keeps_the_draft (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdDraft) draft = NULL;

  fill_in (fixture, "koval");
  review (fixture);
  g_assert_true (hd_page_close (HD_PAGE (fixture->page)));
  close_page (fixture);
  HD_TEST_AWAIT ((draft = find_draft (fixture)) != NULL);
}

static void
open_draft_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  hd_form_page_reload_draft (user_data, g_variant_get_string (parameter, NULL));
}

/* Activates the row with what the window does. */
static void
open_offered (Fixture *fixture,
              int      position)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (fixture->page->offer_list, position));
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry entry = { .name = "open-draft", .activate = open_draft_cb, .parameter_type = "s" };

  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, fixture->page);
  gtk_widget_insert_action_group (row, "win", G_ACTION_GROUP (group));
  g_signal_emit_by_name (row, "activated");
}

static guint
count_offered (Fixture *fixture)
{
  GtkWidget *list = GTK_WIDGET (fixture->page->offer_list);
  guint n = 0;

  if (!gtk_widget_get_visible (fixture->page->offer_box))
    return 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n += HD_IS_DRAFT_ROW (row);

  return n;
}

/* Several of one offering: each can be gone on with, and another begun. */
static void
test_every_draft_of_the_form_is_offered (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autofree char *first = g_strdup (hd_form_model_get_draft_id (fixture->page->model));

  g_assert_cmpuint (count_offered (fixture), ==, 0);
  fill_in (fixture, "koval");
  close_page (fixture);

  open_page (fixture, "mailbox");
  HD_TEST_AWAIT (count_offered (fixture) == 1);
  fill_in (fixture, "koval");
  /* Who has begun one is not asked any more. */
  g_assert_cmpuint (count_offered (fixture), ==, 0);
  close_page (fixture);

  open_page (fixture, "mailbox");
  HD_TEST_AWAIT (count_offered (fixture) == 2);
  open_offered (fixture, 1);
  HD_TEST_AWAIT (g_str_equal (hd_form_model_get_draft_id (fixture->page->model), first));
}

static void
test_a_draft_is_offered_and_never_thrown_away (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autoptr (HdDraft) draft = NULL;

  fill_in (fixture, "koval");
  close_page (fixture);
  HD_TEST_AWAIT ((draft = find_draft (fixture)) != NULL);

  open_page (fixture, "mailbox");
  HD_TEST_AWAIT (count_offered (fixture) == 1);
  g_assert_false (hd_answers_has (hd_form_model_get_answers (fixture->page->model), "login"));
  open_offered (fixture, 0);
  HD_TEST_AWAIT (g_str_equal (hd_form_model_get_draft_id (fixture->page->model), hd_draft_get_id (draft)));
  g_assert_cmpstr (hd_answers_get (hd_form_model_get_answers (fixture->page->model), "login"), ==, "viddil");
  close_page (fixture);

  open_page (fixture, "mailbox");
  close_page (fixture);
  g_clear_object (&draft);
  draft = find_draft (fixture);
  g_assert_nonnull (draft);
}

static gboolean
has_owner (Fixture *fixture)
{
  return hd_answers_get (hd_form_model_get_answers (fixture->page->model), "owner") != NULL;
}

/* All options are shown still when Enter comes after the words. */
static void
test_enter_takes_what_the_words_find (Fixture       *fixture,
                                      gconstpointer  data)
{
  HdFormModel *model = fixture->page->model;
  GtkWidget *dialog = hd_option_dialog_new (fixture->session, model,
                                            hd_form_find_field (hd_form_model_get_form (model), "owner"));
  GtkWidget *entry;

  gtk_window_present (GTK_WINDOW (dialog));
  HD_TEST_AWAIT (hd_test_shows_text (dialog, "Коваль Олена Петрівна"));
  entry = hd_test_find_widget (dialog, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "лисенко");
  g_signal_emit_by_name (entry, "activate");
  HD_TEST_AWAIT (has_owner (fixture));
  g_assert_cmpstr (hd_answers_get (hd_form_model_get_answers (model), "owner"), ==, "lysenko");
  hd_test_drain ();
}

/* At any width, and in a window that has had its width before, so that no change of it is told. */
static void
test_what_may_help_has_a_place_at_any_width (Fixture       *fixture,
                                             gconstpointer  data)
{
  static const int widths[] = { 900, 1300, 500, 900 };
  GtkWindow *window = GTK_WINDOW (fixture->window);

  HD_TEST_AWAIT (gtk_widget_get_width (fixture->window) == widths[0]);
  fixture->page = HD_FORM_PAGE (hd_form_page_new (fixture->session, "mailbox", NULL, NULL));
  adw_bin_set_child (ADW_BIN (gtk_window_get_child (window)), GTK_WIDGET (fixture->page));
  HD_TEST_AWAIT (fixture->page->model != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *suggestions = GTK_WIDGET (fixture->page->suggestions);

      gtk_window_set_default_size (window, widths[i], 700);
      HD_TEST_AWAIT (gtk_widget_get_width (fixture->window) == widths[i]);
      HD_TEST_AWAIT (gtk_widget_get_mapped (GTK_WIDGET (fixture->page->side_box)) == (widths[i] == 1300));
      hd_suggestions_set_always_visible (fixture->page->suggestions, TRUE);
      HD_TEST_AWAIT (gtk_widget_get_mapped (suggestions));
    }
}

#define ADD(name, func) g_test_add ("/form-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);
  adw_init ();

  ADD ("what-is-missing-is-said-beside-the-field", test_what_is_missing_is_said_beside_the_field);
  ADD ("the-focus-is-where-one-begins", test_the_focus_is_where_one_begins);
  ADD ("enter-takes-what-the-words-find", test_enter_takes_what_the_words_find);
  ADD ("a-request-gets-one-number-however-often-submit-is-pressed",
       test_a_request_gets_one_number_however_often_submit_is_pressed);
  ADD ("without-a-portal-it-is-queued-and-the-number-comes-later",
       test_without_a_portal_it_is_queued_and_the_number_comes_later);
  ADD ("what-the-portal-refuses-comes-back-whole", test_what_the_portal_refuses_comes_back_whole);
  ADD ("stopping-gives-the-draft-back", test_stopping_gives_the_draft_back);
  ADD ("going-back-from-the-review-leads-to-the-form", test_going_back_from_the_review_leads_to_the_form);
  ADD ("a-review-lets-go-and-keeps-the-draft", test_a_review_lets_go_and_keeps_the_draft);
  ADD ("what-may-help-has-a-place-at-any-width", test_what_may_help_has_a_place_at_any_width);
  ADD ("every-draft-of-the-form-is-offered", test_every_draft_of_the_form_is_offered);
  ADD ("a-draft-is-offered-and-never-thrown-away", test_a_draft_is_offered_and_never_thrown_away);

  return g_test_run ();
}
