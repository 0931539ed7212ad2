/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-field.h"

#include <glib/gi18n-lib.h>

#include "hd-condition.h"
#include "hd-option.h"
#include "hd-rt-json.h"

/*
 * A custom field of tickets as a field of a form.
 *
 * RT's way to require something is a pattern that does not match what is empty.
 * A comment in the pattern, `(?#…)`, says in words what it wants; “Mandatory” is
 * what the comment of a plain requirement says.
 */

#define MANDATORY "Mandatory"
#define IP "(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*"

static const struct
{
  const char  *name;
  HdFieldType  one;
  HdFieldType  many;
} types[] = {
  { "Freeform", HD_FIELD_TYPE_TEXT, HD_FIELD_TYPE_MULTILINE },
  { "Text", HD_FIELD_TYPE_MULTILINE, HD_FIELD_TYPE_MULTILINE },
  { "HTML", HD_FIELD_TYPE_MULTILINE, HD_FIELD_TYPE_MULTILINE },
  { "Wikitext", HD_FIELD_TYPE_MULTILINE, HD_FIELD_TYPE_MULTILINE },
  { "Select", HD_FIELD_TYPE_CHOICE, HD_FIELD_TYPE_MULTICHOICE },
  { "Combobox", HD_FIELD_TYPE_CHOICE, HD_FIELD_TYPE_MULTICHOICE },
  { "Autocomplete", HD_FIELD_TYPE_CHOICE, HD_FIELD_TYPE_MULTICHOICE },
  { "Date", HD_FIELD_TYPE_DATE, HD_FIELD_TYPE_DATE },
  { "DateTime", HD_FIELD_TYPE_DATETIME, HD_FIELD_TYPE_DATETIME },
  { "Image", HD_FIELD_TYPE_FILE, HD_FIELD_TYPE_FILE },
  { "Binary", HD_FIELD_TYPE_FILE, HD_FIELD_TYPE_FILE },
  { "IPAddress", HD_FIELD_TYPE_TEXT, HD_FIELD_TYPE_MULTILINE },
  { "IPAddressRange", HD_FIELD_TYPE_TEXT, HD_FIELD_TYPE_MULTILINE },
};

/* How the hints begin that RT gives where the administrator gave none: in English, and of no help. */
static const char *const usual_hints[] = { "Enter ", "Select ", "Fill in ", "Upload ", NULL };

/**
 * hd_rt_field_new:
 * @definition: an item of a queue's custom fields
 *
 * Returns: (transfer full) (nullable): the field, if it is one
 */
HdRtField *
hd_rt_field_new (JsonObject *definition)
{
  g_autofree char *id = hd_rt_json_dup_id (definition, "id");
  const char *name = hd_rt_json_get_text (definition, "Name");
  HdRtField *self;

  if (id == NULL || name == NULL)
    return NULL;

  self = g_new0 (HdRtField, 1);
  self->id = g_steal_pointer (&id);
  self->name = g_strdup (name);
  self->type = g_strdup (hd_rt_json_get_text (definition, "Type"));
  self->description = g_strdup (hd_rt_json_get_text (definition, "Description"));
  self->hint = g_strdup (hd_rt_json_get_text (definition, "EntryHint"));
  self->pattern = g_strdup (hd_rt_json_get_text (definition, "Pattern"));
  self->based_on = hd_rt_json_dup_ref_id (definition, "BasedOn");
  self->is_single = hd_rt_json_get_number (definition, "MaxValues") == 1;
  return self;
}

void
hd_rt_field_free (HdRtField *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->type);
  g_free (self->description);
  g_free (self->hint);
  g_free (self->pattern);
  g_free (self->based_on);
  g_free (self);
}

HdFieldType
hd_rt_field_get_type (HdRtField *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_strcmp0 (self->type, types[i].name) == 0)
        return self->is_single ? types[i].one : types[i].many;
    }

  return HD_FIELD_TYPE_TEXT;
}

gboolean
hd_rt_field_has_options (HdRtField *self)
{
  HdFieldType type = hd_rt_field_get_type (self);

  return type == HD_FIELD_TYPE_CHOICE || type == HD_FIELD_TYPE_MULTICHOICE;
}

/* Whether its values are searched as one types. */
gboolean
hd_rt_field_is_searched (HdRtField *self)
{
  return g_strcmp0 (self->type, "Autocomplete") == 0;
}

/* Whether it takes values that are not among its own. */
gboolean
hd_rt_field_is_open (HdRtField *self)
{
  return g_strcmp0 (self->type, "Combobox") == 0 && self->is_single;
}

/* Whether it is a text of which each line is a value. */
static gboolean
is_list (HdRtField *self)
{
  return !self->is_single && self->type != NULL &&
         (g_str_equal (self->type, "Freeform") || g_str_has_prefix (self->type, "IPAddress"));
}

static char *
dup_form_id (HdRtField *self)
{
  const char *suffix = "";

  if (g_strcmp0 (self->type, "HTML") == 0)
    suffix = HD_RT_HTML_SUFFIX;
  else if (self->type != NULL && g_str_has_prefix (self->type, "IPAddress"))
    suffix = HD_RT_IP_SUFFIX;

  return g_strconcat (HD_RT_FIELD_PREFIX, self->id, suffix, is_list (self) ? HD_RT_LINES_SUFFIX : NULL, NULL);
}

static GRegex *
compile (const char *pattern)
{
  return pattern != NULL ? g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL) : NULL;
}

static gboolean
is_required (HdRtField *self)
{
  g_autoptr (GRegex) regex = compile (self->pattern);

  return regex != NULL && !g_regex_match (regex, "", G_REGEX_MATCH_DEFAULT, NULL);
}

/* The comments of a pattern, in words. */
static char *
dup_pattern_hint (HdRtField *self)
{
  g_autoptr (GRegex) comments = g_regex_new ("\\(\\?#([^)]*)\\)", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *words = NULL;

  if (self->pattern == NULL || !g_regex_match (comments, self->pattern, G_REGEX_MATCH_DEFAULT, &match))
    return NULL;

  words = g_match_info_fetch (match, 1);
  return g_strcmp0 (words, MANDATORY) != 0 && *words != '\0' ? g_steal_pointer (&words) : NULL;
}

/* Whether a pattern wants nothing but that something is there: a dot, and comments. */
static gboolean
is_plain_requirement (const char *pattern)
{
  return g_regex_match_simple ("^(?:\\(\\?#[^)]*\\))*\\.$", pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

/* RT looks for the pattern anywhere, a form wants the whole answer to match. */
static char *
dup_form_pattern (HdRtField *self)
{
  g_autoptr (GRegex) regex = compile (self->pattern);
  HdFieldType type = hd_rt_field_get_type (self);

  if (g_strcmp0 (self->type, "IPAddress") == 0 && self->is_single && regex == NULL)
    return g_strdup (IP);

  if (regex == NULL || !self->is_single || is_plain_requirement (self->pattern))
    return NULL;

  return type == HD_FIELD_TYPE_TEXT || type == HD_FIELD_TYPE_MULTILINE
         ? g_strdup_printf ("[\\s\\S]*(?:%s)[\\s\\S]*", self->pattern) : NULL;
}

static const char *
get_hint (HdRtField *self)
{
  for (guint i = 0; self->hint != NULL && usual_hints[i] != NULL; i++)
    {
      if (g_str_has_prefix (self->hint, usual_hints[i]))
        return NULL;
    }

  return self->hint;
}

static char *
dup_help (HdRtField *self)
{
  if (!is_list (self))
    return g_strdup (self->description);

  return self->description != NULL ? g_strdup_printf ("%s\n%s", self->description, _("One on each line"))
                                   : g_strdup (_("One on each line"));
}

/* The options, and a last one for what is not among them. */
static GListModel *
create_open_options (GListModel *options)
{
  g_autoptr (GListStore) more = g_list_store_new (HD_TYPE_OPTION);
  g_autoptr (HdOption) other = g_object_new (HD_TYPE_OPTION, "value", HD_RT_OTHER_VALUE, "label", _("Other…"), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      g_list_store_append (more, option);
    }

  g_list_store_append (more, other);
  return G_LIST_MODEL (g_steal_pointer (&more));
}

/**
 * hd_rt_field_create:
 * @self: a custom field
 * @options: (nullable) (element-type HdOption): its values; %NULL if they are to be searched
 *
 * Returns: (transfer full): the field of the form
 */
HdField *
hd_rt_field_create (HdRtField  *self,
                    GListModel *options)
{
  static const char *const pictures[] = { "image/*", NULL };
  g_autofree char *id = dup_form_id (self);
  g_autofree char *parent = self->based_on != NULL ? g_strconcat (HD_RT_FIELD_PREFIX, self->based_on, NULL) : NULL;
  g_autofree char *pattern = dup_form_pattern (self);
  g_autofree char *pattern_hint = dup_pattern_hint (self);
  g_autofree char *help = dup_help (self);
  g_autoptr (GListModel) shown = NULL;
  HdFieldType type = hd_rt_field_get_type (self);

  if (options != NULL)
    shown = hd_rt_field_is_open (self) ? create_open_options (options) : g_object_ref (options);

  return g_object_new (HD_TYPE_FIELD,
                       "id", id,
                       "type", type,
                       "label", self->name,
                       "help", help,
                       "placeholder", get_hint (self),
                       "required", is_required (self),
                       "pattern", pattern,
                       "pattern-hint", pattern_hint,
                       "max", type == HD_FIELD_TYPE_FILE && self->is_single ? "1" : NULL,
                       "options", shown,
                       "options-source", hd_rt_field_has_options (self) && options == NULL ? id : NULL,
                       "depends-on", parent,
                       "accept", g_strcmp0 (self->type, "Image") == 0 ? pictures : NULL,
                       NULL);
}

/**
 * hd_rt_field_create_other:
 * @self: a custom field that takes other values than its own
 *
 * Returns: (transfer full): the field of the form for those
 */
HdField *
hd_rt_field_create_other (HdRtField *self)
{
  static const char *const values[] = { HD_RT_OTHER_VALUE, NULL };
  g_autofree char *id = g_strconcat (HD_RT_FIELD_PREFIX, self->id, HD_RT_OTHER_SUFFIX, NULL);
  g_autofree char *parent = g_strconcat (HD_RT_FIELD_PREFIX, self->id, NULL);
  g_autofree char *label = g_strdup_printf (_("%s: other"), self->name);
  g_autoptr (GListStore) conditions = g_list_store_new (HD_TYPE_CONDITION);
  g_autoptr (HdCondition) condition = g_object_new (HD_TYPE_CONDITION,
                                                    "field", parent,
                                                    "op", HD_CONDITION_OP_ANY,
                                                    "values", values,
                                                    NULL);

  g_list_store_append (conditions, condition);

  return g_object_new (HD_TYPE_FIELD,
                       "id", id,
                       "type", HD_FIELD_TYPE_TEXT,
                       "label", label,
                       "required", TRUE,
                       "visible-when", conditions,
                       NULL);
}
