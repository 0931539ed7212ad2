/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-carry.h"

#include <glib/gi18n-lib.h>

#include "hd-form-rules.h"
#include "hd-left-answer.h"

/*
 * A draft remembers what the form asked when it was saved.  When the form has
 * changed, an answer stays with the field of its id as long as that field takes
 * it; what has no place is not dropped, but left beside the form.
 */

/**
 * hd_form_dup_asked:
 * @self: a form
 *
 * Returns: (transfer full) (element-type HdField): what a draft remembers of its
 *   fields: id, type, label, and whether it is sensitive
 */
GListModel *
hd_form_dup_asked (HdForm *self)
{
  GListModel *fields = hd_form_get_fields (self);
  GListStore *asked = g_list_store_new (HD_TYPE_FIELD);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      g_autoptr (HdField) short_field = NULL;

      if (hd_field_get_field_type (field) == HD_FIELD_TYPE_NOTE)
        continue;

      short_field = g_object_new (HD_TYPE_FIELD,
                                  "id", hd_field_get_id (field),
                                  "type", hd_field_get_field_type (field),
                                  "label", hd_field_get_label (field),
                                  "sensitive", hd_field_get_sensitive (field),
                                  NULL);
      g_list_store_append (asked, short_field);
    }

  return G_LIST_MODEL (asked);
}

/* Returns: (transfer full) (nullable) */
static HdField *
dup_asked_field (GListModel *asked,
                 const char *field_id)
{
  for (guint i = 0; asked != NULL && i < g_list_model_get_n_items (asked); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (asked, i);

      if (g_strcmp0 (hd_field_get_id (field), field_id) == 0)
        return g_steal_pointer (&field);
    }

  return NULL;
}

/**
 * hd_form_dup_new_labels:
 * @self: a form
 * @asked: (nullable) (element-type HdField): what an earlier version of it asked
 *
 * Returns: (transfer full): the labels of the fields that are new; of a draft that
 *   does not remember, none
 */
char **
hd_form_dup_new_labels (HdForm     *self,
                        GListModel *asked)
{
  GListModel *fields = hd_form_get_fields (self);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  for (guint i = 0; asked != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      g_autoptr (HdField) before = dup_asked_field (asked, hd_field_get_id (field));

      if (before == NULL && hd_field_get_field_type (field) != HD_FIELD_TYPE_NOTE && hd_field_get_label (field) != NULL)
        g_strv_builder_add (labels, hd_field_get_label (field));
    }

  return g_strv_builder_end (labels);
}

/* A text takes what was chosen before in words; a line, without the ends of lines. */
static void
put_in_words (HdField    *field,
              HdField    *before,
              HdAnswers  *answers)
{
  HdFieldType type = hd_field_get_field_type (field);
  g_autofree char *text = NULL;

  if ((type != HD_FIELD_TYPE_TEXT && type != HD_FIELD_TYPE_MULTILINE) ||
      (before != NULL && hd_field_get_field_type (before) == type))
    return;

  text = hd_field_dup_value_text (before != NULL ? before : field, answers);

  if (type == HD_FIELD_TYPE_TEXT)
    g_strdelimit (text, "\r\n", ' ');

  hd_answers_set (answers, hd_field_get_id (field), text);
}

static gboolean
fits (HdForm    *form,
      HdField   *field,
      HdField   *before,
      HdAnswers *answers)
{
  HdFieldType type = hd_field_get_field_type (field);

  /* Whom a person's name meant, only the portal knows. */
  if (type == HD_FIELD_TYPE_PERSON && before != NULL && hd_field_get_field_type (before) != type)
    return FALSE;

  return hd_form_takes_answer (form, field, answers);
}

static HdLeftAnswer *
take_out (HdField    *field,
          HdField    *before,
          const char *field_id,
          HdAnswers  *answers)
{
  HdField *either = before != NULL ? before : field;
  const char *label = either != NULL ? hd_field_get_label (either) : NULL;
  const char *const *values = hd_answers_get_values (answers, field_id);
  g_autofree char *text = either != NULL ? hd_field_dup_value_text (either, answers)
                                         : g_strjoinv (", ", (char **) values);
  HdLeftAnswer *left = g_object_new (HD_TYPE_LEFT_ANSWER,
                                     "field-id", field_id,
                                     "label", label != NULL ? label : _("Earlier answer"),
                                     "text", text,
                                     "sensitive", either != NULL && hd_field_get_sensitive (either),
                                     NULL);

  hd_answers_set (answers, field_id, NULL);
  return left;
}

static gboolean
carry_once (HdForm     *self,
            GListModel *asked,
            HdAnswers  *answers,
            GListStore *left)
{
  g_autoptr (GListModel) list = hd_answers_to_list (answers);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (left));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (HdAnswer) answer = g_list_model_get_item (list, i);
      const char *field_id = hd_answer_get_field_id (answer);
      HdField *field = hd_form_find_field (self, field_id);
      g_autoptr (HdField) before = dup_asked_field (asked, field_id);
      g_autoptr (HdLeftAnswer) one = NULL;

      if (field != NULL)
        put_in_words (field, before, answers);

      if (field != NULL && fits (self, field, before, answers))
        continue;

      one = take_out (field, before, field_id, answers);
      g_list_store_append (left, one);
    }

  return g_list_model_get_n_items (G_LIST_MODEL (left)) > n_before;
}

/**
 * hd_form_carry_over:
 * @self: a form
 * @asked: (nullable) (element-type HdField): what an earlier version of it asked
 * @answers: what was answered to that; what has no place any more is taken out
 *
 * Returns: (transfer full) (element-type HdLeftAnswer): what was taken out
 */
GListModel *
hd_form_carry_over (HdForm     *self,
                    GListModel *asked,
                    HdAnswers  *answers)
{
  GListStore *left = g_list_store_new (HD_TYPE_LEFT_ANSWER);

  /* What is taken out may have been what something else depends on. */
  while (carry_once (self, asked, answers, left))
    ;

  return G_LIST_MODEL (left);
}
