/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-form-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hd-field-value.h"

#define MAX_CONDITIONAL_FIELDS 500

/* Returns: (transfer none) (nullable): the field, owned by the form */
HdField *
hd_form_find_field (HdForm     *self,
                    const char *field_id)
{
  GListModel *fields = hd_form_get_fields (self);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      if (g_strcmp0 (hd_field_get_id (field), field_id) == 0)
        return field;
    }

  return NULL;
}

static gboolean
has_any_value (const char *const *values,
               const char *const *wanted)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (wanted != NULL && g_strv_contains (wanted, values[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean is_visible (HdForm     *form,
                            HdField    *field,
                            HdAnswers  *answers,
                            GHashTable *known);

/* The answer of a hidden field does not count. */
static gboolean
condition_holds (HdForm      *form,
                 HdCondition *condition,
                 HdAnswers   *answers,
                 GHashTable  *known)
{
  HdField *other = hd_form_find_field (form, hd_condition_get_field (condition));
  const char *const *values = NULL;

  if (other != NULL && is_visible (form, other, answers, known))
    values = hd_answers_get_values (answers, hd_field_get_id (other));

  switch (hd_condition_get_op (condition))
    {
    case HD_CONDITION_OP_FILLED:
      return values != NULL;
    case HD_CONDITION_OP_EMPTY:
      return values == NULL;
    case HD_CONDITION_OP_NONE:
      return !has_any_value (values, hd_condition_get_values (condition));
    case HD_CONDITION_OP_ANY:
    default:
      return has_any_value (values, hd_condition_get_values (condition));
    }
}

/* @known holds what was found of the fields that were asked for, so that each is
* asked once.  A server may describe a circle: a field that is being asked for
* counts as visible there.  Beyond any reasonable chain everything is visible. */
static gboolean
is_visible (HdForm     *form,
            HdField    *field,
            HdAnswers  *answers,
            GHashTable *known)
{
  GListModel *conditions = hd_field_get_visible_when (field);
  gpointer found;
  gboolean visible = TRUE;

  if (conditions == NULL || g_hash_table_size (known) > MAX_CONDITIONAL_FIELDS)
    return TRUE;

  if (g_hash_table_lookup_extended (known, field, NULL, &found))
    return GPOINTER_TO_INT (found);

  g_hash_table_insert (known, field, GINT_TO_POINTER (TRUE));

  for (guint i = 0; visible && i < g_list_model_get_n_items (conditions); i++)
    {
      g_autoptr (HdCondition) condition = g_list_model_get_item (conditions, i);

      visible = condition_holds (form, condition, answers, known);
    }

  g_hash_table_insert (known, field, GINT_TO_POINTER (visible));
  return visible;
}

/**
 * hd_form_is_visible:
 * @self: a form
 * @field: one of its fields
 * @answers: what is answered so far
 *
 * Returns: whether all conditions of @field hold; a hidden field is neither
 *   required nor sent
 */
gboolean
hd_form_is_visible (HdForm    *self,
                    HdField   *field,
                    HdAnswers *answers)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  g_return_val_if_fail (HD_IS_FORM (self) && HD_IS_FIELD (field) && HD_IS_ANSWERS (answers), FALSE);

  return is_visible (self, field, answers, known);
}

/**
 * hd_form_dup_options:
 * @self: a form
 * @field: one of its choices
 * @answers: what is answered so far
 *
 * Returns: (transfer full) (element-type HdOption): the options that @field has
 *   by itself under the present answer of the field that it depends on
 */
GListModel *
hd_form_dup_options (HdForm    *self,
                     HdField   *field,
                     HdAnswers *answers)
{
  GListModel *all = hd_field_get_options (field);
  GListStore *options = g_list_store_new (HD_TYPE_OPTION);
  const char *parent_id = hd_field_get_depends_on (field);
  const char *const *parent = parent_id != NULL ? hd_answers_get_values (answers, parent_id) : NULL;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (all, i);
      const char *const *when = hd_option_get_when (option);

      if (when == NULL || when[0] == NULL || parent_id == NULL || has_any_value (parent, when))
        g_list_store_append (options, option);
    }

  return G_LIST_MODEL (options);
}

/**
 * hd_form_apply_defaults:
 * @self: a form
 * @answers: the answers of a new draft
 *
 * Gives each unanswered field its default.
 */
void
hd_form_apply_defaults (HdForm    *self,
                        HdAnswers *answers)
{
  GListModel *fields = hd_form_get_fields (self);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      if (hd_field_get_default_value (field) != NULL && !hd_answers_has (answers, hd_field_get_id (field)))
        hd_answers_set (answers, hd_field_get_id (field), hd_field_get_default_value (field));
    }
}

static gboolean
is_sent (HdForm    *form,
         HdField   *field,
         HdAnswers *answers)
{
  HdFieldType type = hd_field_get_field_type (field);

  return type != HD_FIELD_TYPE_FILE && type != HD_FIELD_TYPE_NOTE &&
         hd_answers_has (answers, hd_field_get_id (field)) &&
         hd_form_is_visible (form, field, answers);
}

/**
 * hd_form_answers_to_json:
 * @self: a form
 * @answers: what was answered
 *
 * Returns: (transfer full): the object to send: visible, answered fields only;
 *   a string each, for a multiple choice an array
 */
JsonNode *
hd_form_answers_to_json (HdForm    *self,
                         HdAnswers *answers)
{
  GListModel *fields = hd_form_get_fields (self);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      const char *const *values = hd_answers_get_values (answers, hd_field_get_id (field));
      JsonArray *array;

      if (!is_sent (self, field, answers))
        continue;

      if (hd_field_get_field_type (field) != HD_FIELD_TYPE_MULTICHOICE)
        {
          json_object_set_string_member (object, hd_field_get_id (field), values[0]);
          continue;
        }

      array = json_array_new ();
      for (guint j = 0; values[j] != NULL; j++)
        json_array_add_string_element (array, values[j]);
      json_object_set_array_member (object, hd_field_get_id (field), array);
    }

  json_node_take_object (node, object);
  return node;
}

/**
 * hd_form_dup_sent_values:
 * @self: a form
 * @answers: what was answered
 *
 * Returns: (transfer full) (element-type HdFieldValue): label and value in words
 *   of each field that will be sent, files left out, in the form's order
 */
GListModel *
hd_form_dup_sent_values (HdForm    *self,
                         HdAnswers *answers)
{
  GListModel *fields = hd_form_get_fields (self);
  GListStore *list = g_list_store_new (HD_TYPE_FIELD_VALUE);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      g_autoptr (HdFieldValue) value = NULL;
      g_autofree char *text = NULL;

      if (!is_sent (self, field, answers))
        continue;

      text = hd_field_dup_value_text (field, answers);
      value = g_object_new (HD_TYPE_FIELD_VALUE,
                            "field-id", hd_field_get_id (field),
                            "label", hd_field_get_label (field),
                            "value", text,
                            NULL);
      g_list_store_append (list, value);
    }

  return G_LIST_MODEL (list);
}

static const char *
find_option_label (HdField    *field,
                   const char *value)
{
  GListModel *options = hd_field_get_options (field);

  for (guint i = 0; options != NULL && i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      if (g_str_equal (hd_option_get_value (option), value))
        return hd_option_get_label (option) != NULL ? hd_option_get_label (option) : hd_option_get_value (option);
    }

  return NULL;
}

/**
 * hd_form_dup_date_text:
 * @value: a date, or a date with a time, as it is sent
 *
 * Returns: (transfer full): the same in words; @value itself if it is no date
 */
char *
hd_form_dup_date_text (const char *value)
{
  gboolean with_time = strchr (value, 'T') != NULL;
  /* What was chosen is shown as it is sent: the local zone has no half past three on the day its clocks go forward. */
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *iso = with_time ? g_strconcat (value, ":00", NULL) : g_strconcat (value, "T00:00:00", NULL);
  g_autoptr (GDateTime) date_time = g_date_time_new_from_iso8601 (iso, zone);

  if (date_time == NULL)
    return g_strdup (value);

  return g_date_time_format (date_time, with_time ? "%-d %B %Y, %H:%M" : "%-d %B %Y");
}

/**
 * hd_field_dup_value_text:
 * @self: a field
 * @answers: what was answered
 *
 * Returns: (transfer full): the answer in words, plain text; empty if there is none
 */
char *
hd_field_dup_value_text (HdField   *self,
                         HdAnswers *answers)
{
  const char *const *values = hd_answers_get_values (answers, hd_field_get_id (self));
  const char *const *labels = hd_answers_get_labels (answers, hd_field_get_id (self));
  HdFieldType type = hd_field_get_field_type (self);
  g_autoptr (GString) text = g_string_new (NULL);

  if (values == NULL)
    return g_strdup ("");

  if (type == HD_FIELD_TYPE_BOOLEAN)
    return g_strdup (g_str_equal (values[0], "true") ? _("Yes") : _("No"));

  if (type == HD_FIELD_TYPE_DATE || type == HD_FIELD_TYPE_DATETIME)
    return hd_form_dup_date_text (values[0]);

  for (guint i = 0; values[i] != NULL; i++)
    {
      const char *label = labels != NULL ? labels[i] : find_option_label (self, values[i]);

      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, label != NULL ? label : values[i]);
    }

  return g_strdup (text->str);
}
