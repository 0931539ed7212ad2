/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "random-form.h"

#include "hd-draft-file.h"

/*
 * Forms as no portal would think of, all of which can be answered: limits leave
 * room, choices have an option at all times, patterns go with no other limit.
 */

#define PATTERN "[A-Z]{2}[0-9]{3}"
#define PATTERN_VALUE "AB123"

static const char *const words[] = { "1", "2", "a", "b", "true" };

static const char *
pick (GRand              *rand,
      const char *const  *strings,
      guint               n)
{
  return strings[g_rand_int_range (rand, 0, (int) n)];
}

static gboolean
one_in (GRand *rand,
        int    n)
{
  return g_rand_int_range (rand, 0, n) == 0;
}

static GListModel *
make_conditions (GRand                *rand,
                 RandomFormConditions  conditions,
                 guint                 i,
                 guint                 n_fields)
{
  GListStore *list = g_list_store_new (HD_TYPE_CONDITION);
  guint n_targets = conditions == RANDOM_FORM_ANY ? n_fields : i;
  int n = n_targets > 0 && one_in (rand, 2) ? g_rand_int_range (rand, 1, 3) : 0;

  for (; n > 0; n--)
    {
      g_autofree char *target = g_strdup_printf ("f%d", g_rand_int_range (rand, 0, (int) n_targets));
      const char *values[] = { pick (rand, words, G_N_ELEMENTS (words)), pick (rand, words, G_N_ELEMENTS (words)), NULL };
      g_autoptr (HdCondition) condition =
        g_object_new (HD_TYPE_CONDITION, "field", target, "op", g_rand_int_range (rand, 0, 4), "values", values, NULL);

      g_list_store_append (list, condition);
    }

  return G_LIST_MODEL (list);
}

static GListModel *
make_options (GRand *rand)
{
  GListStore *list = g_list_store_new (HD_TYPE_OPTION);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *when[] = { pick (rand, words, G_N_ELEMENTS (words)), NULL };
      /* Two are always there. */
      g_autoptr (HdOption) option =
        g_object_new (HD_TYPE_OPTION, "value", words[i], "label", "L", "when", i > 1 && one_in (rand, 2) ? when : NULL, NULL);

      g_list_store_append (list, option);
    }

  return G_LIST_MODEL (list);
}

static void
set_limits (HdField *field,
            GRand   *rand)
{
  const char *accept[] = { "image/*", NULL };
  gboolean limited = one_in (rand, 2);

  switch (hd_field_get_field_type (field))
    {
    case HD_FIELD_TYPE_TEXT:
    case HD_FIELD_TYPE_MULTILINE:
      if (one_in (rand, 3))
        g_object_set (field, "pattern", PATTERN, NULL);
      else if (limited)
        g_object_set (field, "min", "3", "max", "6", NULL);
      break;
    case HD_FIELD_TYPE_NUMBER:
      if (limited)
        g_object_set (field, "min", "-1.5", "max", "7", NULL);
      break;
    case HD_FIELD_TYPE_DATE:
    case HD_FIELD_TYPE_DATETIME:
      if (limited)
        g_object_set (field, "min", "2026-01-01", "max", "2026-12-31", NULL);
      break;
    case HD_FIELD_TYPE_MULTICHOICE:
      if (limited)
        g_object_set (field, "min", "2", "max", "2", NULL);
      break;
    case HD_FIELD_TYPE_FILE:
      if (limited)
        g_object_set (field, "min", "2", "max", "3", "accept", accept, NULL);
      break;
    case HD_FIELD_TYPE_CHOICE:
    case HD_FIELD_TYPE_BOOLEAN:
    case HD_FIELD_TYPE_PERSON:
    case HD_FIELD_TYPE_NOTE:
    default:
      break;
    }
}

HdForm *
random_form_new (GRand                *rand,
                 RandomFormConditions  conditions)
{
  g_autoptr (GListStore) fields = g_list_store_new (HD_TYPE_FIELD);
  guint n = (guint) g_rand_int_range (rand, 1, 12);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%u", i);
      g_autofree char *parent = g_strdup_printf ("f%d", g_rand_int_range (rand, 0, (int) n));
      g_autoptr (GListModel) visible_when = make_conditions (rand, conditions, i, n);
      g_autoptr (GListModel) options = make_options (rand);
      g_autoptr (HdField) field =
        g_object_new (HD_TYPE_FIELD, "id", id, "label", id, "type", g_rand_int_range (rand, 0, HD_FIELD_TYPE_NOTE + 1),
                      "required", one_in (rand, 2), "visible-when", visible_when, "options", options,
                      "depends-on", one_in (rand, 3) ? parent : NULL, NULL);

      set_limits (field, rand);
      g_list_store_append (fields, field);
    }

  return g_object_new (HD_TYPE_FORM, "offering-id", "o", "fields", fields, NULL);
}

/* Right ones and wrong ones, and none. */
HdAnswers *
random_form_answers (GRand  *rand,
                     HdForm *form)
{
  static const char *const values[] = {
    "1", "2", "a", "b", "true", "false", "", " ", "x", "long text here", "two\nlines", PATTERN_VALUE, "ab123", "-9", "99", "1.5",
    "1,5", "2026-06-01", "2025-06-01", "2027-06-01", "2026-06-01T10:00", "2025-06-01T10:00", "2027-06-01T10:00", "2026-13-01",
  };
  HdAnswers *answers = hd_answers_new ();
  GListModel *fields = hd_form_get_fields (form);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      const char *chosen[] = { pick (rand, values, G_N_ELEMENTS (values)), pick (rand, words, 5), pick (rand, words, 5), NULL };
      gboolean many = hd_field_get_field_type (field) == HD_FIELD_TYPE_MULTICHOICE;

      /* Files and notes have no answers. */
      if (one_in (rand, 4) || hd_field_get_field_type (field) >= HD_FIELD_TYPE_FILE)
        continue;
      if (many)
        hd_answers_set_values (answers, hd_field_get_id (field), chosen + g_rand_int_range (rand, 0, 3), NULL);
      else
        hd_answers_set (answers, hd_field_get_id (field), chosen[0]);
    }

  return answers;
}

static void
add_file (GListStore *files,
          const char *field_id,
          const char *content_type)
{
  g_autoptr (HdDraftFile) file = g_object_new (HD_TYPE_DRAFT_FILE, "id", "x", "field-id", field_id, "name", "n", "size", (gint64) 1,
                                               "content-type", content_type, NULL);

  g_list_store_append (files, file);
}

GListModel *
random_form_files (GRand  *rand,
                   HdForm *form)
{
  GListStore *files = g_list_store_new (HD_TYPE_DRAFT_FILE);
  GListModel *fields = hd_form_get_fields (form);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--)
        add_file (files, hd_field_get_id (field), one_in (rand, 4) ? "text/plain" : "image/png");
    }

  return G_LIST_MODEL (files);
}

static void
mend_files (GListStore *files,
            const char *field_id)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (files)); i > 0; i--)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (G_LIST_MODEL (files), i - 1);

      if (g_strcmp0 (hd_draft_file_get_field_id (file), field_id) == 0)
        g_list_store_remove (files, i - 1);
    }

  add_file (files, field_id, "image/png");
  add_file (files, field_id, "image/png");
}

/* Answers a field as it should be. */
void
random_form_mend (HdForm     *form,
                  HdField    *field,
                  HdAnswers  *answers,
                  GListStore *files)
{
  const char *id = hd_field_get_id (field);
  const char *two[] = { words[0], words[1], NULL };

  switch (hd_field_get_field_type (field))
    {
    case HD_FIELD_TYPE_TEXT:
    case HD_FIELD_TYPE_MULTILINE:
      hd_answers_set (answers, id, hd_field_get_pattern (field) != NULL ? PATTERN_VALUE : "four");
      break;
    case HD_FIELD_TYPE_NUMBER:
      hd_answers_set (answers, id, "2.5");
      break;
    case HD_FIELD_TYPE_DATE:
      hd_answers_set (answers, id, "2026-06-01");
      break;
    case HD_FIELD_TYPE_DATETIME:
      hd_answers_set (answers, id, "2026-06-01T10:00");
      break;
    case HD_FIELD_TYPE_CHOICE:
      hd_answers_set (answers, id, words[0]);
      break;
    case HD_FIELD_TYPE_MULTICHOICE:
      hd_answers_set_values (answers, id, two, NULL);
      break;
    case HD_FIELD_TYPE_BOOLEAN:
      hd_answers_set (answers, id, "true");
      break;
    case HD_FIELD_TYPE_PERSON:
      hd_answers_set (answers, id, "olena");
      break;
    case HD_FIELD_TYPE_FILE:
      mend_files (files, id);
      break;
    case HD_FIELD_TYPE_NOTE:
    default:
      g_assert_not_reached ();
    }
}
