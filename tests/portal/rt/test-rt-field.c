/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-rules.h"
#include "hd-rt-field.h"
#include "hd-test-utils.h"

/* A custom field as a field of a form. */

static HdField *
create_field (const char *type,
              const char *pattern,
              const char *more)
{
  g_autoptr (JsonObject) definition = json_object_new ();
  g_autoptr (HdRtField) custom = NULL;

  json_object_set_string_member (definition, "id", "7");
  json_object_set_string_member (definition, "Name", "Поле");
  json_object_set_string_member (definition, "MaxValues", more != NULL ? more : "1");
  json_object_set_string_member (definition, "Type", type);
  json_object_set_string_member (definition, "Pattern", pattern);
  custom = hd_rt_field_new (definition);
  return hd_rt_field_create (custom, NULL);
}

static gboolean
takes (HdField    *field,
       const char *value)
{
  g_autoptr (GListStore) fields = g_list_store_new (HD_TYPE_FIELD);
  g_autoptr (HdForm) form = NULL;
  g_autoptr (HdAnswers) answers = hd_answers_new ();
  g_autoptr (GListModel) issues = NULL;

  g_list_store_append (fields, field);
  form = g_object_new (HD_TYPE_FORM, "fields", fields, NULL);
  hd_answers_set (answers, hd_field_get_id (field), value);
  issues = hd_form_check_field (form, field, answers, NULL, NULL);
  return g_list_model_get_n_items (issues) == 0;
}

/* As administrators write them, and as they should not. */
static const char *const patterns[] = {
  "", ".", "(?#Mandatory).", "(?#Обов’язково)(?#ще раз).", "^\\+380\\d{9}$", "(?#Номер у вигляді +380XXXXXXXXX)^\\+380\\d{9}$",
  "\\d", "^\\d+$", "^(a|b).", "a|b", "^(?:[A-Z]{2}\\d{6})?$", "(?i)^так$", "^\\s*\\S", "^.{3,5}$", "[а-яіїєґ]", "\\.$", "^$", "x*",
  "(a+)+$", "^\\w+@\\w+\\.\\w+$", ")", "[", "(?{ die })", "\\p{Nonsense}", "*", "(?#not closed",
};

static const char *const answers[] = {
  "a", "b", "ab", "c", "1", "12", "+380671112233", "x+380671112233", "Так", "так", "ТАК", "AB123456", "AB12", "абв", " ", "рядок\nдругий",
  "a@b.ua", ".", "кінець.", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "\xe2\x80\xae", "x",
};

/* A form takes what RT would: where the pattern is found, anywhere; of a pattern that is none, everything. */
static void
test_a_form_takes_what_rt_would (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (HdField) field = create_field ("Text", patterns[i], NULL);
      g_autoptr (GRegex) regex = g_regex_new (patterns[i], G_REGEX_DEFAULT, 0, NULL);

      g_assert_true (regex != NULL || hd_field_get_pattern (field) == NULL);
      g_assert_cmpint (hd_field_get_required (field), ==, regex != NULL && !g_regex_match (regex, "", 0, NULL));

      for (guint j = 0; j < G_N_ELEMENTS (answers); j++)
        {
          g_autofree char *stripped = g_strstrip (g_strdup (answers[j]));
          g_autoptr (GError) error = NULL;
          gboolean expected = regex == NULL || g_regex_match_full (regex, answers[j], -1, 0, 0, NULL, &error);

          /* One that would take until tomorrow is left to RT. */
          expected |= error != NULL;

          /* What is blank is nothing to a form. */
          if (*stripped == '\0')
            continue;

          if (takes (field, answers[j]) != expected)
            g_error ("/%s/ and “%s”: %s", patterns[i], answers[j], expected ? "refused" : "taken");
        }
    }
}

static const struct
{
  const char *pattern;
  const char *hint;
} hints[] = {
  { "(?#Mandatory).", NULL },
  { "(?#Номер)^1$", "Номер" },
  { "^1(?#Номер)$", "Номер" },
  { "^1$", NULL },
  { "(?#)", NULL },
  { "(?#", NULL },
};

static void
test_comments_are_hints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autoptr (HdField) field = create_field ("Freeform", hints[i].pattern, NULL);

      g_assert_cmpstr (hd_field_get_pattern_hint (field), ==, hints[i].hint);
    }
}

static const struct
{
  const char  *type;
  HdFieldType  one;
  HdFieldType  many;
  const char  *one_id;
  const char  *many_id;
} types[] = {
  { "Freeform", HD_FIELD_TYPE_TEXT, HD_FIELD_TYPE_MULTILINE, "cf-7", "cf-7-lines" },
  { "Text", HD_FIELD_TYPE_MULTILINE, HD_FIELD_TYPE_MULTILINE, "cf-7", "cf-7" },
  { "HTML", HD_FIELD_TYPE_MULTILINE, HD_FIELD_TYPE_MULTILINE, "cf-7-html", "cf-7-html" },
  { "Wikitext", HD_FIELD_TYPE_MULTILINE, HD_FIELD_TYPE_MULTILINE, "cf-7", "cf-7" },
  { "Select", HD_FIELD_TYPE_CHOICE, HD_FIELD_TYPE_MULTICHOICE, "cf-7", "cf-7" },
  { "Combobox", HD_FIELD_TYPE_CHOICE, HD_FIELD_TYPE_MULTICHOICE, "cf-7", "cf-7" },
  { "Autocomplete", HD_FIELD_TYPE_CHOICE, HD_FIELD_TYPE_MULTICHOICE, "cf-7", "cf-7" },
  { "Date", HD_FIELD_TYPE_DATE, HD_FIELD_TYPE_DATE, "cf-7", "cf-7" },
  { "DateTime", HD_FIELD_TYPE_DATETIME, HD_FIELD_TYPE_DATETIME, "cf-7", "cf-7" },
  { "Image", HD_FIELD_TYPE_FILE, HD_FIELD_TYPE_FILE, "cf-7", "cf-7" },
  { "Binary", HD_FIELD_TYPE_FILE, HD_FIELD_TYPE_FILE, "cf-7", "cf-7" },
  { "IPAddress", HD_FIELD_TYPE_TEXT, HD_FIELD_TYPE_MULTILINE, "cf-7-ip", "cf-7-ip-lines" },
  { "IPAddressRange", HD_FIELD_TYPE_TEXT, HD_FIELD_TYPE_MULTILINE, "cf-7-ip", "cf-7-ip-lines" },
  { "Of an extension", HD_FIELD_TYPE_TEXT, HD_FIELD_TYPE_TEXT, "cf-7", "cf-7" },
};

static void
test_every_type (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (HdField) one = create_field (types[i].type, "", "1");
      g_autoptr (HdField) many = create_field (types[i].type, "", "0");

      g_test_message ("%s", types[i].type);
      g_assert_cmpint (hd_field_get_field_type (one), ==, types[i].one);
      g_assert_cmpint (hd_field_get_field_type (many), ==, types[i].many);
      g_assert_cmpstr (hd_field_get_id (one), ==, types[i].one_id);
      g_assert_cmpstr (hd_field_get_id (many), ==, types[i].many_id);
    }
}

static void
test_what_is_no_field (void)
{
  static const char *const definitions[] = {
    "{}", "{\"id\":\"1\"}", "{\"Name\":\"a\"}", "{\"id\":{},\"Name\":\"a\"}", "{\"id\":\"1\",\"Name\":[]}", "{\"id\":\"1\",\"Name\":\"\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (definitions); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (definitions[i], NULL);

      g_assert_null (hd_rt_field_new (json_node_get_object (node)));
    }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/rt/field/a-form-takes-what-rt-would", test_a_form_takes_what_rt_would);
  g_test_add_func ("/rt/field/comments-are-hints", test_comments_are_hints);
  g_test_add_func ("/rt/field/every-type", test_every_type);
  g_test_add_func ("/rt/field/what-is-no-field", test_what_is_no_field);

  return g_test_run ();
}
