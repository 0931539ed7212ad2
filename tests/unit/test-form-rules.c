/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <time.h>

#include "hd-draft-file.h"
#include "hd-field-value.h"
#include "hd-form-rules.h"
#include "hd-record-json.h"
#include "hd-test-utils.h"
#include "random-form.h"

#define N_FORMS 150

static GRand *
make_rand (void)
{
  guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return g_rand_new_with_seed (seed);
}

static HdForm *
parse_form (const char *fields)
{
  g_autofree char *json = g_strdup_printf ("{\"offering_id\":\"o\",\"version\":1,\"fields\":[%s]}", fields);
  g_autoptr (GError) error = NULL;
  HdForm *form = hd_record_new_from_string (HD_TYPE_FORM, json, &error);

  g_assert_no_error (error);
  return form;
}

static guint
count_issues (HdForm    *form,
              HdAnswers *answers)
{
  g_autoptr (GListModel) issues = hd_form_check (form, answers, NULL, NULL);

  return g_list_model_get_n_items (issues);
}

/* --- Properties of random forms --- */

/* The conditions of these forms only look back, so that one pass is enough. */
static gboolean
is_visible_by_oracle (HdForm     *form,
                      guint       i,
                      HdAnswers  *answers,
                      GHashTable *visible)
{
  g_autoptr (HdField) field = g_list_model_get_item (hd_form_get_fields (form), i);
  GListModel *conditions = hd_field_get_visible_when (field);

  for (guint j = 0; j < g_list_model_get_n_items (conditions); j++)
    {
      g_autoptr (HdCondition) condition = g_list_model_get_item (conditions, j);
      const char *other = hd_condition_get_field (condition);
      const char *const *values = g_hash_table_contains (visible, other) ? hd_answers_get_values (answers, other) : NULL;
      gboolean any = FALSE;
      gboolean holds = FALSE;

      for (guint k = 0; values != NULL && values[k] != NULL; k++)
        any = any || g_strv_contains (hd_condition_get_values (condition), values[k]);

      switch (hd_condition_get_op (condition))
        {
        case HD_CONDITION_OP_ANY:
          holds = any;
          break;
        case HD_CONDITION_OP_NONE:
          holds = !any;
          break;
        case HD_CONDITION_OP_FILLED:
          holds = values != NULL;
          break;
        case HD_CONDITION_OP_EMPTY:
          holds = values == NULL;
          break;
        }

      if (!holds)
        return FALSE;
    }

  return TRUE;
}

static void
test_visibility_is_what_the_conditions_say (void)
{
  g_autoptr (GRand) rand = make_rand ();
  guint n_hidden = 0;

  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autoptr (HdForm) form = random_form_new (rand, RANDOM_FORM_LOOKING_BACK);
      g_autoptr (HdAnswers) answers = random_form_answers (rand, form);
      g_autoptr (GHashTable) visible = g_hash_table_new (g_str_hash, g_str_equal);
      GListModel *fields = hd_form_get_fields (form);

      for (guint j = 0; j < g_list_model_get_n_items (fields); j++)
        {
          g_autoptr (HdField) field = g_list_model_get_item (fields, j);
          gboolean expected = is_visible_by_oracle (form, j, answers, visible);

          g_assert_cmpint (hd_form_is_visible (form, field, answers), ==, expected);
          if (expected)
            g_hash_table_add (visible, (char *) hd_field_get_id (field));
          n_hidden += !expected;
        }
    }

  g_assert_cmpuint (n_hidden, >, N_FORMS / 2);
}

static gboolean
names_field (GListModel *list,
             const char *field_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);
      g_autofree char *id = NULL;

      g_object_get (item, "field-id", &id, NULL);
      if (g_strcmp0 (id, field_id) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
test_hidden_fields_are_neither_required_nor_sent (void)
{
  g_autoptr (GRand) rand = make_rand ();

  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autoptr (HdForm) form = random_form_new (rand, RANDOM_FORM_ANY);
      g_autoptr (HdAnswers) answers = random_form_answers (rand, form);
      g_autoptr (GListModel) files = random_form_files (rand, form);
      g_autoptr (GListModel) issues = hd_form_check (form, answers, files, NULL);
      g_autoptr (GListModel) values = hd_form_dup_sent_values (form, answers);
      g_autoptr (JsonNode) json = hd_form_answers_to_json (form, answers);
      GListModel *fields = hd_form_get_fields (form);

      for (guint j = 0; j < g_list_model_get_n_items (fields); j++)
        {
          g_autoptr (HdField) field = g_list_model_get_item (fields, j);
          const char *id = hd_field_get_id (field);
          HdFieldType type = hd_field_get_field_type (field);
          gboolean sent = hd_form_is_visible (form, field, answers) && hd_answers_has (answers, id) &&
                          type != HD_FIELD_TYPE_FILE && type != HD_FIELD_TYPE_NOTE;

          g_assert_cmpint (json_object_has_member (json_node_get_object (json), id), ==, sent);
          g_assert_cmpint (names_field (values, id), ==, sent);
          if (!hd_form_is_visible (form, field, answers))
            g_assert_false (names_field (issues, id));
        }
    }
}

static void
test_what_is_empty_and_required_is_all_that_an_empty_form_lacks (void)
{
  g_autoptr (GRand) rand = make_rand ();

  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autoptr (HdForm) form = random_form_new (rand, RANDOM_FORM_ANY);
      g_autoptr (HdAnswers) answers = hd_answers_new ();
      g_autoptr (GListModel) issues = hd_form_check (form, answers, NULL, NULL);
      GListModel *fields = hd_form_get_fields (form);
      guint n = 0;

      for (guint j = 0; j < g_list_model_get_n_items (fields); j++)
        {
          g_autoptr (HdField) field = g_list_model_get_item (fields, j);

          if (hd_field_get_required (field) && hd_field_get_field_type (field) != HD_FIELD_TYPE_NOTE &&
              hd_form_is_visible (form, field, answers))
            {
              g_autoptr (HdIssue) issue = g_list_model_get_item (issues, n++);

              g_assert_cmpstr (hd_issue_get_field_id (issue), ==, hd_field_get_id (field));
              g_assert_cmpint (hd_issue_get_code (issue), ==, HD_ISSUE_CODE_REQUIRED);
            }
        }

      g_assert_cmpuint (g_list_model_get_n_items (issues), ==, n);
    }
}

static void
test_a_field_checked_alone_is_as_in_the_whole (void)
{
  g_autoptr (GRand) rand = make_rand ();

  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autoptr (HdForm) form = random_form_new (rand, RANDOM_FORM_ANY);
      g_autoptr (HdAnswers) answers = random_form_answers (rand, form);
      g_autoptr (GListModel) files = random_form_files (rand, form);
      g_autoptr (GListModel) issues = hd_form_check (form, answers, files, NULL);
      GListModel *fields = hd_form_get_fields (form);
      guint n = 0;

      for (guint j = 0; j < g_list_model_get_n_items (fields); j++)
        {
          g_autoptr (HdField) field = g_list_model_get_item (fields, j);
          g_autoptr (GListModel) alone = hd_form_check_field (form, field, answers, files, NULL);
          g_autoptr (HdIssue) one = g_list_model_get_item (alone, 0);
          g_autoptr (HdIssue) same = one != NULL ? g_list_model_get_item (issues, n++) : NULL;

          g_assert_cmpuint (g_list_model_get_n_items (alone), <=, 1);
          if (one != NULL)
            g_assert_true (hd_record_equal (HD_RECORD (one), HD_RECORD (same)));
        }

      g_assert_cmpuint (g_list_model_get_n_items (issues), ==, n);
    }
}

/* All kinds of issue, but those that need the portal's limits or words. */
static gboolean
all_came_up (const guint *codes)
{
  for (int code = 0; code < HD_ISSUE_CODE_PORTAL; code++)
    {
      if (codes[code] == 0 && code != HD_ISSUE_CODE_FILE_TOO_LARGE)
        return FALSE;
    }

  return TRUE;
}

/* Mends one issue after the other, as a person would; each is to vanish, and in the end all are. */
static void
test_every_issue_vanishes_when_its_cause_is_mended (void)
{
  g_autoptr (GRand) rand = make_rand ();
  guint codes[HD_ISSUE_CODE_PORTAL + 1] = { 0 };

  /* A rare kind may need more forms to come up. */
  for (guint i = 0; i < N_FORMS * 3 || (!all_came_up (codes) && i < N_FORMS * 100); i++)
    {
      g_autoptr (HdForm) form = random_form_new (rand, RANDOM_FORM_LOOKING_BACK);
      g_autoptr (HdAnswers) answers = random_form_answers (rand, form);
      g_autoptr (GListModel) files = random_form_files (rand, form);

      for (guint tries = 0;; tries++)
        {
          g_autoptr (GListModel) issues = hd_form_check (form, answers, files, NULL);
          g_autoptr (HdIssue) issue = g_list_model_get_item (issues, 0);
          g_autoptr (GListModel) after = NULL;
          HdField *field;

          if (issue == NULL)
            break;

          g_assert_cmpuint (tries, <, 200);
          codes[hd_issue_get_code (issue)]++;
          field = hd_form_find_field (form, hd_issue_get_field_id (issue));
          random_form_mend (form, field, answers, G_LIST_STORE (files));
          after = hd_form_check_field (form, field, answers, files, NULL);
          if (g_list_model_get_n_items (after) > 0)
            {
              g_autofree char *text = hd_record_to_string (HD_RECORD (field));

              g_test_message ("code %d of %s", hd_issue_get_code (issue), text);
            }
          g_assert_cmpuint (g_list_model_get_n_items (after), ==, 0);
        }
    }

  g_assert_true (all_came_up (codes));
}

static void
test_what_is_sent_is_read_back (void)
{
  g_autoptr (GRand) rand = make_rand ();

  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autoptr (HdForm) form = random_form_new (rand, RANDOM_FORM_LOOKING_BACK);
      g_autoptr (HdAnswers) answers = random_form_answers (rand, form);
      g_autoptr (JsonNode) json = hd_form_answers_to_json (form, answers);
      g_autoptr (HdAnswers) read = hd_answers_new_from_json (json, NULL);
      g_autoptr (JsonNode) again = hd_form_answers_to_json (form, read);
      g_autoptr (GListModel) list = hd_answers_to_list (answers);
      g_autoptr (HdAnswers) from_list = hd_answers_new_from_list (list);
      g_autoptr (JsonNode) from_draft = hd_form_answers_to_json (form, from_list);

      g_assert_true (json_node_equal (json, from_draft));
      /* Without the hidden answers the same fields are shown: those do not count. */
      g_assert_true (json_node_equal (json, again));
    }
}

/* --- Hostile forms --- */

static void
test_circles_of_conditions_end (void)
{
  g_autoptr (HdForm) form =
    parse_form ("{\"id\":\"a\",\"required\":true,\"visible_when\":[{\"field\":\"b\",\"op\":\"filled\"}]},"
                "{\"id\":\"b\",\"required\":true,\"visible_when\":[{\"field\":\"c\",\"op\":\"empty\"}]},"
                "{\"id\":\"c\",\"required\":true,\"visible_when\":[{\"field\":\"a\",\"op\":\"any\",\"values\":[\"1\"]}]},"
                "{\"id\":\"self\",\"visible_when\":[{\"field\":\"self\",\"op\":\"filled\"}]},"
                "{\"id\":\"lost\",\"visible_when\":[{\"field\":\"nowhere\",\"op\":\"filled\"}]}");
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  HdField *lost = hd_form_find_field (form, "lost");

  g_assert_false (hd_form_is_visible (form, lost, answers));
  count_issues (form, answers);
  hd_answers_set (answers, "a", "1");
  hd_answers_set (answers, "self", "1");
  count_issues (form, answers);
  g_assert_true (hd_form_is_visible (form, hd_form_find_field (form, "self"), answers));
}

/* Each field looks at the two before it: asked one by one, that is two to the power of their number. */
static void
test_a_ladder_of_conditions_ends_soon (void)
{
  g_autoptr (GString) fields = g_string_new ("{\"id\":\"f0\"},{\"id\":\"f1\"}");
  g_autoptr (HdForm) form = NULL;
  g_autoptr (HdAnswers) answers = hd_answers_new ();

  for (guint i = 2; i < 80; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%u", i);

      g_string_append_printf (fields, ",{\"id\":\"%s\",\"visible_when\":[{\"field\":\"f%u\",\"op\":\"filled\"},"
                              "{\"field\":\"f%u\",\"op\":\"filled\"}]}", id, i - 1, i - 2);
      hd_answers_set (answers, id, "1");
    }

  form = parse_form (fields->str);
  hd_answers_set (answers, "f1", "1");
  g_assert_false (hd_form_is_visible (form, hd_form_find_field (form, "f79"), answers));
  hd_answers_set (answers, "f0", "1");
  g_assert_true (hd_form_is_visible (form, hd_form_find_field (form, "f79"), answers));
}

/* What this thread really did, whatever else the machine is doing. */
static gint64
get_cpu_msec (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void
test_a_hostile_pattern_does_not_hang (void)
{
  static const char *const patterns[] = { "(a+)+", "(a|aa)+", "(.*)*x", "((a*)*)*b", "[", "(?<x", "(*LIMIT_MATCH=99999999)(a+)+", "\\" };
  g_autofree char *text = g_strnfill (5000, 'a');

  text[4999] = '!';

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (HdField) field = g_object_new (HD_TYPE_FIELD, "id", "f", "pattern", patterns[i], NULL);
      g_autoptr (GListStore) fields = g_list_store_new (HD_TYPE_FIELD);
      g_autoptr (HdForm) form = NULL;
      g_autoptr (HdAnswers) answers = hd_answers_new ();
      gint64 start = get_cpu_msec ();

      g_list_store_append (fields, field);
      form = g_object_new (HD_TYPE_FORM, "fields", fields, NULL);
      hd_answers_set (answers, "f", text);
      g_assert_cmpuint (count_issues (form, answers), <=, 1);
      g_test_message ("pattern %u took %d ms", i, (int) (get_cpu_msec () - start));
      g_assert_cmpint (get_cpu_msec () - start, <, 300);
    }
}

/* Kyiv's clocks have no half past three on that day, yet it was chosen and is sent. */
static void
test_a_date_is_shown_as_it_is_sent (void)
{
  static const struct
  {
    const char *value;
    const char *text;
  } cases[] = {
    { "2026-03-29T03:30", "29 March 2026, 03:30" }, { "2026-03-29", "29 March 2026" },
    { "2026-10-25T03:30", "25 October 2026, 03:30" }, { "soon", "soon" }, { "", "" },
  };
  g_autoptr (HdIssue) issue = g_object_new (HD_TYPE_ISSUE, "field-id", "f", "code", HD_ISSUE_CODE_TOO_EARLY,
                                            "limit", "2026-12-01", NULL);
  g_autofree char *text = hd_issue_dup_text (issue);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = hd_form_dup_date_text (cases[i].value);

      g_assert_cmpstr (shown, ==, cases[i].text);
    }

  g_assert_cmpstr (text, ==, "The date must not be before 1 December 2026.");
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/form/visibility-is-what-the-conditions-say", test_visibility_is_what_the_conditions_say);
  g_test_add_func ("/form/hidden-fields-are-neither-required-nor-sent", test_hidden_fields_are_neither_required_nor_sent);
  g_test_add_func ("/form/what-is-empty-and-required-is-all-that-an-empty-form-lacks",
                   test_what_is_empty_and_required_is_all_that_an_empty_form_lacks);
  g_test_add_func ("/form/a-field-checked-alone-is-as-in-the-whole", test_a_field_checked_alone_is_as_in_the_whole);
  g_test_add_func ("/form/every-issue-vanishes-when-its-cause-is-mended",
                   test_every_issue_vanishes_when_its_cause_is_mended);
  g_test_add_func ("/form/what-is-sent-is-read-back", test_what_is_sent_is_read_back);
  g_test_add_func ("/form/circles-of-conditions-end", test_circles_of_conditions_end);
  g_test_add_func ("/form/a-ladder-of-conditions-ends-soon", test_a_ladder_of_conditions_ends_soon);
  g_test_add_func ("/form/a-hostile-pattern-does-not-hang", test_a_hostile_pattern_does_not_hang);
  g_test_add_func ("/form/a-date-is-shown-as-it-is-sent", test_a_date_is_shown_as_it_is_sent);

  return g_test_run ();
}
