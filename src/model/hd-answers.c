/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-answers.h"

#include "hd-error.h"

/**
 * HdAnswers:
 *
 * What was answered to the fields of one form: for each field a list of values,
 * which for all but a multiple choice has at most one element.
 *
 * Blank values are no answer.  Emits “changed” with the field's id.
 */

struct _HdAnswers
{
  GObject     parent_instance;

  GHashTable *answers;         /* (owned) (element-type utf8 HdAnswer) */
};

G_DEFINE_FINAL_TYPE (HdAnswers, hd_answers, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} HdAnswersSignal;

static guint signals[N_SIGNALS];

static void
hd_answers_finalize (GObject *object)
{
  HdAnswers *self = HD_ANSWERS (object);

  g_clear_pointer (&self->answers, g_hash_table_unref);

  G_OBJECT_CLASS (hd_answers_parent_class)->finalize (object);
}

static void
hd_answers_class_init (HdAnswersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_answers_finalize;

  /**
   * HdAnswers::changed:
   * @field_id: whose answer changed
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hd_answers_init (HdAnswers *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

HdAnswers *
hd_answers_new (void)
{
  return g_object_new (HD_TYPE_ANSWERS, NULL);
}

/**
 * hd_answers_new_from_list:
 * @list: (nullable) (element-type HdAnswer): the answers of a draft
 *
 * Returns: (transfer full): the same as #HdAnswers
 */
HdAnswers *
hd_answers_new_from_list (GListModel *list)
{
  HdAnswers *self = hd_answers_new ();

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (HdAnswer) answer = g_list_model_get_item (list, i);

      hd_answers_set_values (self, hd_answer_get_field_id (answer),
                             hd_answer_get_values (answer), hd_answer_get_labels (answer));
    }

  return self;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * hd_answers_to_list:
 * @self: answers
 *
 * Returns: (transfer full) (element-type HdAnswer): for a draft, sorted by field
 */
GListModel *
hd_answers_to_list (HdAnswers *self)
{
  GListStore *list = g_list_store_new (HD_TYPE_ANSWER);
  guint n_ids;
  g_autofree gpointer *ids = NULL;

  g_return_val_if_fail (HD_IS_ANSWERS (self), NULL);

  ids = g_hash_table_get_keys_as_array (self->answers, &n_ids);
  qsort (ids, n_ids, sizeof (gpointer), compare_ids);

  for (guint i = 0; i < n_ids; i++)
    g_list_store_append (list, g_hash_table_lookup (self->answers, ids[i]));

  return G_LIST_MODEL (list);
}

static gboolean
set_from_json (HdAnswers   *self,
               const char  *field_id,
               JsonNode    *node,
               GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 1;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = array != NULL ? json_array_get_element (array, i) : node;

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        {
          g_set_error (error, HD_ERROR, HD_ERROR_PROTOCOL, "the answer to “%s” is not a string", field_id);
          return FALSE;
        }

      g_strv_builder_add (builder, json_node_get_string (element));
    }

  values = g_strv_builder_end (builder);
  hd_answers_set_values (self, field_id, (const char *const *) values, NULL);
  return TRUE;
}

/**
 * hd_answers_new_from_json:
 * @node: an object: field id → string or array of strings
 * @error: return location for a %HD_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the answers
 */
HdAnswers *
hd_answers_new_from_json (JsonNode  *node,
                          GError   **error)
{
  g_autoptr (HdAnswers) self = hd_answers_new ();
  JsonObjectIter iter;
  const char *field_id;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_PROTOCOL, "the answers are not an object");
      return NULL;
    }

  json_object_iter_init (&iter, json_node_get_object (node));

  while (json_object_iter_next (&iter, &field_id, &value))
    {
      if (!set_from_json (self, field_id, value, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/* Returns: (transfer none) (nullable): the first value, NULL where there is no answer */
const char *
hd_answers_get (HdAnswers  *self,
                const char *field_id)
{
  const char *const *values = hd_answers_get_values (self, field_id);

  return values != NULL ? values[0] : NULL;
}

/* Returns: (transfer none) (nullable): all values, NULL where there is no answer */
const char *const *
hd_answers_get_values (HdAnswers  *self,
                       const char *field_id)
{
  HdAnswer *answer;

  g_return_val_if_fail (HD_IS_ANSWERS (self), NULL);

  answer = g_hash_table_lookup (self->answers, field_id);
  return answer != NULL ? hd_answer_get_values (answer) : NULL;
}

/* Returns: (transfer none) (nullable): the words for the values, where they were given */
const char *const *
hd_answers_get_labels (HdAnswers  *self,
                       const char *field_id)
{
  HdAnswer *answer;

  g_return_val_if_fail (HD_IS_ANSWERS (self), NULL);

  answer = g_hash_table_lookup (self->answers, field_id);
  return answer != NULL ? hd_answer_get_labels (answer) : NULL;
}

gboolean
hd_answers_has (HdAnswers  *self,
                const char *field_id)
{
  return hd_answers_get_values (self, field_id) != NULL;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (!g_unichar_isspace (g_utf8_get_char (text)))
        return FALSE;
    }

  return TRUE;
}

/**
 * hd_answers_set_values:
 * @self: answers
 * @field_id: a field
 * @values: (nullable): its values; blank ones are left out
 * @labels: (nullable): as many words for them
 */
void
hd_answers_set_values (HdAnswers          *self,
                       const char         *field_id,
                       const char *const  *values,
                       const char *const  *labels)
{
  g_autoptr (GStrvBuilder) kept_values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) kept_labels = g_strv_builder_new ();
  g_auto (GStrv) new_values = NULL;
  g_auto (GStrv) new_labels = NULL;
  g_autoptr (HdAnswer) answer = NULL;
  HdAnswer *old;

  g_return_if_fail (HD_IS_ANSWERS (self));
  g_return_if_fail (field_id != NULL);

  if (labels != NULL && values != NULL &&
      g_strv_length ((char **) labels) != g_strv_length ((char **) values))
    labels = NULL;

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (is_blank (values[i]))
        continue;

      g_strv_builder_add (kept_values, values[i]);
      g_strv_builder_add (kept_labels, labels != NULL ? labels[i] : values[i]);
    }

  new_values = g_strv_builder_end (kept_values);
  new_labels = g_strv_builder_end (kept_labels);
  answer = g_object_new (HD_TYPE_ANSWER,
                         "field-id", field_id,
                         "values", new_values,
                         "labels", labels != NULL ? new_labels : NULL,
                         NULL);
  old = g_hash_table_lookup (self->answers, field_id);

  if (old != NULL ? hd_record_equal (HD_RECORD (old), HD_RECORD (answer)) : new_values[0] == NULL)
    return;

  if (new_values[0] == NULL)
    g_hash_table_remove (self->answers, field_id);
  else
    g_hash_table_replace (self->answers, g_strdup (field_id), g_steal_pointer (&answer));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, field_id);
}

/* Sets the answer of a field with one value; NULL or blank takes it away. */
void
hd_answers_set (HdAnswers  *self,
                const char *field_id,
                const char *value)
{
  hd_answers_set_choice (self, field_id, value, NULL);
}

/* As hd_answers_set(), with the words that the person chose. */
void
hd_answers_set_choice (HdAnswers  *self,
                       const char *field_id,
                       const char *value,
                       const char *label)
{
  const char *values[] = { value, NULL };
  const char *labels[] = { label, NULL };

  hd_answers_set_values (self, field_id, values, label != NULL ? labels : NULL);
}
