/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "hd-form-model.h"
#include "hd-left-answer.h"
#include "hd-record-json.h"
#include "session-support.h"

/* A form being filled in, against a real store. */

typedef struct
{
  char    *dir;
  HdStore *store;
  HdForm  *form;
} Fixture;

static HdForm *
make_form (void)
{
  static const char json[] =
    "{\"offering_id\":\"everything\",\"version\":3,\"fields\":["
    "{\"id\":\"subject\",\"type\":\"text\",\"label\":\"Тема\",\"required\":true},"
    "{\"id\":\"region\",\"type\":\"choice\",\"label\":\"Регіон\",\"options\":["
    "{\"value\":\"north\",\"label\":\"Північ\"},{\"value\":\"south\",\"label\":\"Південь\"}]},"
    "{\"id\":\"role\",\"type\":\"choice\",\"label\":\"Роль\",\"depends_on\":\"region\",\"options\":["
    "{\"value\":\"reader\",\"label\":\"Читач\"},{\"value\":\"captain\",\"label\":\"Капітан\",\"when\":[\"south\"]}]},"
    "{\"id\":\"office\",\"type\":\"choice\",\"label\":\"Підрозділ\",\"depends_on\":\"region\",\"options_source\":\"o\"},"
    "{\"id\":\"why\",\"type\":\"multiline\",\"label\":\"Чому\"},"
    "{\"id\":\"secret\",\"type\":\"multiline\",\"label\":\"Слово\",\"sensitive\":true},"
    "{\"id\":\"scan\",\"type\":\"file\",\"label\":\"Скан\",\"accept\":[\"text/plain\",\"image/*\"]}]}";
  g_autoptr (GError) error = NULL;
  HdForm *form = hd_record_new_from_string (HD_TYPE_FORM, json, &error);

  g_assert_no_error (error);
  return form;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = hd_test_make_tmp_dir ();
  fixture->store = hd_test_open_store (fixture->dir);
  fixture->form = make_form ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_store_close (fixture->store);
  hd_test_drop (fixture->store);
  g_object_unref (fixture->form);
  hd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static HdDraft *
get_draft (HdStore    *store,
           const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdDraft *draft;

  hd_store_get_draft_async (store, id, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  draft = hd_store_get_draft_finish (store, result, &error);
  g_assert_no_error (error);

  return draft;
}

/* The subject of the draft on disk. */
static char *
dup_subject_on_disk (Fixture     *fixture,
                     HdFormModel *model)
{
  g_autoptr (HdDraft) draft = get_draft (fixture->store, hd_form_model_get_draft_id (model));
  g_autoptr (HdAnswers) answers = hd_answers_new_from_list (draft != NULL ? hd_draft_get_answers (draft) : NULL);

  return g_strdup (hd_answers_get (answers, "subject"));
}

static void
test_a_keystroke_is_on_disk_within_three_seconds (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autoptr (HdFormModel) model = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autofree char *subject = NULL;
  gint64 start = g_get_monotonic_time ();

  hd_answers_set (hd_form_model_get_answers (model), "subject", "Друкар");
  hd_answers_set (hd_form_model_get_answers (model), "subject", "Друкарка");

  while (subject == NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      subject = dup_subject_on_disk (fixture, model);
    }

  g_assert_cmpstr (subject, ==, "Друкарка");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_TIME_SPAN_SECOND);
}

static void
test_typing_without_a_pause_is_saved_too (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdFormModel) model = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  HdDraftSaver *saver = hd_form_model_get_saver (model);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; hd_draft_saver_get_saved_at (saver) == NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("слово %u", i);

      hd_answers_set (hd_form_model_get_answers (model), "subject", text);
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_TIME_SPAN_SECOND);
    }
}

static void
test_leaving_saves_what_was_typed_last (Fixture       *fixture,
                                        gconstpointer  data)
{
  HdFormModel *model = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autofree char *id = g_strdup (hd_form_model_get_draft_id (model));
  g_autoptr (HdDraft) draft = NULL;

  hd_answers_set (hd_form_model_get_answers (model), "subject", "Останнє");
  g_object_unref (model);

  HD_TEST_AWAIT ((draft = get_draft (fixture->store, id)) != NULL);
  g_assert_cmpstr (hd_draft_get_title (draft), ==, "Останнє");
}

static void
test_leaving_saves_what_was_typed_during_a_write (Fixture       *fixture,
                                                  gconstpointer  data)
{
  HdFormModel *model = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autofree char *id = g_strdup (hd_form_model_get_draft_id (model));
  g_autoptr (HdDraft) draft = NULL;

  hd_answers_set (hd_form_model_get_answers (model), "subject", "Передостаннє");
  hd_form_model_save (model);
  hd_answers_set (hd_form_model_get_answers (model), "subject", "Останнє");
  g_object_unref (model);

  HD_TEST_AWAIT ((draft = get_draft (fixture->store, id)) != NULL);
  g_assert_cmpstr (hd_draft_get_title (draft), ==, "Останнє");
}

static void
test_looking_at_a_form_makes_no_draft (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (HdFormModel) model = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autoptr (HdDraft) draft = NULL;

  hd_form_model_save (model);
  draft = get_draft (fixture->store, hd_form_model_get_draft_id (model));

  g_assert_null (draft);
  g_assert_false (hd_form_model_is_begun (model));
}

static void
test_a_value_that_no_longer_fits_goes_with_a_word (Fixture       *fixture,
                                                   gconstpointer  data)
{
  g_autoptr (HdFormModel) model = hd_form_model_new (fixture->form, NULL, NULL, NULL, NULL);
  HdAnswers *answers = hd_form_model_get_answers (model);

  hd_answers_set (answers, "region", "south");
  hd_answers_set (answers, "role", "captain");
  hd_answers_set_choice (answers, "office", "odesa", "Одеська");
  g_assert_null (hd_form_model_get_notice (model, "role"));

  hd_answers_set (answers, "region", "north");
  g_assert_false (hd_answers_has (answers, "role"));
  g_assert_false (hd_answers_has (answers, "office"));
  g_assert_nonnull (strstr (hd_form_model_get_notice (model, "role"), "Регіон"));
  g_assert_nonnull (hd_form_model_get_notice (model, "office"));

  hd_answers_set (answers, "role", "reader");
  g_assert_null (hd_form_model_get_notice (model, "role"));
  hd_answers_set (answers, "region", "south");
  g_assert_cmpstr (hd_answers_get (answers, "role"), ==, "reader");
}

static void
test_it_can_be_submitted_once (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (HdFormModel) model = hd_form_model_new (fixture->form, NULL, NULL, NULL, NULL);
  g_autoptr (HdSubmission) refused = hd_form_model_begin_submission (model);
  g_autoptr (HdSubmission) first = NULL;
  g_autoptr (HdSubmission) second = NULL;
  g_autoptr (HdSubmission) again = NULL;

  g_assert_null (refused);
  g_assert_nonnull (hd_form_model_get_issue (model, "subject"));

  hd_answers_set (hd_form_model_get_answers (model), "subject", "Тема");
  g_assert_null (hd_form_model_get_issue (model, "subject"));

  first = hd_form_model_begin_submission (model);
  second = hd_form_model_begin_submission (model);
  g_assert_nonnull (first);
  g_assert_null (second);

  hd_form_model_end_submission (model);
  again = hd_form_model_begin_submission (model);
  g_assert_nonnull (again);
  g_assert_cmpstr (hd_submission_get_client_key (again), !=, hd_submission_get_client_key (first));
}

static void
test_answers_outlive_a_change_of_the_form (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdDraft) draft = hd_test_draft_new (fixture->form, "Доступ", "subject", "Давно");
  g_autoptr (HdFormModel) same = NULL;
  g_autoptr (HdFormModel) changed = NULL;

  same = hd_form_model_new (fixture->form, NULL, draft, NULL, NULL);
  g_assert_false (hd_form_model_get_form_changed (same));

  g_object_set (draft, "form-version", (gint64) 2, NULL);
  changed = hd_form_model_new (fixture->form, NULL, draft, NULL, NULL);
  g_assert_true (hd_form_model_get_form_changed (changed));
  g_assert_cmpstr (hd_answers_get (hd_form_model_get_answers (changed), "subject"), ==, "Давно");
}

static HdForm *
make_changed_form (void)
{
  static const char json[] =
    "{\"offering_id\":\"everything\",\"version\":4,\"fields\":["
    "{\"id\":\"subject\",\"type\":\"text\",\"label\":\"Тема\",\"required\":true},"
    "{\"id\":\"region\",\"type\":\"choice\",\"label\":\"Регіон\",\"options\":["
    "{\"value\":\"south\",\"label\":\"Південь\"}]},"
    "{\"id\":\"papers\",\"type\":\"file\",\"label\":\"Папери\",\"accept\":[\"text/plain\"]},"
    "{\"id\":\"description\",\"type\":\"multiline\",\"label\":\"Опис\"}]}";

  return hd_record_new_from_string (HD_TYPE_FORM, json, NULL);
}

/* Returns: the draft on disk, as somebody else would read it */
static HdDraft *
save (Fixture     *fixture,
      HdFormModel *model)
{
  hd_form_model_save (model);
  HD_TEST_AWAIT (!hd_draft_saver_get_unsaved (hd_form_model_get_saver (model)));

  return get_draft (fixture->store, hd_form_model_get_draft_id (model));
}

static void
add_bytes (Fixture     *fixture,
           HdFormModel *model,
           const char  *name,
           const char  *content_type)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdDraftFile) file = NULL;

  hd_store_add_draft_bytes_async (fixture->store, hd_form_model_get_draft_id (model), "scan", name, content_type, bytes,
                                  NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  file = hd_store_add_draft_bytes_finish (fixture->store, result, NULL);
  hd_form_model_take_file (model, file);
}

/* A file goes where it can go; what cannot go anywhere is named. */
static void
test_files_of_a_field_that_is_gone_are_not_forgotten (Fixture       *fixture,
                                                      gconstpointer  data)
{
  g_autoptr (HdForm) later = make_changed_form ();
  g_autoptr (HdFormModel) before = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autoptr (HdFormModel) now = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdDraft) later_draft = NULL;
  g_autoptr (HdDraftFile) note = NULL;
  g_autoptr (HdLeftAnswer) left = NULL;

  add_bytes (fixture, before, "note.txt", "text/plain");
  add_bytes (fixture, before, "scan.png", "image/png");
  draft = save (fixture, before);
  now = hd_form_model_new (later, NULL, draft, fixture->store, NULL);
  hd_answers_set (hd_form_model_get_answers (now), "subject", "Друкарка");
  later_draft = save (fixture, now);

  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (later_draft)), ==, 2);
  note = g_list_model_get_item (hd_draft_get_files (later_draft), 0);
  g_assert_cmpstr (hd_draft_file_get_field_id (note), ==, "papers");
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_left_answers (later_draft)), ==, 1);
  left = g_list_model_get_item (hd_draft_get_left_answers (later_draft), 0);
  g_assert_cmpstr (hd_left_answer_get_text (left), ==, "scan.png");
}

/* The form changes, the program is killed, the form is opened, the program is killed again. */
static void
test_nothing_is_lost_by_a_change_of_the_form (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autoptr (HdForm) later = make_changed_form ();
  g_autoptr (HdFormModel) before = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autoptr (HdFormModel) now = NULL;
  g_autoptr (HdFormModel) again = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdDraft) later_draft = NULL;
  HdAnswers *answers = hd_form_model_get_answers (before);

  hd_answers_set (answers, "subject", "Друкарка");
  hd_answers_set_choice (answers, "region", "north", "Північ");
  hd_answers_set (answers, "why", "Бо треба");
  draft = save (fixture, before);

  now = hd_form_model_new (later, NULL, draft, fixture->store, NULL);
  answers = hd_form_model_get_answers (now);
  g_assert_cmpstr (hd_answers_get (answers, "subject"), ==, "Друкарка");
  g_assert_false (hd_answers_has (answers, "region"));
  g_assert_nonnull (hd_form_model_get_notice (now, "region"));
  g_assert_cmpstr (hd_form_model_get_new_labels (now)[1], ==, "Опис");
  g_assert_cmpuint (g_list_model_get_n_items (hd_form_model_get_left_answers (now)), ==, 2);
  hd_answers_set (answers, "subject", "Друкарка 2");
  later_draft = save (fixture, now);

  again = hd_form_model_new (later, NULL, later_draft, fixture->store, NULL);
  g_assert_false (hd_form_model_get_form_changed (again));
  g_assert_cmpuint (g_list_model_get_n_items (hd_form_model_get_left_answers (again)), ==, 2);

  hd_form_model_move_left_answer (again, 1);
  g_assert_cmpstr (hd_answers_get (hd_form_model_get_answers (again), "description"), ==, "Чому: Бо треба");
  hd_form_model_move_left_answer (again, 0);
  g_assert_cmpstr (hd_answers_get (hd_form_model_get_answers (again), "description"), ==,
                   "Чому: Бо треба\nРегіон: Північ");
  g_assert_cmpuint (g_list_model_get_n_items (hd_form_model_get_left_answers (again)), ==, 0);
}

static void
test_secrets_find_no_articles (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autofree char *words = NULL;

  hd_answers_set (answers, "subject", "принтер");
  hd_answers_set (answers, "why", "не друкує");
  hd_answers_set (answers, "secret", "мальва");
  words = hd_form_dup_words (fixture->form, answers);

  g_assert_nonnull (strstr (words, "принтер"));
  g_assert_nonnull (strstr (words, "не друкує"));
  g_assert_null (strstr (words, "мальва"));
}

/* Returns: (transfer full): the answers of a form of these fields that was begun with words */
static HdAnswers *
begin_with (const char *fields,
            const char *words)
{
  g_autofree char *json = g_strdup_printf ("{\"offering_id\":\"o\",\"version\":1,\"fields\":[%s]}", fields);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdForm) form = hd_record_new_from_string (HD_TYPE_FORM, json, &error);
  g_autoptr (HdFormModel) model = NULL;

  g_assert_no_error (error);
  model = hd_form_model_new (form, NULL, NULL, NULL, NULL);
  hd_form_model_begin_with (model, words);

  return g_object_ref (hd_form_model_get_answers (model));
}

#define TEXT(id, more) "{\"id\":\"" id "\",\"type\":\"text\"" more "}"
#define LINES(id, more) "{\"id\":\"" id "\",\"type\":\"multiline\"" more "}"
#define REQUIRED ",\"required\":true"
#define SECRET ",\"sensitive\":true"
#define NUMBER ",\"pattern\":\"[0-9]+\""
#define HIDDEN ",\"visible_when\":[{\"field\":\"x\",\"op\":\"filled\"}]"

static void
test_words_go_where_the_form_asks_what_it_is_about (void)
{
  static const struct
  {
    const char *fields;
    const char *field_id; /* (nullable): nowhere */
  } cases[] = {
    { TEXT ("model", REQUIRED) "," LINES ("description", "") "," TEXT ("subject", ""), "subject" },
    { TEXT ("subject", REQUIRED SECRET) "," LINES ("description", ""), "description" },
    { TEXT ("subject", REQUIRED HIDDEN) "," LINES ("description", ""), "description" },
    { TEXT ("model", REQUIRED) "," LINES ("description", ""), "description" },
    { TEXT ("number", REQUIRED NUMBER) "," TEXT ("room", "") "," LINES ("why", "") "," TEXT ("topic", REQUIRED), "topic" },
    { TEXT ("room", "") "," TEXT ("word", REQUIRED SECRET) "," LINES ("secret", SECRET) "," LINES ("why", ""), "why" },
    { TEXT ("room", "") "," TEXT ("word", REQUIRED SECRET) "," LINES ("secret", SECRET), NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HdAnswers) answers = begin_with (cases[i].fields, " не друкує ");
      g_autoptr (GListModel) list = hd_answers_to_list (answers);

      g_test_message ("%s", cases[i].fields);
      g_assert_cmpuint (g_list_model_get_n_items (list), ==, cases[i].field_id != NULL ? 1 : 0);
      if (cases[i].field_id != NULL)
        g_assert_cmpstr (hd_answers_get (answers, cases[i].field_id), ==, "не друкує");
    }
}

static void
test_words_are_cut_to_what_the_field_takes (void)
{
  g_autoptr (HdAnswers) cut = begin_with (TEXT ("subject", ",\"max\":\"3\""), "не друкує");
  g_autoptr (HdAnswers) whole = begin_with (TEXT ("subject", ",\"max\":\"9\""), "не друкує");
  g_autoptr (HdAnswers) odd = begin_with (TEXT ("subject", ",\"max\":\"many\""), "не друкує");
  g_autoptr (HdAnswers) none = begin_with (TEXT ("subject", ",\"max\":\"0\""), "не друкує");
  g_autoptr (HdAnswers) blank = begin_with (TEXT ("subject", ""), "  ");

  g_assert_cmpstr (hd_answers_get (cut, "subject"), ==, "не");
  g_assert_cmpstr (hd_answers_get (whole, "subject"), ==, "не друкує");
  g_assert_cmpstr (hd_answers_get (odd, "subject"), ==, "не друкує");
  g_assert_false (hd_answers_has (none, "subject"));
  g_assert_false (hd_answers_has (blank, "subject"));
}

static gboolean
attach (HdFormModel *model,
        const char  *path,
        char       **fault)
{
  HdField *field = hd_form_find_field (hd_form_model_get_form (model), "scan");
  g_autoptr (HdAttacher) attacher = hd_attacher_new (hd_form_model_get_store (model), field);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint n_files = g_list_model_get_n_items (hd_form_model_get_files (model));

  hd_form_model_follow_attacher (model, attacher);
  hd_attacher_add_file (attacher, file);
  g_assert_true (hd_form_model_is_attaching (model));
  HD_TEST_AWAIT (!hd_attacher_get_busy (attacher));
  g_assert_false (hd_form_model_is_attaching (model));
  *fault = g_strdup (hd_attacher_get_faults (attacher));

  return g_list_model_get_n_items (hd_form_model_get_files (model)) > n_files;
}

static void
test_a_file_of_any_name_is_copied_at_once (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdFormModel) model = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "Наказ №5 “про ‹все›” <b>.txt", NULL);
  g_autofree char *fault = NULL;
  g_autoptr (HdDraft) draft = NULL;
  g_autoptr (HdDraftFile) file = NULL;
  g_autofree char *copy = NULL;

  g_assert_true (g_file_set_contents (path, "наказ", -1, NULL));
  g_assert_true (attach (model, path, &fault));
  g_assert_cmpstr (fault, ==, NULL);
  g_remove (path);

  HD_TEST_AWAIT (!hd_draft_saver_get_unsaved (hd_form_model_get_saver (model)));
  draft = get_draft (fixture->store, hd_form_model_get_draft_id (model));
  file = g_list_model_get_item (hd_draft_get_files (draft), 0);
  g_assert_cmpstr (hd_draft_file_get_name (file), ==, "Наказ №5 “про ‹все›” <b>.txt");
  g_assert_cmpstr (hd_draft_file_get_field_id (file), ==, "scan");
  g_assert_true (g_file_get_contents (hd_draft_file_get_path (file), &copy, NULL, NULL));
  g_assert_cmpstr (copy, ==, "наказ");
}

static void
test_a_folder_and_a_wrong_kind_are_refused (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdFormModel) model = hd_form_model_new (fixture->form, NULL, NULL, fixture->store, NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "a.zip", NULL);
  g_autofree char *folder_fault = NULL;
  g_autofree char *kind_fault = NULL;

  g_assert_true (g_file_set_contents (path, "PK\003\004", 4, NULL));
  g_assert_false (attach (model, fixture->dir, &folder_fault));
  g_assert_false (attach (model, path, &kind_fault));

  g_assert_nonnull (folder_fault);
  g_assert_nonnull (strstr (kind_fault, "a.zip"));
  g_assert_cmpuint (g_list_model_get_n_items (hd_form_model_get_files (model)), ==, 0);
  g_assert_false (hd_form_model_is_begun (model));
}

#define ADD(name, func) g_test_add ("/form-model/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  ADD ("a-keystroke-is-on-disk-within-three-seconds", test_a_keystroke_is_on_disk_within_three_seconds);
  ADD ("typing-without-a-pause-is-saved-too", test_typing_without_a_pause_is_saved_too);
  ADD ("leaving-saves-what-was-typed-last", test_leaving_saves_what_was_typed_last);
  ADD ("leaving-saves-what-was-typed-during-a-write", test_leaving_saves_what_was_typed_during_a_write);
  ADD ("looking-at-a-form-makes-no-draft", test_looking_at_a_form_makes_no_draft);
  ADD ("a-value-that-no-longer-fits-goes-with-a-word", test_a_value_that_no_longer_fits_goes_with_a_word);
  ADD ("it-can-be-submitted-once", test_it_can_be_submitted_once);
  ADD ("answers-outlive-a-change-of-the-form", test_answers_outlive_a_change_of_the_form);
  ADD ("secrets-find-no-articles", test_secrets_find_no_articles);
  ADD ("a-file-of-any-name-is-copied-at-once", test_a_file_of_any_name_is_copied_at_once);
  ADD ("a-folder-and-a-wrong-kind-are-refused", test_a_folder_and_a_wrong_kind_are_refused);

  ADD ("files-of-a-field-that-is-gone-are-not-forgotten", test_files_of_a_field_that_is_gone_are_not_forgotten);
  ADD ("nothing-is-lost-by-a-change-of-the-form", test_nothing_is_lost_by_a_change_of_the_form);

  g_test_add_func ("/form-model/words-go-where-the-form-asks-what-it-is-about",
                   test_words_go_where_the_form_asks_what_it_is_about);
  g_test_add_func ("/form-model/words-are-cut-to-what-the-field-takes", test_words_are_cut_to_what_the_field_takes);

  return g_test_run ();
}
