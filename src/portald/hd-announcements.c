/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-announcements.h"

#include "hd-html-sanitizer.h"
#include "hd-json.h"
#include "hd-text.h"

/*
 * News and announcements.
 */

/* Characters.  What is longer is no announcement but a slip. */
#define MAX_TITLE 200
#define MAX_TEXT 20000

#define INSERT "INSERT OR REPLACE INTO announcements VALUES (?, ?, ?, ?, ?, ?, NULLIF (?, 0))"

static gboolean
import_one (HdDatabase  *database,
            JsonObject  *object,
            GError     **error)
{
  const char *title = hd_json_get_string (object, "title");
  const char *summary = hd_json_get_string (object, "summary");
  const char *id = hd_json_get_string (object, "id");
  g_autofree char *body = hd_html_sanitize (hd_json_get_string (object, "body"));
  gint64 published_at = hd_text_now ();
  gint64 expires_at = 0;

  if (id == NULL || title == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "an announcement lacks its id or its title");
      return FALSE;
    }

  hd_text_parse_time (hd_json_get_string (object, "published_at"), &published_at);
  hd_text_parse_time (hd_json_get_string (object, "expires_at"), &expires_at);

  return hd_database_run (database, error, INSERT, "ssssill", id, title,
                          summary != NULL ? summary : "", body,
                          hd_json_get_boolean (object, "important", FALSE),
                          published_at, expires_at);
}

/**
 * hd_announcements_import:
 * @database: the database, with an open transaction
 * @array: announcements as the API has them
 * @error: return location for an error
 *
 * Replaces all announcements.
 */
gboolean
hd_announcements_import (HdDatabase  *database,
                         JsonArray   *array,
                         GError     **error)
{
  if (!hd_database_run (database, error, "DELETE FROM announcements", ""))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (!import_one (database, object, error))
        return FALSE;
    }

  return TRUE;
}

/* Text of paragraphs with empty lines between them, as HTML. */
static char *
text_to_html (const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  GString *html = g_string_new (NULL);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (g_strstrip (paragraphs[i]), -1);

      if (escaped[0] != '\0')
        g_string_append_printf (html, "<p>%s</p>", escaped);
    }

  return g_string_free (html, FALSE);
}

static gboolean
check_length (const char  *what,
              const char  *text,
              glong        least,
              glong        most,
              GError     **error)
{
  glong length = g_utf8_strlen (text, -1);

  if (length >= least && length <= most)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "the %s of an announcement has %ld to %ld characters, not %ld", what, least, most, length);
  return FALSE;
}

/**
 * hd_announcements_add:
 * @database: the database
 * @title: the title
 * @text: plain text; an empty line begins a paragraph
 * @important: whether everybody should see it at once
 * @now: the time
 * @error: return location for an error that says what is wrong with them
 */
gboolean
hd_announcements_add (HdDatabase  *database,
                      const char  *title,
                      const char  *text,
                      gboolean     important,
                      gint64       now,
                      GError     **error)
{
  g_autofree char *id = hd_text_random_id ();
  g_autofree char *clean_title = hd_text_clean (title, "");
  g_autofree char *clean = hd_text_clean (text, "\n\t");
  g_autofree char *html = text_to_html (clean);
  g_auto (GStrv) paragraphs = g_strsplit (clean, "\n\n", 2);

  if (!check_length ("title", clean_title, 1, MAX_TITLE, error) || !check_length ("text", clean, 0, MAX_TEXT, error))
    return FALSE;

  return hd_database_run (database, error, INSERT, "ssssill", id, clean_title,
                          paragraphs[0] != NULL ? g_strchomp (paragraphs[0]) : "", html, important, now,
                          (gint64) 0);
}

/* Returns: (transfer full): the announcements that are still good, newest first. */
JsonNode *
hd_announcements_get (HdDatabase *database,
                      gint64      now)
{
  JsonArray *array = json_array_new ();
  JsonObject *root = json_object_new ();
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT id, title, summary, body, important, published_at, expires_at"
                            " FROM announcements WHERE expires_at IS NULL OR expires_at > ?"
                            " ORDER BY published_at DESC, id", "l", now);

  while (rows != NULL && hd_rows_next (rows, NULL))
    {
      JsonObject *object = json_object_new ();

      hd_text_add_string (object, "id", hd_rows_get_text (rows, 0));
      hd_text_add_string (object, "title", hd_rows_get_text (rows, 1));
      hd_text_add_string (object, "summary", hd_rows_get_text (rows, 2));
      hd_text_add_string (object, "body", hd_rows_get_text (rows, 3));
      json_object_set_boolean_member (object, "important", hd_rows_get_int (rows, 4) != 0);
      hd_text_add_time (object, "published_at", hd_rows_get_int (rows, 5));
      hd_text_add_time (object, "expires_at", hd_rows_get_int (rows, 6));
      json_array_add_object_element (array, object);
    }

  json_object_set_array_member (root, "announcements", array);
  return hd_text_take_object (root);
}
