/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-ctl-print.h"

#include <stdio.h>
#include <string.h>

#include "hd-enums.h"
#include "hd-request.h"

/* What goes to standard output, as tables for people and as JSON for programs. */

/* What a portal says must not steer the terminal: controls are left out, or in JSON written as it writes them. */
static void
write_text (FILE       *stream,
            const char *text,
            gboolean    is_json)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || !g_unichar_iscntrl (c))
        fwrite (p, 1, (gsize) (g_utf8_next_char (p) - p), stream);
      else if (is_json)
        fprintf (stream, "\\u%04x", c);
    }
}

void
hd_ctl_print (const char *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  write_text (stdout, text, FALSE);
}

void
hd_ctl_print_error (const char *format,
                    ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  fflush (stdout);
  write_text (stderr, text, FALSE);
}

/* @node: (transfer full) */
void
hd_ctl_print_json (JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;
  g_autofree char *text = json_to_string (owned, TRUE);

  write_text (stdout, text, TRUE);
  fputc ('\n', stdout);
}

static void add_usual_values (JsonNode *node,
                              gpointer  record);

/* Of the records that a record holds. */
static void
add_inner_usual_values (JsonNode   *node,
                        GObject    *record,
                        const char *property)
{
  g_autoptr (GObject) value = NULL;
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  g_object_get (record, property, &value, NULL);

  if (HD_IS_RECORD (value))
    add_usual_values (node, value);

  for (guint i = 0; array != NULL && G_IS_LIST_MODEL (value) && i < json_array_get_length (array); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (value), i);

      add_usual_values (json_array_get_element (array, i), item);
    }
}

/* What a record leaves out since it is the usual thing, a program wants to see. */
static void
add_usual_values (JsonNode *node,
                  gpointer  record)
{
  JsonObject *object = json_node_get_object (node);
  guint n = 0;
  g_autofree GParamSpec **pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (record), &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *member = g_strdelimit (g_strdup (pspecs[i]->name), "-", '_');
      JsonNode *inner = json_object_get_member (object, member);

      if (inner != NULL && G_IS_PARAM_SPEC_OBJECT (pspecs[i]))
        add_inner_usual_values (inner, record, pspecs[i]->name);

      if (inner != NULL)
        continue;

      if (G_IS_PARAM_SPEC_BOOLEAN (pspecs[i]))
        json_object_set_boolean_member (object, member, FALSE);
      else if (G_IS_PARAM_SPEC_ENUM (pspecs[i]))
        json_object_set_string_member (object, member,
                                       hd_enum_get_nick (pspecs[i]->value_type,
                                                         G_PARAM_SPEC_ENUM (pspecs[i])->default_value));
    }
}

/* Returns: (transfer full): the record, as a program wants it */
JsonNode *
hd_ctl_record_to_json (gpointer record)
{
  JsonNode *node = hd_record_to_json (HD_RECORD (record));

  /* Between us and the portal. */
  if (HD_IS_REQUEST (record))
    json_object_remove_member (json_node_get_object (node), "client_key");

  add_usual_values (node, record);
  return node;
}

void
hd_ctl_print_record (gpointer record)
{
  hd_ctl_print_json (hd_ctl_record_to_json (record));
}

void
hd_ctl_print_records (GListModel *records)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (GObject) record = g_list_model_get_item (records, i);

      json_array_add_element (array, hd_ctl_record_to_json (record));
    }

  json_node_take_array (node, array);
  hd_ctl_print_json (node);
}

/* Returns: whether everything has arrived where standard output goes; to be asked once, at the end */
gboolean
hd_ctl_print_finish (void)
{
  return fflush (stdout) == 0 && !ferror (stdout);
}

/* --- Tables --- */

GPtrArray *
hd_ctl_table_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
}

/* A row of cells, the last one followed by %NULL; an empty string for what is not known. */
void
hd_ctl_table_add (GPtrArray  *rows,
                  const char *first,
                  ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  va_list arguments;

  va_start (arguments, first);

  for (const char *cell = first; cell != NULL; cell = va_arg (arguments, const char *))
    g_strv_builder_add (builder, cell);

  va_end (arguments);
  g_ptr_array_add (rows, g_strv_builder_end (builder));
}

/* Returns: (transfer full) (element-type glong): the width of each column */
static GArray *
measure_columns (GPtrArray *rows)
{
  GArray *widths = g_array_new (FALSE, TRUE, sizeof (glong));

  for (guint i = 0; i < rows->len; i++)
    {
      GStrv cells = rows->pdata[i];

      for (guint column = 0; cells[column] != NULL; column++)
        {
          if (column == widths->len)
            g_array_set_size (widths, column + 1);

          g_array_index (widths, glong, column) = MAX (g_array_index (widths, glong, column),
                                                       g_utf8_strlen (cells[column], -1));
        }
    }

  return widths;
}

static void
print_row (GArray *widths,
           GStrv   cells)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; cells[i] != NULL; i++)
    {
      glong gap = cells[i + 1] != NULL ? g_array_index (widths, glong, i) - g_utf8_strlen (cells[i], -1) + 2 : 0;

      g_string_append (line, cells[i]);

      for (glong j = 0; j < gap; j++)
        g_string_append_c (line, ' ');
    }

  /* A cell is one line, whatever a portal put into it. */
  g_strdelimit (line->str, "\n\t", ' ');
  hd_ctl_print ("%s\n", g_strchomp (line->str));
}

void
hd_ctl_print_table (GPtrArray *rows)
{
  g_autoptr (GArray) widths = measure_columns (rows);

  for (guint i = 0; i < rows->len; i++)
    print_row (widths, rows->pdata[i]);
}

/* Returns: (transfer full): in local time; empty where there is none */
char *
hd_ctl_dup_time (GDateTime *time)
{
  g_autoptr (GDateTime) local = NULL;

  if (time == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (time);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

/* Returns: (transfer full): Pango markup without its tags */
char *
hd_ctl_dup_plain (const char *markup)
{
  static const struct { const char *entity; const char *text; } entities[] = {
    { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&apos;", "'" }, { "&#39;", "'" }, { "&amp;", "&" },
  };
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean in_tag = FALSE;

  for (const char *p = markup != NULL ? markup : ""; *p != '\0'; p++)
    {
      if (*p == '<')
        in_tag = TRUE;
      else if (*p == '>' && in_tag)
        in_tag = FALSE;
      else if (!in_tag)
        g_string_append_c (plain, *p);
    }

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    g_string_replace (plain, entities[i].entity, entities[i].text, 0);

  return g_string_free (g_steal_pointer (&plain), FALSE);
}
