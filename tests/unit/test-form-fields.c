/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-draft-file.h"
#include "hd-form-rules.h"
#include "hd-record-json.h"
#include "hd-test-utils.h"

/* The rules of the form language one by one; test-form-rules.c holds random forms against all of them. */

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

typedef struct
{
  const char *field;
  const char *value;
  int         code;  /* -1: nothing is wrong */
} Vector;

static void
check_vectors (const Vector *vectors,
               guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\":\"f\",%s}", vectors[i].field);
      g_autoptr (HdForm) form = parse_form (json);
      g_autoptr (HdAnswers) answers = hd_answers_new ();
      g_autoptr (GListModel) issues = NULL;
      g_autoptr (HdIssue) issue = NULL;

      hd_answers_set (answers, "f", vectors[i].value);
      issues = hd_form_check (form, answers, NULL, NULL);
      issue = g_list_model_get_item (issues, 0);

      g_test_message ("%u: %s", i, vectors[i].field);
      if (vectors[i].code < 0)
        g_assert_null (issue);
      else
        g_assert_cmpint (hd_issue_get_code (issue), ==, vectors[i].code);
    }
}

static void
test_values_are_held_against_the_rules (void)
{
  static const Vector vectors[] = {
    { "\"type\":\"text\",\"required\":true", "  \n ", HD_ISSUE_CODE_REQUIRED },
    { "\"type\":\"text\"", "one\ntwo", HD_ISSUE_CODE_NOT_A_LINE },
    { "\"type\":\"multiline\"", "one\ntwo", -1 },
    { "\"type\":\"text\",\"max\":\"3\"", "їжа", -1 },
    { "\"type\":\"text\",\"max\":\"3\"", "їжак", HD_ISSUE_CODE_TOO_LONG },
    { "\"type\":\"text\",\"min\":\"3\"", "їж", HD_ISSUE_CODE_TOO_SHORT },
    { "\"type\":\"text\",\"min\":\"3\"", "їжа", -1 },
    { "\"type\":\"text\",\"min\":\"nonsense\",\"max\":\"-5\"", "x", -1 },
    { "\"type\":\"text\",\"pattern\":\"\\\\d{3}\"", "123", -1 },
    { "\"type\":\"text\",\"pattern\":\"\\\\d{3}\"", "1234", HD_ISSUE_CODE_PATTERN },
    { "\"type\":\"text\",\"pattern\":\"a|b\"", "ab", HD_ISSUE_CODE_PATTERN },
    { "\"type\":\"text\",\"pattern\":\"[\"", "anything", -1 },
    { "\"type\":\"number\"", "1.5", -1 },
    { "\"type\":\"number\"", "1,5", HD_ISSUE_CODE_NOT_A_NUMBER },
    { "\"type\":\"number\"", "nan", HD_ISSUE_CODE_NOT_A_NUMBER },
    { "\"type\":\"number\"", "0x10", HD_ISSUE_CODE_NOT_A_NUMBER },
    { "\"type\":\"number\"", "1e999", HD_ISSUE_CODE_NOT_A_NUMBER },
    { "\"type\":\"number\",\"min\":\"2\",\"max\":\"4\"", "1.99", HD_ISSUE_CODE_TOO_SMALL },
    { "\"type\":\"number\",\"min\":\"2\",\"max\":\"4\"", "4", -1 },
    { "\"type\":\"number\",\"min\":\"2\",\"max\":\"4\"", "2", -1 },
    { "\"type\":\"number\",\"min\":\"2\",\"max\":\"4\"", "4.01", HD_ISSUE_CODE_TOO_LARGE },
    { "\"type\":\"date\"", "2026-02-28", -1 },
    { "\"type\":\"date\"", "2026-02-29", HD_ISSUE_CODE_NOT_A_DATE },
    { "\"type\":\"date\"", "28.02.2026", HD_ISSUE_CODE_NOT_A_DATE },
    { "\"type\":\"date\"", "2026-2-8", HD_ISSUE_CODE_NOT_A_DATE },
    { "\"type\":\"date\"", "2026-02-28T10:00", HD_ISSUE_CODE_NOT_A_DATE },
    { "\"type\":\"date\",\"min\":\"2026-01-01\",\"max\":\"2026-12-31\"", "2025-12-31", HD_ISSUE_CODE_TOO_EARLY },
    { "\"type\":\"date\",\"min\":\"2026-01-01\",\"max\":\"2026-12-31\"", "2027-01-01", HD_ISSUE_CODE_TOO_LATE },
    { "\"type\":\"datetime\"", "2026-02-28T23:59", -1 },
    { "\"type\":\"datetime\"", "2026-02-28T24:01", HD_ISSUE_CODE_NOT_A_DATE },
    { "\"type\":\"datetime\",\"max\":\"2026-12-31\"", "2026-12-31T23:59", -1 },
    { "\"type\":\"datetime\",\"max\":\"2026-12-31T12:00\"", "2026-12-31T12:01", HD_ISSUE_CODE_TOO_LATE },
    { "\"type\":\"boolean\",\"required\":true", "false", HD_ISSUE_CODE_REQUIRED },
    { "\"type\":\"boolean\"", "false", -1 },
    { "\"type\":\"boolean\"", "maybe", HD_ISSUE_CODE_NOT_AN_OPTION },
    { "\"type\":\"choice\",\"options\":[{\"value\":\"a\"}]", "a", -1 },
    { "\"type\":\"choice\",\"options\":[{\"value\":\"a\"}]", "A", HD_ISSUE_CODE_NOT_AN_OPTION },
    { "\"type\":\"choice\",\"options_source\":\"people\"", "anybody", -1 },
    { "\"type\":\"person\",\"options_source\":\"people\"", "anybody", -1 },
    { "\"type\":\"hologram\",\"max\":\"2\"", "text", HD_ISSUE_CODE_TOO_LONG },
    { "\"type\":\"note\",\"required\":true", NULL, -1 },
  };

  check_vectors (vectors, G_N_ELEMENTS (vectors));
}

static char *
dup_today (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, days);

  return g_date_time_format (day, "%Y-%m-%d");
}

static void
test_limits_count_from_today (void)
{
  static const struct
  {
    const char *limits;
    int         day;
    int         code;
  } vectors[] = {
    { "\"min\":\"today\"", 0, -1 }, { "\"min\":\"today\"", -1, HD_ISSUE_CODE_TOO_EARLY },
    { "\"max\":\"today\"", 0, -1 }, { "\"max\":\"today\"", 1, HD_ISSUE_CODE_TOO_LATE },
    { "\"min\":\"today+3\"", 3, -1 }, { "\"min\":\"today+3\"", 2, HD_ISSUE_CODE_TOO_EARLY },
    { "\"max\":\"today+400\"", 400, -1 }, { "\"max\":\"today+400\"", 401, HD_ISSUE_CODE_TOO_LATE },
    { "\"min\":\"today-7\",\"max\":\"today-1\"", -7, -1 }, { "\"min\":\"today-7\",\"max\":\"today-1\"", -8, HD_ISSUE_CODE_TOO_EARLY },
    { "\"min\":\"today-7\",\"max\":\"today-1\"", 0, HD_ISSUE_CODE_TOO_LATE },
    { "\"min\":\"tomorrow\",\"max\":\"today+\"", 0, -1 }, { "\"max\":\"today+99999999999\"", 9, -1 },
  };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  /* Once more where midnight came in between. */
  do
    {
      g_free (before);
      g_free (after);
      before = dup_today (0);

      for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
        {
          g_autofree char *field = g_strconcat ("\"type\":\"date\",", vectors[i].limits, NULL);
          g_autofree char *day = dup_today (vectors[i].day);
          const Vector vector = { field, day, vectors[i].code };
          g_autofree char *now = dup_today (0);

          if (g_str_equal (now, before))
            check_vectors (&vector, 1);
        }

      after = dup_today (0);
    }
  while (!g_str_equal (before, after));
}

static void
test_options_depend_on_the_answer_above (void)
{
  g_autoptr (HdForm) form =
    parse_form ("{\"id\":\"city\",\"type\":\"choice\",\"options\":[{\"value\":\"k\"},{\"value\":\"l\"}]},"
                "{\"id\":\"post\",\"type\":\"choice\",\"depends_on\":\"city\",\"options\":["
                "{\"value\":\"k1\",\"when\":[\"k\"]},{\"value\":\"l1\",\"when\":[\"l\"]},{\"value\":\"any\"},"
                "{\"value\":\"both\",\"when\":[\"k\",\"l\"]}]}");
  HdField *post = hd_form_find_field (form, "post");
  const char *cities[] = { NULL, "k", "l", "m" };
  const guint n_options[] = { 1, 3, 3, 1 };
  g_autoptr (HdAnswers) answers = hd_answers_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      g_autoptr (GListModel) options = NULL;

      hd_answers_set (answers, "city", cities[i]);
      options = hd_form_dup_options (form, post, answers);
      g_assert_cmpuint (g_list_model_get_n_items (options), ==, n_options[i]);
    }

  /* An answer that went with another city is wrong now. */
  hd_answers_set (answers, "city", "k");
  hd_answers_set (answers, "post", "k1");
  g_assert_cmpuint (count_issues (form, answers), ==, 0);
  hd_answers_set (answers, "city", "l");
  g_assert_cmpuint (count_issues (form, answers), ==, 1);
}

static void
test_files_are_counted_and_looked_at (void)
{
  g_autoptr (HdForm) form = parse_form ("{\"id\":\"f\",\"type\":\"file\",\"required\":true,\"min\":\"1\",\"max\":\"2\","
                                        "\"accept\":[\"image/*\",\"application/pdf\"]}");
  g_autoptr (HdPortalInfo) limits = g_object_new (HD_TYPE_PORTAL_INFO, "max-file-size", (gint64) 100, NULL);
  static const struct
  {
    const char *types[4];
    gint64      size;
    int         code;
  } vectors[] = {
    { { NULL }, 1, HD_ISSUE_CODE_REQUIRED },
    { { "image/png", NULL }, 100, -1 },
    { { "IMAGE/JPEG", "application/pdf", NULL }, 1, -1 },
    { { "image/png", "image/png", "image/png", NULL }, 1, HD_ISSUE_CODE_TOO_MANY },
    { { "application/zip", NULL }, 1, HD_ISSUE_CODE_FILE_TYPE },
    { { "imagex/png", NULL }, 1, HD_ISSUE_CODE_FILE_TYPE },
    { { "image/png", NULL }, 101, HD_ISSUE_CODE_FILE_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GListStore) files = g_list_store_new (HD_TYPE_DRAFT_FILE);
      g_autoptr (HdAnswers) answers = hd_answers_new ();
      g_autoptr (GListModel) issues = NULL;
      g_autoptr (HdIssue) issue = NULL;

      for (guint j = 0; vectors[i].types[j] != NULL; j++)
        {
          g_autoptr (HdDraftFile) file = g_object_new (HD_TYPE_DRAFT_FILE, "id", "x", "field-id", "f", "size", vectors[i].size,
                                                       "content-type", vectors[i].types[j], "name", "n", NULL);
          g_autoptr (HdDraftFile) other = g_object_new (HD_TYPE_DRAFT_FILE, "id", "y", "field-id", "other", NULL);

          g_list_store_append (files, file);
          g_list_store_append (files, other);
        }

      issues = hd_form_check (form, answers, G_LIST_MODEL (files), limits);
      issue = g_list_model_get_item (issues, 0);
      g_test_message ("vector %u", i);
      g_assert_cmpint (issue != NULL ? (int) hd_issue_get_code (issue) : -1, ==, vectors[i].code);
    }
}

static void
changed_cb (HdAnswers  *answers,
            const char *field_id,
            guint      *count)
{
  *count += 1;
}

static void
test_answers_drop_blanks_and_tell_changes (void)
{
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  const char *values[] = { "a", "", "  ", "b", NULL };
  const char *labels[] = { "A", "", "", "B", NULL };
  const char *wrong_labels[] = { "A", NULL };
  guint n_changes = 0;

  g_signal_connect (answers, "changed", G_CALLBACK (changed_cb), &n_changes);
  hd_answers_set (answers, "f", "\xc2\xa0\t");
  g_assert_false (hd_answers_has (answers, "f"));
  g_assert_cmpuint (n_changes, ==, 0);

  hd_answers_set_values (answers, "f", values, labels);
  hd_answers_set_values (answers, "f", values, labels);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (hd_answers_get_values (answers, "f")[1], ==, "b");
  g_assert_cmpstr (hd_answers_get_labels (answers, "f")[1], ==, "B");

  hd_answers_set_values (answers, "f", values, wrong_labels);
  g_assert_null (hd_answers_get_labels (answers, "f"));
  hd_answers_set (answers, "f", NULL);
  g_assert_false (hd_answers_has (answers, "f"));
  g_assert_cmpuint (n_changes, ==, 3);
}

static void
test_defaults_fill_what_is_unanswered (void)
{
  g_autoptr (HdForm) form = parse_form ("{\"id\":\"a\",\"default_value\":\"1\"},{\"id\":\"b\",\"default_value\":\"2\"},{\"id\":\"c\"}");
  g_autoptr (HdAnswers) answers = hd_answers_new ();

  hd_answers_set (answers, "b", "mine");
  hd_form_apply_defaults (form, answers);
  g_assert_cmpstr (hd_answers_get (answers, "a"), ==, "1");
  g_assert_cmpstr (hd_answers_get (answers, "b"), ==, "mine");
  g_assert_false (hd_answers_has (answers, "c"));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/form/values-are-held-against-the-rules", test_values_are_held_against_the_rules);
  g_test_add_func ("/form/limits-count-from-today", test_limits_count_from_today);
  g_test_add_func ("/form/options-depend-on-the-answer-above", test_options_depend_on_the_answer_above);
  g_test_add_func ("/form/files-are-counted-and-looked-at", test_files_are_counted_and_looked_at);
  g_test_add_func ("/form/answers-drop-blanks-and-tell-changes", test_answers_drop_blanks_and_tell_changes);
  g_test_add_func ("/form/defaults-fill-what-is-unanswered", test_defaults_fill_what_is_unanswered);

  return g_test_run ();
}
