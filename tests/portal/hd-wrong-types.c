/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-wrong-types.h"

/* Returns: (transfer full) (element-type JsonNode): every value in a document, its root first */
GPtrArray *
hd_wrong_types_list_values (JsonNode *node)
{
  GPtrArray *values = g_ptr_array_new ();
  JsonObjectIter iter;
  JsonNode *member;

  g_ptr_array_add (values, node);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));

      while (json_object_iter_next (&iter, NULL, &member))
        {
          g_autoptr (GPtrArray) more = hd_wrong_types_list_values (member);

          g_ptr_array_extend (values, more, NULL, NULL);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        {
          g_autoptr (GPtrArray) more = hd_wrong_types_list_values (json_array_get_element (json_node_get_array (node), i));

          g_ptr_array_extend (values, more, NULL, NULL);
        }
    }

  return values;
}

/* Writes the document with another value in the place of one of its nodes. */
static void
write_node (GString    *text,
            JsonNode   *node,
            JsonNode   *replaced,
            const char *replacement)
{
  gboolean is_object = JSON_NODE_HOLDS_OBJECT (node);
  g_autofree char *value = NULL;
  const char *separator = "";

  if (node == replaced)
    {
      g_string_append (text, replacement);
    }
  else if (is_object)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      g_string_append_c (text, '{');
      json_object_iter_init (&iter, json_node_get_object (node));

      while (json_object_iter_next (&iter, &name, &member))
        {
          g_string_append_printf (text, "%s\"%s\":", separator, name);
          write_node (text, member, replaced, replacement);
          separator = ",";
        }

      g_string_append_c (text, '}');
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_string_append_c (text, '[');

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        {
          g_string_append (text, separator);
          write_node (text, json_array_get_element (json_node_get_array (node), i), replaced, replacement);
          separator = ",";
        }

      g_string_append_c (text, ']');
    }
  else
    {
      value = json_to_string (node, FALSE);
      g_string_append (text, value);
    }
}

/* Returns: (transfer full): a document with another value in the place of one of its nodes */
char *
hd_wrong_types_dup_replaced (JsonNode   *root,
                             JsonNode   *replaced,
                             const char *replacement)
{
  g_autoptr (GString) text = g_string_new (NULL);

  write_node (text, root, replaced, replacement);
  return g_strdup (text->str);
}

/* Returns: (transfer none): what a value of this type must not be */
const char *const *
hd_wrong_types_get_replacements (JsonNode *value)
{
  static const char *const objects[] = { "7", "\"a\"", "[]", "[1]", "true", "1.5", NULL };
  static const char *const others[] = { "{}", "{\"id\":{}}", "[[]]", "[null]", "1.5", NULL };

  return JSON_NODE_HOLDS_OBJECT (value) ? objects : others;
}
