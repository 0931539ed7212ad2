/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-name-lines.h"

#include <string.h>

/*
 * Names of one thing: a line for each thing, its names separated by commas.
 *
 * Whoever writes such a list, by hand or at a portal, can do nothing wrong: what
 * cannot be a name, or is too much, is left out.  In JSON, where a list is an
 * array of arrays, that holds for what is of a wrong type, too.
 */

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* A comma would make two of it, and a line with # before it is none. */
static gboolean
is_name (const char *text)
{
  if (*text == '\0' || *text == '#' || g_utf8_strlen (text, -1) > HD_NAME_LINES_MAX_CHARS)
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == ',' || g_unichar_iscntrl (g_utf8_get_char (p)))
        return FALSE;
    }

  return TRUE;
}

static void
add_name (GPtrArray  *names,
          const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));

  if (names->len < HD_NAME_LINES_MAX_NAMES && is_name (name))
    g_ptr_array_add (names, g_steal_pointer (&name));
}

/* One name alone says nothing. */
static void
add_line (GPtrArray *lines,
          GPtrArray *names)
{
  if (lines->len >= HD_NAME_LINES_MAX || names->len < 2)
    return;

  g_ptr_array_add (names, NULL);
  g_ptr_array_add (lines, g_strjoinv (", ", (char **) names->pdata));
}

static GStrv
end_lines (GPtrArray *lines)
{
  g_ptr_array_add (lines, NULL);
  return (GStrv) g_ptr_array_free (lines, FALSE);
}

/**
 * hd_name_lines_from_text:
 * @text: a list, in UTF-8; a line with # before it is a comment
 *
 * Returns: (transfer full): its lines
 */
GStrv
hd_name_lines_from_text (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) all = g_strsplit (g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + strlen (BYTE_ORDER_MARK) : text, "\n", -1);

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      g_auto (GStrv) parts = *g_strstrip (all[i]) != '#' ? g_strsplit (all[i], ",", -1) : NULL;

      for (guint j = 0; parts != NULL && parts[j] != NULL; j++)
        add_name (names, parts[j]);

      add_line (lines, names);
    }

  return end_lines (lines);
}

static void
add_names_of_array (GPtrArray *names,
                    JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        add_name (names, json_node_get_string (element));
    }
}

/**
 * hd_name_lines_from_json:
 * @node: an array of arrays of names, or whatever else was sent in its place
 *
 * Returns: (transfer full) (nullable): its lines; %NULL if it is no array
 */
GStrv
hd_name_lines_from_json (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GPtrArray *lines;

  if (array == NULL)
    return NULL;

  lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_ARRAY (element))
        add_names_of_array (names, json_node_get_array (element));

      add_line (lines, names);
    }

  return end_lines (lines);
}

/* Returns: (transfer full): an array of arrays of names */
JsonNode *
hd_name_lines_to_json (const char *const *lines)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) names = hd_name_lines_split (lines[i]);
      JsonArray *line = json_array_new ();

      for (guint j = 0; names[j] != NULL; j++)
        json_array_add_string_element (line, names[j]);

      json_array_add_array_element (array, line);
    }

  json_node_take_array (node, array);
  return node;
}

/* Returns: (transfer full): the names of a line */
GStrv
hd_name_lines_split (const char *line)
{
  GStrv names = g_strsplit (line, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_strstrip (names[i]);

  return names;
}
