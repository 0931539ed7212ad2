/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-carry.h"

#include "hd-form-rules.h"
#include "hd-left-answer.h"
#include "hd-record-json.h"
#include "hd-test-utils.h"

/* A draft of the form as it was, and the form as it is now. */

#define CHOICE(options) "{\"id\":\"one\",\"type\":\"choice\",\"label\":\"One\",\"options\":[" options "]}"
#define RED "{\"value\":\"r\",\"label\":\"Red\"}"
#define BLUE "{\"value\":\"b\",\"label\":\"Blue\"}"
#define FIELD(type) "{\"id\":\"one\",\"type\":\"" type "\",\"label\":\"One\"}"
#define SECRET "{\"id\":\"one\",\"type\":\"text\",\"label\":\"One\",\"sensitive\":true}"
#define OTHER "{\"id\":\"other\",\"type\":\"text\",\"label\":\"Other\"}"

typedef struct
{
  const char *name;
  const char *before;     /* the field */
  const char *after;      /* the field, or another */
  const char *values[3];
  const char *kept;       /* (nullable): the answer that the form has now */
  const char *left;       /* (nullable): what stands beside the form */
} Case;

static const Case cases[] = {
  { "the-same-field-keeps-its-answer", FIELD ("text"), FIELD ("text"), { "abc" }, "abc", NULL },
  { "a-field-that-is-gone-leaves-its-text", FIELD ("text"), OTHER, { "abc" }, NULL, "abc" },
  { "a-choice-that-is-gone-leaves-its-words", CHOICE (RED), OTHER, { "r" }, NULL, "Red" },
  { "a-yes-that-is-gone-is-a-word", FIELD ("boolean"), OTHER, { "true" }, NULL, "Yes" },
  { "an-option-that-stays-stays", CHOICE (RED "," BLUE), CHOICE (BLUE), { "b" }, "b", NULL },
  { "an-option-that-is-gone-leaves-its-words", CHOICE (RED "," BLUE), CHOICE (BLUE), { "r" }, NULL, "Red" },
  { "a-line-that-becomes-a-text-stays", FIELD ("text"), FIELD ("multiline"), { "abc" }, "abc", NULL },
  { "a-text-that-becomes-a-line-is-one-line", FIELD ("multiline"), FIELD ("text"), { "a\nb" }, "a b", NULL },
  { "a-choice-that-becomes-a-line-is-its-words", CHOICE (RED), FIELD ("text"), { "r" }, "Red", NULL },
  { "words-that-become-a-number-are-left", FIELD ("text"), FIELD ("number"), { "about ten" }, NULL, "about ten" },
  { "a-number-in-words-stays", FIELD ("text"), FIELD ("number"), { "10" }, "10", NULL },
  { "words-that-become-a-date-are-left", FIELD ("text"), FIELD ("date"), { "tomorrow" }, NULL, "tomorrow" },
  { "words-that-become-a-person-are-left", FIELD ("text"), FIELD ("person"), { "olena" }, NULL, "olena" },
  { "words-that-become-files-are-left", FIELD ("text"), FIELD ("file"), { "abc" }, NULL, "abc" },
  { "many-that-become-one-are-left", FIELD ("multichoice"), CHOICE (RED "," BLUE), { "r", "b" }, NULL, "r, b" },
};

static HdForm *
make_form (const char *field)
{
  g_autofree char *json = g_strdup_printf ("{\"offering_id\":\"x\",\"version\":1,\"fields\":[%s]}", field);
  g_autoptr (GError) error = NULL;
  HdForm *form = hd_record_new_from_string (HD_TYPE_FORM, json, &error);

  g_assert_no_error (error);
  return form;
}

/* As the draft does: the words are kept with what was chosen. */
static void
answer (HdForm            *form,
        HdAnswers         *answers,
        const char *const *values)
{
  g_autoptr (HdField) field = g_list_model_get_item (hd_form_get_fields (form), 0);
  g_autofree char *text = NULL;

  hd_answers_set_values (answers, "one", values, NULL);

  if (hd_field_get_field_type (field) != HD_FIELD_TYPE_CHOICE)
    return;

  text = hd_field_dup_value_text (field, answers);
  hd_answers_set_choice (answers, "one", values[0], text);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (HdForm) before = make_form (one->before);
  g_autoptr (HdForm) after = make_form (one->after);
  g_autoptr (GListModel) asked = hd_form_dup_asked (before);
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) left = NULL;
  g_autoptr (HdLeftAnswer) left_answer = NULL;

  answer (before, answers, one->values);
  left = hd_form_carry_over (after, asked, answers);

  g_assert_cmpstr (hd_answers_get (answers, "one"), ==, one->kept);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, one->left != NULL ? 1 : 0);

  if (one->left == NULL)
    return;

  left_answer = g_list_model_get_item (left, 0);
  g_assert_cmpstr (hd_left_answer_get_text (left_answer), ==, one->left);
  g_assert_cmpstr (hd_left_answer_get_label (left_answer), ==, "One");
}

static void
test_secrets_stay_secret (void)
{
  g_autoptr (HdForm) before = make_form (SECRET);
  g_autoptr (HdForm) after = make_form (OTHER);
  g_autoptr (GListModel) asked = hd_form_dup_asked (before);
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) left = NULL;
  g_autoptr (HdLeftAnswer) answer = NULL;

  hd_answers_set (answers, "one", "мальва");
  left = hd_form_carry_over (after, asked, answers);
  answer = g_list_model_get_item (left, 0);
  g_assert_true (hd_left_answer_get_sensitive (answer));
}

/* A draft of an earlier version of this program remembers no labels. */
static void
test_without_memory_the_text_is_left (void)
{
  g_autoptr (HdForm) after = make_form (OTHER);
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) left = NULL;
  g_autoptr (HdLeftAnswer) answer = NULL;
  g_auto (GStrv) labels = hd_form_dup_new_labels (after, NULL);

  g_assert_cmpuint (g_strv_length (labels), ==, 0);
  hd_answers_set (answers, "one", "abc");
  left = hd_form_carry_over (after, NULL, answers);
  answer = g_list_model_get_item (left, 0);
  g_assert_cmpstr (hd_left_answer_get_text (answer), ==, "abc");
  g_assert_cmpstr (hd_left_answer_get_label (answer), ==, "Earlier answer");
}

static void
test_new_fields_are_told (void)
{
  g_autoptr (HdForm) before = make_form (FIELD ("text"));
  g_autoptr (HdForm) after = make_form (FIELD ("text") "," OTHER ",{\"id\":\"n\",\"type\":\"note\",\"label\":\"Note\"}");
  g_autoptr (GListModel) asked = hd_form_dup_asked (before);
  g_auto (GStrv) labels = hd_form_dup_new_labels (after, asked);

  g_assert_cmpuint (g_strv_length (labels), ==, 1);
  g_assert_cmpstr (labels[0], ==, "Other");
}

/* The ids sort so that what depends is looked at first. */
static void
test_what_depends_on_what_is_gone_goes_too (void)
{
  g_autoptr (HdForm) after = make_form ("{\"id\":\"b\",\"type\":\"choice\",\"label\":\"B\",\"options\":[" RED "]},"
                                        "{\"id\":\"a\",\"type\":\"choice\",\"label\":\"A\",\"depends_on\":\"b\","
                                        "\"options\":[{\"value\":\"x\",\"label\":\"X\",\"when\":[\"b\"]}]}");
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) left = NULL;

  hd_answers_set (answers, "a", "x");
  hd_answers_set (answers, "b", "b");
  left = hd_form_carry_over (after, NULL, answers);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, 2);
  g_assert_false (hd_answers_has (answers, "a"));
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/form-carry/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  g_test_add_func ("/form-carry/secrets-stay-secret", test_secrets_stay_secret);
  g_test_add_func ("/form-carry/without-memory-the-text-is-left", test_without_memory_the_text_is_left);
  g_test_add_func ("/form-carry/new-fields-are-told", test_new_fields_are_told);
  g_test_add_func ("/form-carry/what-depends-on-what-is-gone-goes-too", test_what_depends_on_what_is_gone_goes_too);

  return g_test_run ();
}
