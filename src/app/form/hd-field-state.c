/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-field-state.h"

#include <glib/gi18n-lib.h>

#include "hd-draft-file.h"

/*
 * What a row of the form shows, computed from the form and its answers alone:
 * no widget, no display.
 */

/* More than so many options are no longer read, they are searched. */
#define MAX_RADIOS 5
#define MAX_CHECKS 8

/* Where people are looked for when a form does not say. */
#define PEOPLE_SOURCE "people"

/* The share of a limit from which on the counter shows. */
#define COUNTER_SHARE 0.6

/**
 * hd_field_is_multiple:
 * @field: a field
 *
 * Returns: whether it takes more than one value
 */
gboolean
hd_field_is_multiple (HdField *field)
{
  return hd_field_get_field_type (field) == HD_FIELD_TYPE_MULTICHOICE;
}

/**
 * hd_field_get_source:
 * @field: a field
 *
 * Returns: (nullable) (transfer none): the name under which the portal searches
 *   this field's options
 */
const char *
hd_field_get_source (HdField *field)
{
  const char *source = hd_field_get_options_source (field);

  if (source == NULL && hd_field_get_field_type (field) == HD_FIELD_TYPE_PERSON)
    return PEOPLE_SOURCE;

  return source;
}

/**
 * hd_field_pick_control:
 * @field: a field
 *
 * Returns: with what it is filled in
 */
HdFieldControl
hd_field_pick_control (HdField *field)
{
  GListModel *options = hd_field_get_options (field);
  guint n_options = options != NULL ? g_list_model_get_n_items (options) : 0;
  gboolean searched = hd_field_get_source (field) != NULL;

  switch (hd_field_get_field_type (field))
    {
    case HD_FIELD_TYPE_MULTILINE:
      return HD_FIELD_CONTROL_TEXT;
    case HD_FIELD_TYPE_DATE:
    case HD_FIELD_TYPE_DATETIME:
      return HD_FIELD_CONTROL_DATE;
    case HD_FIELD_TYPE_CHOICE:
      return searched || n_options > MAX_RADIOS ? HD_FIELD_CONTROL_OPTIONS : HD_FIELD_CONTROL_RADIO;
    case HD_FIELD_TYPE_MULTICHOICE:
      return searched || n_options > MAX_CHECKS ? HD_FIELD_CONTROL_OPTIONS : HD_FIELD_CONTROL_CHECKS;
    case HD_FIELD_TYPE_BOOLEAN:
      return HD_FIELD_CONTROL_TICK;
    case HD_FIELD_TYPE_PERSON:
      return HD_FIELD_CONTROL_OPTIONS;
    case HD_FIELD_TYPE_FILE:
      return HD_FIELD_CONTROL_FILES;
    case HD_FIELD_TYPE_NOTE:
      return HD_FIELD_CONTROL_NOTE;
    case HD_FIELD_TYPE_TEXT:
    case HD_FIELD_TYPE_NUMBER:
    default:
      return HD_FIELD_CONTROL_ENTRY;
    }
}

/**
 * hd_field_dup_title:
 * @field: a field
 *
 * Returns: (transfer full): its label, plain text, with a star where it must be filled in
 */
char *
hd_field_dup_title (HdField *field)
{
  const char *label = hd_field_get_label (field) != NULL ? hd_field_get_label (field) : "";

  return hd_field_get_required (field) ? g_strdup_printf ("%s *", label) : g_strdup (label);
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, sentence);
}

/* The portal's number, or the field's own where that is less. */
static gint64
pick_max_files (HdField      *field,
                HdPortalInfo *limits)
{
  gint64 max_files = limits != NULL ? hd_portal_info_get_max_files (limits) : 0;
  const char *text = field != NULL ? hd_field_get_max (field) : NULL;
  gint64 max_field = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return max_field > 0 && (max_files <= 0 || max_field < max_files) ? max_field : max_files;
}

/* Worth telling only where it is met before the others are. */
static void
append_total_limit (GString      *text,
                    gint64        max_files,
                    HdPortalInfo *limits)
{
  gint64 max_size = hd_portal_info_get_max_file_size (limits);
  gint64 max_total = hd_portal_info_get_max_total_size (limits);
  g_autofree char *size = NULL;
  g_autofree char *sentence = NULL;

  if (max_total <= 0 || (max_files > 0 && max_size > 0 && max_size <= max_total / max_files))
    return;

  size = g_format_size ((guint64) max_total);
  sentence = g_strdup_printf (_("Together up to %s."), size);
  append_sentence (text, sentence);
}

/**
 * hd_field_dup_file_limits:
 * @field: (nullable): a field for files; %NULL for the files of a reply
 * @limits: (nullable): the portal's limits
 *
 * Returns: (transfer full): how many files of what size can be attached, in words;
 *   empty where there is no limit
 */
char *
hd_field_dup_file_limits (HdField      *field,
                          HdPortalInfo *limits)
{
  GString *text = g_string_new (NULL);
  gint64 max_files = pick_max_files (field, limits);
  gint64 max_size = limits != NULL ? hd_portal_info_get_max_file_size (limits) : 0;
  g_autofree char *size = max_size > 0 ? g_format_size ((guint64) max_size) : NULL;
  g_autofree char *sentence = NULL;

  if (max_files > 0 && size != NULL)
    sentence = g_strdup_printf (ngettext ("At most %d file of up to %s.", "At most %d files of up to %s each.",
                                          (gulong) max_files), (int) max_files, size);
  else if (size != NULL)
    sentence = g_strdup_printf (_("Files of up to %s each."), size);

  append_sentence (text, sentence);

  if (limits != NULL && max_files != 1)
    append_total_limit (text, max_files, limits);

  return g_string_free (text, FALSE);
}

static void
append_file_hint (GString      *text,
                  HdField      *field,
                  HdPortalInfo *limits)
{
  const char *const *accept = hd_field_get_accept (field);
  g_autofree char *sentence = hd_field_dup_file_limits (field, limits);

  append_sentence (text, sentence);

  if (accept != NULL && accept[0] != NULL && accept[1] == NULL && g_str_equal (accept[0], "image/*"))
    append_sentence (text, _("Pictures only."));
}

/**
 * hd_field_dup_hint:
 * @field: a field
 * @limits: (nullable): the portal's limits, for files
 *
 * Returns: (transfer full): what helps to fill it in, plain text, empty if there is
 *   nothing; limits of files are told before they are met
 */
char *
hd_field_dup_hint (HdField      *field,
                   HdPortalInfo *limits)
{
  GString *text = g_string_new (NULL);

  append_sentence (text, hd_field_get_help (field));

  if (hd_field_get_field_type (field) == HD_FIELD_TYPE_FILE)
    append_file_hint (text, field, limits);
  else if (hd_field_get_pattern_hint (field) != NULL &&
           g_strcmp0 (hd_field_get_pattern_hint (field), hd_field_get_help (field)) != 0)
    append_sentence (text, hd_field_get_pattern_hint (field));

  return g_string_free (text, FALSE);
}

/**
 * hd_field_dup_counter:
 * @field: a field
 * @answers: what was answered
 *
 * Returns: (transfer full) (nullable): “180 / 200”, once a text comes near its limit
 */
char *
hd_field_dup_counter (HdField   *field,
                      HdAnswers *answers)
{
  HdFieldType type = hd_field_get_field_type (field);
  const char *value = hd_answers_get (answers, hd_field_get_id (field));
  gint64 max = 0;
  glong length;

  if ((type != HD_FIELD_TYPE_TEXT && type != HD_FIELD_TYPE_MULTILINE) || value == NULL ||
      hd_field_get_max (field) == NULL ||
      !g_ascii_string_to_signed (hd_field_get_max (field), 10, 1, G_MAXINT32, &max, NULL))
    return NULL;

  length = g_utf8_strlen (value, -1);

  if ((double) length < COUNTER_SHARE * (double) max)
    return NULL;

  return g_strdup_printf ("%ld / %d", length, (int) max);
}

static gboolean
accepts_type (const char *const *accept,
              const char        *content_type)
{
  if (accept == NULL || accept[0] == NULL)
    return TRUE;

  for (guint i = 0; content_type != NULL && accept[i] != NULL; i++)
    {
      if (g_str_equal (accept[i], "*/*") || g_ascii_strcasecmp (accept[i], content_type) == 0 ||
          (g_str_has_suffix (accept[i], "/*") &&
           g_ascii_strncasecmp (accept[i], content_type, strlen (accept[i]) - 1) == 0))
        return TRUE;
    }

  return FALSE;
}

static void
count_files (GListModel *files,
             const char *field_id,
             gint64     *n_field,
             gint64     *total)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);

      if (g_strcmp0 (hd_draft_file_get_field_id (file), field_id) == 0)
        (*n_field)++;
      *total += hd_draft_file_get_size (file);
    }
}

/**
 * hd_field_dup_file_fault:
 * @field: (nullable): a field for files; %NULL for the files of a reply
 * @limits: (nullable): the portal's limits
 * @files: (element-type HdDraftFile): what is attached already, to all fields
 * @name: the new file's name
 * @content_type: (nullable): its MIME type
 * @size: its size in bytes
 *
 * Returns: (transfer full) (nullable): why the file cannot be attached, in words
 */
char *
hd_field_dup_file_fault (HdField      *field,
                         HdPortalInfo *limits,
                         GListModel   *files,
                         const char   *name,
                         const char   *content_type,
                         guint64       size)
{
  gint64 max_size = limits != NULL ? hd_portal_info_get_max_file_size (limits) : 0;
  gint64 max_files = limits != NULL ? hd_portal_info_get_max_files (limits) : 0;
  gint64 max_total = limits != NULL ? hd_portal_info_get_max_total_size (limits) : 0;
  const char *field_id = field != NULL ? hd_field_get_id (field) : NULL;
  const char *const *accept = field != NULL ? hd_field_get_accept (field) : NULL;
  gint64 max_field = field != NULL && hd_field_get_max (field) != NULL
                       ? g_ascii_strtoll (hd_field_get_max (field), NULL, 10) : 0;
  gint64 n_field = 0, total = 0;
  gint64 n_all = g_list_model_get_n_items (files);

  count_files (files, field_id, &n_field, &total);

  if (!accepts_type (accept, content_type))
    return g_strdup_printf (_("“%s” is not a file of the kind that is asked for here."), name);

  if (max_size > 0 && size > (guint64) max_size)
    {
      g_autofree char *is = g_format_size (size);
      g_autofree char *limit = g_format_size ((guint64) max_size);

      return g_strdup_printf (_("“%s” is too large: %s, at most %s is allowed."), name, is, limit);
    }

  if ((max_field > 0 && n_field >= max_field) || (max_files > 0 && n_all >= max_files))
    return g_strdup_printf (_("“%s” is one file too many. Remove another one first."), name);

  if (max_total > 0 && (guint64) total + size > (guint64) max_total)
    {
      g_autofree char *limit = g_format_size ((guint64) max_total);

      return g_strdup_printf (_("With “%s” all files together would be larger than %s."), name, limit);
    }

  return NULL;
}

/**
 * hd_field_dup_display_text:
 * @field: a field
 * @answers: what was answered
 *
 * Returns: (transfer full): the answer in words, with secrets as dots
 */
char *
hd_field_dup_display_text (HdField   *field,
                           HdAnswers *answers)
{
  if (hd_field_get_sensitive (field) && hd_answers_has (answers, hd_field_get_id (field)))
    return g_strdup ("••••••••");

  return hd_field_dup_value_text (field, answers);
}

static gboolean
has_option (GListModel *options,
            const char *value)
{
  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      if (g_strcmp0 (hd_option_get_value (option), value) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * hd_field_drop_unfitting:
 * @field: a field whose options depend on another one
 * @form: its form
 * @answers: what was answered
 *
 * Takes away the values that the other field's new answer does not allow.  What
 * a searched source offers under it only the portal knows: none of its values stays.
 *
 * Returns: whether anything was taken away
 */
gboolean
hd_field_drop_unfitting (HdField   *field,
                         HdForm    *form,
                         HdAnswers *answers)
{
  const char *field_id = hd_field_get_id (field);
  const char *const *values = hd_answers_get_values (answers, field_id);
  const char *const *labels = hd_answers_get_labels (answers, field_id);
  g_autoptr (GListModel) options = hd_form_dup_options (form, field, answers);
  g_autoptr (GPtrArray) fitting = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) fitting_labels = g_ptr_array_new_with_free_func (g_free);
  guint n_values = values != NULL ? g_strv_length ((char **) values) : 0;
  guint n_fitting;

  for (guint i = 0; i < n_values; i++)
    {
      if (hd_field_get_source (field) != NULL || !has_option (options, values[i]))
        continue;

      g_ptr_array_add (fitting, g_strdup (values[i]));
      g_ptr_array_add (fitting_labels, g_strdup (labels != NULL ? labels[i] : values[i]));
    }

  n_fitting = fitting->len;
  g_ptr_array_add (fitting, NULL);
  g_ptr_array_add (fitting_labels, NULL);

  if (n_fitting == n_values)
    return FALSE;

  hd_answers_set_values (answers, field_id, (const char *const *) fitting->pdata,
                         labels != NULL ? (const char *const *) fitting_labels->pdata : NULL);
  return TRUE;
}

/**
 * hd_form_dup_words:
 * @form: a form
 * @answers: what was answered
 *
 * Returns: (transfer full): what the person wrote in free text, for finding
 *   articles about it; nothing that is hidden or sensitive
 */
char *
hd_form_dup_words (HdForm    *form,
                   HdAnswers *answers)
{
  GListModel *fields = hd_form_get_fields (form);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);
      const char *id = hd_field_get_id (field);
      const char *value = hd_answers_get (answers, id);
      gboolean is_prose = hd_field_get_field_type (field) == HD_FIELD_TYPE_MULTILINE ||
                          g_strcmp0 (id, "subject") == 0 || g_strcmp0 (id, "description") == 0;

      if (value == NULL || !is_prose || hd_field_get_sensitive (field) ||
          !hd_form_is_visible (form, field, answers))
        continue;

      g_string_append (words, value);
      g_string_append_c (words, ' ');
    }

  return g_string_free (words, FALSE);
}

/* Whether free text can be written there, to be seen by everybody who sees the request. */
static gboolean
takes_prose (HdField   *field,
             HdForm    *form,
             HdAnswers *answers)
{
  HdFieldType type = hd_field_get_field_type (field);

  return (type == HD_FIELD_TYPE_TEXT || type == HD_FIELD_TYPE_MULTILINE) && !hd_field_get_sensitive (field) &&
         hd_form_is_visible (form, field, answers);
}

/**
 * hd_form_find_place:
 * @form: a form
 * @answers: what was answered so far
 *
 * What it is about is asked for by the subject, or by the description; where a
 * form has neither, by the first line that must be filled in, or by the first
 * field with more of them.
 *
 * Returns: (transfer none) (nullable): the field for what it is about
 */
HdField *
hd_form_find_place (HdForm    *form,
                    HdAnswers *answers)
{
  static const char *const ids[] = { "subject", "description" };
  GListModel *fields = hd_form_get_fields (form);
  HdField *line = NULL;
  HdField *lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      HdField *field = hd_form_find_field (form, ids[i]);

      if (field != NULL && takes_prose (field, form, answers))
        return field;
    }

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      /* What has a pattern is a number of something. */
      if (!takes_prose (field, form, answers) || hd_field_get_pattern (field) != NULL)
        continue;

      if (hd_field_get_field_type (field) == HD_FIELD_TYPE_MULTILINE)
        lines = lines != NULL ? lines : field;
      else if (hd_field_get_required (field))
        line = line != NULL ? line : field;
    }

  return line != NULL ? line : lines;
}
