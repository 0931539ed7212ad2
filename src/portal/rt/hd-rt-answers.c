/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-answers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hd-draft-file.h"
#include "hd-form-rules.h"
#include "hd-html-plain.h"
#include "hd-json.h"
#include "hd-rt-field.h"
#include "hd-rt-json.h"
#include "hd-rt-upload.h"

/*
 * The answers of a draft as values of custom fields, and whether a ticket has
 * them.
 */

/* What one custom field is to hold. */
typedef struct
{
  char      *number;   /* (owned): of the custom field */
  HdField   *field;    /* (owned) */
  GPtrArray *values;   /* (owned) (element-type utf8): as the form has them */
  GPtrArray *parts;    /* (owned) (element-type utf8): of files, by the part they go as */
} Wanted;

struct _HdRtAnswers
{
  char      *subject;  /* (owned) */
  char      *text;     /* (owned) */
  GPtrArray *wanted;   /* (owned) (element-type Wanted) */
  GPtrArray *files;    /* (owned) (element-type HdDraftFile) */
};

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->number);
  g_clear_object (&wanted->field);
  g_ptr_array_unref (wanted->values);
  g_ptr_array_unref (wanted->parts);
  g_free (wanted);
}

static const char *
get_first (HdAnswers  *answers,
           const char *field_id)
{
  const char *const *values = hd_answers_get_values (answers, field_id);

  return values != NULL && values[0] != NULL ? values[0] : "";
}

static gboolean
is_custom (const char *field_id)
{
  return g_str_has_prefix (field_id, HD_RT_FIELD_PREFIX) && !g_str_has_suffix (field_id, HD_RT_OTHER_SUFFIX);
}

static gboolean
has_suffix (Wanted     *wanted,
            const char *suffix)
{
  return strstr (hd_field_get_id (wanted->field), suffix) != NULL;
}

static void
add_lines (Wanted     *wanted,
           const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);

      if (*lines[i] != '\0')
        g_ptr_array_add (wanted->values, g_strdup (lines[i]));
    }
}

static void
add_values (Wanted     *wanted,
            HdAnswers  *answers,
            const char *value)
{
  g_autofree char *other = NULL;

  if (g_str_equal (value, HD_RT_OTHER_VALUE))
    {
      other = g_strconcat (hd_field_get_id (wanted->field), HD_RT_OTHER_SUFFIX, NULL);
      value = get_first (answers, other);
    }

  if (has_suffix (wanted, HD_RT_LINES_SUFFIX))
    add_lines (wanted, value);
  else if (*value != '\0')
    g_ptr_array_add (wanted->values, g_strdup (value));
}

static Wanted *
wanted_new (HdField   *field,
            HdAnswers *answers)
{
  const char *const *values = hd_answers_get_values (answers, hd_field_get_id (field));
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->number = g_strdup_printf ("%" G_GUINT64_FORMAT,
                                    g_ascii_strtoull (hd_field_get_id (field) + strlen (HD_RT_FIELD_PREFIX), NULL, 10));
  wanted->field = g_object_ref (field);
  wanted->values = g_ptr_array_new_with_free_func (g_free);
  wanted->parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    add_values (wanted, answers, values[i]);

  return wanted;
}

static Wanted *
find_wanted (HdRtAnswers *self,
             const char  *field_id)
{
  for (guint i = 0; field_id != NULL && i < self->wanted->len; i++)
    {
      Wanted *wanted = self->wanted->pdata[i];

      if (g_str_equal (hd_field_get_id (wanted->field), field_id))
        return wanted;
    }

  return NULL;
}

/* A file of a field that is hidden by now stays behind, as the field's answer would. */
static void
take_files (HdRtAnswers *self,
            HdForm      *form,
            GListModel  *files)
{
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (HdDraftFile) file = g_list_model_get_item (files, i);
      const char *field_id = hd_draft_file_get_field_id (file);
      Wanted *wanted = find_wanted (self, field_id);

      if (wanted != NULL)
        g_ptr_array_add (wanted->parts, hd_rt_upload_dup_part_name (file, self->files->len));

      if (wanted != NULL || field_id == NULL || !is_custom (field_id))
        g_ptr_array_add (self->files, g_steal_pointer (&file));
    }
}

/**
 * hd_rt_answers_new:
 * @form: the form of a queue
 * @draft: what was filled in
 *
 * Returns: (transfer full): what the ticket is to hold
 */
HdRtAnswers *
hd_rt_answers_new (HdForm  *form,
                   HdDraft *draft)
{
  HdRtAnswers *self = g_new0 (HdRtAnswers, 1);
  g_autoptr (HdAnswers) answers = hd_answers_new_from_list (hd_draft_get_answers (draft));
  GListModel *fields = hd_form_get_fields (form);

  self->subject = g_strdup (get_first (answers, HD_RT_SUBJECT_FIELD));
  self->text = g_strdup (get_first (answers, HD_RT_TEXT_FIELD));
  self->wanted = g_ptr_array_new_with_free_func (wanted_free);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdField) field = g_list_model_get_item (fields, i);

      if (is_custom (hd_field_get_id (field)) && hd_form_is_visible (form, field, answers))
        g_ptr_array_add (self->wanted, wanted_new (field, answers));
    }

  take_files (self, form, hd_draft_get_files (draft));
  return self;
}

void
hd_rt_answers_free (HdRtAnswers *self)
{
  g_free (self->subject);
  g_free (self->text);
  g_ptr_array_unref (self->wanted);
  g_ptr_array_unref (self->files);
  g_free (self);
}

const char *
hd_rt_answers_get_subject (HdRtAnswers *self)
{
  return self->subject;
}

const char *
hd_rt_answers_get_text (HdRtAnswers *self)
{
  return self->text;
}

/* Returns: (transfer none) (element-type HdDraftFile): in the order of their parts */
GPtrArray *
hd_rt_answers_get_files (HdRtAnswers *self)
{
  return self->files;
}

/* --- As JSON --- */

/* What was chosen is a time on this machine. */
static char *
dup_time (const char *value,
          GTimeZone  *zone)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char *iso = g_strconcat (value, ":00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, here);
  char *text = time != NULL ? hd_rt_json_dup_time_text (g_date_time_to_unix (time), zone) : NULL;

  return text != NULL ? text : g_strdup (value);
}

static char *
dup_sent (Wanted     *wanted,
          const char *value,
          GTimeZone  *zone)
{
  g_autofree char *html = has_suffix (wanted, HD_RT_HTML_SUFFIX) ? hd_html_from_plain (value) : NULL;

  /* In an element, by which whoever reads it knows it for HTML. */
  if (html != NULL)
    return g_strdup_printf ("<p>%s</p>", html);

  return hd_field_get_field_type (wanted->field) == HD_FIELD_TYPE_DATETIME ? dup_time (value, zone) : g_strdup (value);
}

/* A file is a reference to the part that it goes as. */
static JsonNode *
create_reference (const char *part)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), "UploadField", part);
  return node;
}

static void
add_value (JsonArray *values,
           Wanted    *wanted,
           GTimeZone *zone)
{
  for (guint i = 0; i < wanted->values->len; i++)
    {
      g_autofree char *sent = dup_sent (wanted, wanted->values->pdata[i], zone);

      json_array_add_string_element (values, sent);
    }

  for (guint i = 0; i < wanted->parts->len; i++)
    json_array_add_element (values, create_reference (wanted->parts->pdata[i]));
}

/**
 * hd_rt_answers_create_json:
 * @self: answers
 * @zone: that of the person's profile
 *
 * Returns: (transfer full): the values by the numbers of the custom fields
 */
JsonObject *
hd_rt_answers_create_json (HdRtAnswers *self,
                           GTimeZone   *zone)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < self->wanted->len; i++)
    {
      Wanted *wanted = self->wanted->pdata[i];
      g_autoptr (JsonArray) values = json_array_new ();

      add_value (values, wanted, zone);

      /* A list for a field of a single value would keep the last. */
      if (json_array_get_length (values) == 1)
        json_object_set_member (object, wanted->number, json_node_copy (json_array_get_element (values, 0)));
      else if (json_array_get_length (values) > 1)
        json_object_set_array_member (object, wanted->number, g_steal_pointer (&values));
    }

  return object;
}

/* --- Read back --- */

/* Without what RT may change of a text: line ends and blanks around it. */
static char *
dup_comparable (const char *text)
{
  g_autoptr (GString) string = g_string_new (text);

  g_string_replace (string, "\r\n", "\n", 0);
  return g_strstrip (g_strdup (string->str));
}

static gboolean
is_same_time (const char *chosen,
              const char *read)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *iso = g_strconcat (chosen, ":00", NULL);
  g_autoptr (GDateTime) a = g_date_time_new_from_iso8601 (iso, here);
  g_autoptr (GDateTime) b = g_date_time_new_from_iso8601 (read, utc);

  return a != NULL && b != NULL && g_date_time_equal (a, b);
}

static gboolean
is_same (Wanted     *wanted,
         const char *value,
         const char *read)
{
  g_autofree char *text = has_suffix (wanted, HD_RT_HTML_SUFFIX) ? hd_html_to_plain (read) : g_strdup (read);
  g_autofree char *a = dup_comparable (value);
  g_autofree char *b = dup_comparable (text);

  if (hd_field_get_field_type (wanted->field) == HD_FIELD_TYPE_DATETIME)
    return is_same_time (value, read);

  return g_str_equal (a, b) || has_suffix (wanted, HD_RT_IP_SUFFIX);
}

static gboolean
is_kept (Wanted     *wanted,
         const char *value,
         JsonArray  *values)
{
  for (guint i = 0; i < hd_rt_json_get_length (values); i++)
    {
      const char *read = hd_rt_json_get_value (values, i);

      if (read != NULL && is_same (wanted, value, read))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_all_kept (Wanted     *wanted,
             JsonObject *ticket)
{
  JsonArray *values = hd_json_get_array (hd_rt_json_find_field (ticket, wanted->number), "values");

  if (hd_rt_json_get_length (values) < wanted->values->len + wanted->parts->len)
    return FALSE;

  for (guint i = 0; i < wanted->values->len; i++)
    {
      if (!is_kept (wanted, wanted->values->pdata[i], values))
        return FALSE;
    }

  return TRUE;
}

/**
 * hd_rt_answers_dup_not_kept:
 * @self: answers that were sent
 * @ticket: the ticket that was made of them
 *
 * Returns: (transfer full) (nullable): the names of the fields whose answers are
 *   not in it as they were given; %NULL if all are
 */
GStrv
hd_rt_answers_dup_not_kept (HdRtAnswers *self,
                            JsonObject  *ticket)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *subject = dup_comparable (self->subject);
  const char *read = hd_json_get_string (ticket, "Subject");
  gboolean complete = TRUE;

  if (g_strcmp0 (subject, read) != 0)
    {
      g_strv_builder_add (builder, _("Subject"));
      complete = FALSE;
    }

  for (guint i = 0; i < self->wanted->len; i++)
    {
      Wanted *wanted = self->wanted->pdata[i];

      if (is_all_kept (wanted, ticket))
        continue;

      g_strv_builder_add (builder, hd_field_get_label (wanted->field));
      complete = FALSE;
    }

  return complete ? NULL : g_strv_builder_end (builder);
}
