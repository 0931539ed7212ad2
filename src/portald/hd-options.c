/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-options.h"

#include "hd-json.h"
#include "hd-text.h"

/*
 * The searchable sources of options: offices, departments, printers, people …
 * An option may exist only under some values of another field (“when”).
 */

static gboolean
invalid (GError     **error,
         const char  *source,
         const char  *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "options, “%s”: %s", source, what);
  return FALSE;
}

static gboolean
import_option (HdDatabase  *database,
               const char  *source,
               guint        position,
               JsonNode    *node,
               GError     **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *value = hd_json_get_string (object, "value");
  const char *label = hd_json_get_string (object, "label");
  const char *detail = hd_json_get_string (object, "detail");
  g_autofree char *json = hd_text_from_json (node);
  g_autofree char *all = NULL;
  g_autofree char *words = NULL;

  if (value == NULL || value[0] == '\0' || label == NULL)
    return invalid (error, source, "an option lacks its value or its label");

  all = g_strjoin (" ", label, value, detail != NULL ? detail : "", NULL);
  words = hd_text_fold (all);

  return hd_database_run (database, error, "INSERT INTO options VALUES (?, ?, ?, ?, ?, ?)", "sissss",
                          source, (int) position, value, label, words, json);
}

/**
 * hd_options_import:
 * @database: the database, with an open transaction
 * @sources: (nullable): arrays of options by the source's name
 * @error: return location for an error
 *
 * Replaces all options.
 */
gboolean
hd_options_import (HdDatabase  *database,
                   JsonObject  *sources,
                   GError     **error)
{
  g_autoptr (GList) members = sources != NULL ? json_object_get_members (sources) : NULL;

  if (!hd_database_run (database, error, "DELETE FROM options", ""))
    return FALSE;

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonArray *array = hd_json_get_array (sources, l->data);

      if (array == NULL)
        return invalid (error, l->data, "not an array");

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (!import_option (database, l->data, i, json_array_get_element (array, i), error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
exists_under (JsonNode   *option,
              const char *parent)
{
  JsonArray *when = hd_json_get_array (json_node_get_object (option), "when");

  if (parent == NULL || when == NULL || json_array_get_length (when) == 0)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (when); i++)
    {
      JsonNode *value = json_array_get_element (when, i);

      if (JSON_NODE_HOLDS_VALUE (value) &&
          g_strcmp0 (json_node_get_string (value), parent) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * hd_options_search:
 * @database: the database
 * @source: the source's name
 * @query: (nullable): words that must all be in the option
 * @parent: (nullable): the value of the field that the source depends on
 * @limit: how many options are enough
 *
 * Returns: (transfer full) (nullable): `{"options": …}`, or %NULL if there is
 *   no such source
 */
JsonNode *
hd_options_search (HdDatabase *database,
                   const char *source,
                   const char *query,
                   const char *parent,
                   gint64      limit)
{
  g_auto (GStrv) words = hd_text_split_words (query);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (HdRows) rows = NULL;
  JsonObject *object;
  gboolean is_known = FALSE;

  rows = hd_database_query (database, NULL,
                            "SELECT words, json FROM options WHERE source = ? ORDER BY position",
                            "s", source);

  while (rows != NULL && json_array_get_length (array) < limit && hd_rows_next (rows, NULL))
    {
      g_autoptr (JsonNode) option = NULL;

      is_known = TRUE;

      if (!hd_text_has_words (hd_rows_get_text (rows, 0), words))
        continue;

      option = hd_text_to_json (hd_rows_get_text (rows, 1));

      if (exists_under (option, parent))
        json_array_add_element (array, g_steal_pointer (&option));
    }

  if (!is_known)
    return NULL;

  object = json_object_new ();
  json_object_set_array_member (object, "options", g_steal_pointer (&array));
  return hd_text_take_object (object);
}

/**
 * hd_options_dup_label:
 * @database: the database
 * @source: the source's name
 * @value: an option's value
 * @parent: (nullable): the value of the field that the source depends on
 *
 * Returns: (transfer full) (nullable): the option's label; %NULL if there is no
 *   such option there
 */
char *
hd_options_dup_label (HdDatabase *database,
                      const char *source,
                      const char *value,
                      const char *parent)
{
  g_autofree char *json = hd_options_dup_option (database, source, value);
  g_autoptr (JsonNode) option = hd_text_to_json (json);

  if (option == NULL || !exists_under (option, parent))
    return NULL;

  return g_strdup (hd_json_get_string (json_node_get_object (option), "label"));
}

/* Returns: (transfer full) (nullable): the option as JSON. */
char *
hd_options_dup_option (HdDatabase *database,
                       const char *source,
                       const char *value)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT json FROM options WHERE source = ? AND value = ?", "ss",
                            source, value);
  return rows != NULL && hd_rows_next (rows, NULL) ? g_strdup (hd_rows_get_text (rows, 0)) : NULL;
}
