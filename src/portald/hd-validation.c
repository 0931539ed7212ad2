/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-validation.h"

#include "hd-answers.h"
#include "hd-draft-file.h"
#include "hd-form-rules.h"
#include "hd-issue-words.h"
#include "hd-json.h"
#include "hd-options.h"
#include "hd-problem.h"
#include "hd-record-json.h"
#include "hd-text.h"

/*
 * Checks a submission by the rules of the form language: those of the model
 * library, which the clients use too, and the one that only a portal can check,
 * that a value is in a searchable source.
 */

/* What is shown, also in the letter, instead of a sensitive answer. */
#define HIDDEN "••••••"

void
hd_validated_free (HdValidated *self)
{
  g_clear_pointer (&self->answers, json_node_unref);
  g_clear_pointer (&self->fields, json_node_unref);
  g_free (self->subject);
  g_free (self->priority);
  g_free (self->words);
  g_free (self);
}

static GListModel *
list_files (const HdUpload *upload)
{
  GListStore *files = g_list_store_new (HD_TYPE_DRAFT_FILE);

  for (guint i = 0; i < upload->files->len; i++)
    {
      const HdUploadFile *file = g_ptr_array_index (upload->files, i);
      g_autoptr (HdDraftFile) draft_file = NULL;

      draft_file = g_object_new (HD_TYPE_DRAFT_FILE,
                                 "field-id", file->field_id,
                                 "name", file->name,
                                 "content-type", file->content_type,
                                 "size", (gint64) g_bytes_get_size (file->bytes),
                                 NULL);
      g_list_store_append (files, draft_file);
    }

  return G_LIST_MODEL (files);
}

/* Returns: (transfer full) (nullable): what a source calls the value. */
static char *
dup_source_label (HdDatabase *database,
                  HdField    *field,
                  HdAnswers  *answers,
                  const char *value)
{
  const char *parent_id = hd_field_get_depends_on (field);
  const char *parent = parent_id != NULL ? hd_answers_get (answers, parent_id) : NULL;

  return hd_options_dup_label (database, hd_field_get_options_source (field), value, parent);
}

static void
add_problem (JsonArray  *problems,
             const char *field_id,
             const char *message)
{
  JsonObject *problem = json_object_new ();

  hd_text_add_string (problem, "field", field_id);
  hd_text_add_string (problem, "message", message);
  json_array_add_object_element (problems, problem);
}

static void
check_sources (HdCall    *call,
               HdForm    *form,
               HdAnswers *answers,
               JsonArray *problems)
{
  GListModel *fields = hd_form_get_fields (form);

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      const char *const *values = hd_answers_get_values (answers, hd_field_get_id (field));

      if (hd_field_get_options_source (field) == NULL || !hd_form_is_visible (form, field, answers))
        continue;

      for (guint j = 0; values != NULL && values[j] != NULL; j++)
        {
          g_autofree char *label = dup_source_label (hd_call_get_database (call), field, answers,
                                                     values[j]);

          if (label == NULL)
            {
              add_problem (problems, hd_field_get_id (field),
                           hd_words_translate (hd_call_get_language (call),
                                               "Choose one of the options."));
              break;
            }
        }
    }
}

static void
check_rules (HdCall         *call,
             HdForm         *form,
             HdAnswers      *answers,
             const HdUpload *upload,
             JsonArray      *problems)
{
  g_autoptr (GListModel) files = list_files (upload);
  g_autoptr (GListModel) issues = hd_form_check (form, answers, files, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (issues); i++)
    {
      g_autoptr (HdIssue) issue = g_list_model_get_item (issues, i);
      g_autofree char *message = hd_issue_words_describe (issue, hd_call_get_language (call));

      add_problem (problems, hd_issue_get_field_id (issue), message);
    }
}

/* 2026-12-01T10:30 as 01.12.2026 10:30 */
static char *
format_date (const char *value)
{
  if (strlen (value) < 10)
    return g_strdup (value);

  return g_strdup_printf ("%.2s.%.2s.%.4s%s%.5s", value + 8, value + 5, value,
                          value[10] == 'T' ? " " : "", value[10] == 'T' ? value + 11 : "");
}

static char *
dup_option_label (HdForm     *form,
                  HdField    *field,
                  HdAnswers  *answers,
                  const char *value)
{
  g_autoptr (GListModel) options = hd_form_dup_options (form, field, answers);

  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      if (g_strcmp0 (hd_option_get_value (option), value) == 0)
        return g_strdup (hd_option_get_label (option));
    }

  return NULL;
}

/* Returns: (transfer full): one value in words. */
static char *
describe_value (HdCall     *call,
                HdForm     *form,
                HdField    *field,
                HdAnswers  *answers,
                const char *value)
{
  HdFieldType type = hd_field_get_field_type (field);
  char *label = NULL;

  if (hd_field_get_sensitive (field))
    return g_strdup (HIDDEN);

  if (type == HD_FIELD_TYPE_BOOLEAN)
    return g_strdup (g_str_equal (value, "true") ? "Так" : "Ні");

  if (type == HD_FIELD_TYPE_DATE || type == HD_FIELD_TYPE_DATETIME)
    return format_date (value);

  if (hd_field_get_options_source (field) != NULL)
    label = dup_source_label (hd_call_get_database (call), field, answers, value);
  else if (type == HD_FIELD_TYPE_CHOICE || type == HD_FIELD_TYPE_MULTICHOICE)
    label = dup_option_label (form, field, answers, value);

  return label != NULL ? label : g_strdup (value);
}

static char *
describe_values (HdCall             *call,
                 HdForm             *form,
                 HdField            *field,
                 HdAnswers          *answers,
                 const char *const  *values)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *text = describe_value (call, form, field, answers, values[i]);

      g_strv_builder_add (builder, text);
    }

  texts = g_strv_builder_end (builder);
  return g_strjoinv (", ", texts);
}

static gboolean
is_sent (JsonNode   *answers,
         const char *field_id)
{
  return json_object_has_member (json_node_get_object (answers), field_id);
}

/* Fills in what there is to keep and to show. */
static void
describe_answers (HdCall      *call,
                  HdForm      *form,
                  HdAnswers   *answers,
                  HdValidated *self)
{
  GListModel *fields = hd_form_get_fields (form);
  JsonArray *array = json_array_new ();
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      const char *id = hd_field_get_id (field);
      g_autofree char *text = NULL;
      JsonObject *value;

      if (!is_sent (self->answers, id))
        continue;

      text = describe_values (call, form, field, answers, hd_answers_get_values (answers, id));
      value = json_object_new ();
      hd_text_add_string (value, "field_id", id);
      hd_text_add_string (value, "label", hd_field_get_label (field));
      hd_text_add_string (value, "value", text);
      json_array_add_object_element (array, value);
      g_string_append_printf (words, "%s\n", text);
    }

  self->fields = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (self->fields, array);
  self->words = g_strdup (words->str);
}

/* What nobody is to be told is not kept, or it would be told by whoever reads the disk. */
static void
forget_sensitive (HdForm   *form,
                  JsonNode *answers)
{
  GListModel *fields = hd_form_get_fields (form);

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      if (hd_field_get_sensitive (field))
        json_object_remove_member (json_node_get_object (answers), hd_field_get_id (field));
    }
}

static char *
dup_priority (JsonNode *answers)
{
  static const char *const known[] = { "none", "low", "normal", "high", "critical", NULL };
  const char *value = hd_json_get_string (json_node_get_object (answers), "priority");

  return value != NULL && g_strv_contains (known, value) ? g_strdup (value) : NULL;
}

/**
 * hd_validate:
 * @call: the call
 * @form: the offering's form
 * @upload: what was sent
 * @error: return location for an #HdProblem; with %HD_PROBLEM_REFUSED the
 *   fields at fault are added to the call's answer
 *
 * Returns: (transfer full) (nullable): what the submission says
 */
HdValidated *
hd_validate (HdCall          *call,
             HdForm          *form,
             const HdUpload  *upload,
             GError         **error)
{
  JsonObject *description = json_node_get_object (upload->description);
  JsonNode *sent = json_object_get_member (description, "answers");
  g_autoptr (HdAnswers) answers = sent != NULL ? hd_answers_new_from_json (sent, NULL) : NULL;
  g_autoptr (JsonArray) problems = json_array_new ();
  HdValidated *self;

  if (answers == NULL)
    {
      hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);
      return NULL;
    }

  check_rules (call, form, answers, upload, problems);
  check_sources (call, form, answers, problems);

  if (json_array_get_length (problems) > 0)
    {
      JsonNode *node = json_node_new (JSON_NODE_ARRAY);

      json_node_set_array (node, problems);
      hd_call_add_to_problem (call, "fields", node);
      hd_problem_set (error, HD_PROBLEM_REFUSED);
      return NULL;
    }

  self = g_new0 (HdValidated, 1);
  self->answers = hd_form_answers_to_json (form, answers);
  describe_answers (call, form, answers, self);
  forget_sensitive (form, self->answers);
  self->subject = g_strdup (hd_json_get_string (json_node_get_object (self->answers), "subject"));
  self->priority = dup_priority (self->answers);
  return self;
}
