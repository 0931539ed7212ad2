/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-articles.h"

#include "hd-json.h"
#include "hd-problem.h"
#include "hd-request-list.h"
#include "hd-text.h"

/*
 * Reading articles.
 */

#define COLUMNS \
  "id, title, summary, category_id, keywords, body, media, version, published_at, updated_at, language"

static JsonObject *
read_article (HdRows *rows)
{
  JsonObject *object = json_object_new ();

  hd_text_add_string (object, "id", hd_rows_get_text (rows, 0));
  hd_text_add_string (object, "title", hd_rows_get_text (rows, 1));
  hd_text_add_string (object, "summary", hd_rows_get_text (rows, 2));
  hd_text_add_string (object, "category_id", hd_rows_get_text (rows, 3));
  json_object_set_member (object, "keywords", hd_text_to_json (hd_rows_get_text (rows, 4)));
  hd_text_add_string (object, "body", hd_rows_get_text (rows, 5));
  json_object_set_member (object, "media", hd_text_to_json (hd_rows_get_text (rows, 6)));
  json_object_set_int_member (object, "version", hd_rows_get_int (rows, 7));
  hd_text_add_time (object, "published_at", hd_rows_get_int (rows, 8));
  hd_text_add_time (object, "updated_at", hd_rows_get_int (rows, 9));
  hd_text_add_string (object, "language", hd_rows_get_text (rows, 10));
  return object;
}

static const char *
get_name (JsonNode *category)
{
  const char *name = hd_json_get_string (json_node_get_object (category), "name");

  return name != NULL ? name : "";
}

static int
compare_categories (gconstpointer a,
                    gconstpointer b)
{
  g_autofree char *one = hd_text_sort_key (get_name (*(JsonNode *const *) a));
  g_autofree char *other = hd_text_sort_key (get_name (*(JsonNode *const *) b));

  return strcmp (one, other);
}

/* By name; the position says so too. */
static JsonArray *
read_categories (HdDatabase *database)
{
  g_autoptr (HdRows) rows = hd_database_query (database, NULL,
                                               "SELECT json FROM article_categories", "");
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  JsonArray *array = json_array_new ();

  while (rows != NULL && hd_rows_next (rows, NULL))
    g_ptr_array_add (nodes, json_from_string (hd_rows_get_text (rows, 0), NULL));

  g_ptr_array_sort (nodes, compare_categories);

  for (guint i = 0; i < nodes->len; i++)
    {
      JsonNode *node = g_ptr_array_index (nodes, i);

      json_object_set_int_member (json_node_get_object (node), "position", i + 1);
      json_array_add_element (array, node);
    }

  return array;
}

static gboolean
read_changes (HdDatabase  *database,
              gint64       since,
              gint64       limit,
              JsonObject  *answer,
              GError     **error)
{
  JsonArray *articles = json_array_new ();
  JsonArray *deleted = json_array_new ();
  gint64 last = MAX (hd_database_last_change (database), since);
  gint64 n = 0;
  g_autofree char *as_of = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (HdRows) rows = NULL;
  gboolean more = FALSE;

  json_object_set_array_member (answer, "articles", articles);
  json_object_set_array_member (answer, "deleted", deleted);

  /* Whoever has nothing yet need not hear of what is gone. */
  rows = hd_database_query (database, error,
                            "SELECT " COLUMNS ", deleted, changed FROM articles"
                            " WHERE changed > ? AND (deleted = 0 OR ? > 0) ORDER BY changed LIMIT ?",
                            "lll", since, since, limit + 1);

  while (rows != NULL && hd_rows_next (rows, &local_error))
    {
      if (n++ == limit)
        {
          more = TRUE;
          break;
        }

      if (hd_rows_get_int (rows, 11) != 0)
        json_array_add_string_element (deleted, hd_rows_get_text (rows, 0));
      else
        json_array_add_object_element (articles, read_article (rows));

      since = hd_rows_get_int (rows, 12);
    }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  as_of = hd_as_of_format (database, more ? since : last);
  json_object_set_string_member (answer, "as_of", as_of);
  json_object_set_boolean_member (answer, "more", more);
  return rows != NULL && (error == NULL || *error == NULL);
}

/**
 * hd_articles_list:
 * @database: the database
 * @since: a value of the counter of changes
 * @limit: how many articles are enough
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the API's answer: all categories, and
 *   the articles that changed since
 */
JsonNode *
hd_articles_list (HdDatabase  *database,
                  gint64       since,
                  gint64       limit,
                  GError     **error)
{
  g_autoptr (JsonNode) node = hd_text_take_object (json_object_new ());
  JsonObject *object = json_node_get_object (node);

  json_object_set_array_member (object, "categories", read_categories (database));
  return read_changes (database, since, limit, object, error) ? g_steal_pointer (&node) : NULL;
}

/* Returns: (transfer full): the categories and the last change of an article: another one whenever a list is. */
JsonNode *
hd_articles_get_state (HdDatabase *database)
{
  JsonObject *object = json_object_new ();
  gint64 last = hd_database_count (database, "SELECT COALESCE (MAX (changed), 0) FROM articles", "");
  g_autofree char *as_of = hd_as_of_format (database, last);

  json_object_set_array_member (object, "categories", read_categories (database));
  json_object_set_string_member (object, "as_of", as_of);
  return hd_text_take_object (object);
}

/* Returns: (transfer full) (nullable): one article. */
JsonNode *
hd_articles_get (HdDatabase  *database,
                 const char  *id,
                 GError     **error)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, error,
                            "SELECT " COLUMNS " FROM articles WHERE id = ? AND deleted = 0", "s", id);

  if (rows != NULL && hd_rows_next (rows, error))
    return hd_text_take_object (read_article (rows));

  if (error != NULL && *error == NULL)
    hd_problem_set (error, HD_PROBLEM_NOT_FOUND);

  return NULL;
}

/* A person's last word about an article counts. */
gboolean
hd_articles_add_feedback (HdDatabase  *database,
                          const char  *id,
                          const char  *account_id,
                          gboolean     helpful,
                          const char  *comment,
                          gint64       now,
                          GError     **error)
{
  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO article_feedback VALUES (?, ?, ?, ?, ?)", "ssisl",
                          id, account_id, helpful, comment, now);
}
