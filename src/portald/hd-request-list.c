/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-request-list.h"

#include "hd-json.h"
#include "hd-problem.h"
#include "hd-requests.h"
#include "hd-text.h"

/*
 * My requests: filtered, sorted, page by page.
 *
 * A page's cursor says after which row the next one begins, so rows that come
 * or go meanwhile shift nothing.  It carries the first page's “as of”: what
 * changes while somebody reads the pages is part of the next delta.
 */

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 200
/* Each word is a condition, and SQLite nests no more than a thousand. */
#define MAX_WORDS 100

typedef struct
{
  const char *name;
  const char *sql;
} Sort;

static const Sort sorts[] = {
  { "updated_at", "updated_at" },
  { "created_at", "created_at" },
  { "number", "number" },
  { "subject", "subject_key" },
  { "kind", "kind" },
  { "status",
    "CASE status WHEN 'registered' THEN 1 WHEN 'in-progress' THEN 2 WHEN 'closed' THEN 3 ELSE 4 END" },
  { "priority",
    "CASE priority WHEN 'low' THEN 1 WHEN 'normal' THEN 2 WHEN 'high' THEN 3"
    " WHEN 'critical' THEN 4 ELSE 0 END" },
};

typedef struct
{
  GString    *where;       /* (owned) */
  GPtrArray  *parameters;  /* (owned) (element-type utf8) */
  const Sort *sort;
  gboolean    is_descending;
  gint64      limit;
  gint64      as_of;
} Query;

static void
query_clear (Query *query)
{
  g_string_free (query->where, TRUE);
  g_ptr_array_unref (query->parameters);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

/* Everything is bound as text; what is compared with a number is cast. */
static void
add_condition (Query      *query,
               const char *sql,
               const char *parameter)
{
  g_string_append_printf (query->where, " AND %s", sql);

  if (parameter != NULL)
    g_ptr_array_add (query->parameters, g_strdup (parameter));
}

/**
 * hd_as_of_format:
 * @database: the database
 * @change: a value of the counter of changes
 *
 * Returns: (transfer full): what clients get for it.  Names the database too:
 *   the count of one that was made anew is another count.
 */
char *
hd_as_of_format (HdDatabase *database,
                 gint64      change)
{
  g_autofree char *instance = hd_database_dup_meta (database, "instance");

  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, instance, change);
}

/* Returns: the count; 0, so everything, for what is not one of this database, or is ahead of it, as after its restoring. */
gint64
hd_as_of_parse (HdDatabase *database,
                const char *text)
{
  g_autofree char *instance = hd_database_dup_meta (database, "instance");
  g_autofree char *prefix = g_strconcat (instance, "-", NULL);
  gint64 change;

  if (text == NULL || !g_str_has_prefix (text, prefix) ||
      !g_ascii_string_to_signed (text + strlen (prefix), 10, 0, hd_database_last_change (database), &change, NULL))
    return 0;

  return change;
}

static gboolean
add_list (Query              *query,
          const char         *column,
          const char         *text,
          const char *const  *known,
          GError            **error)
{
  g_auto (GStrv) values = g_strsplit (text, ",", -1);
  g_autoptr (GString) sql = g_string_new (column);

  for (guint i = 0; values[i] != NULL; i++)
    {
      if (!g_strv_contains (known, values[i]))
        return hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);

      g_string_append (sql, i == 0 ? " IN (?" : ", ?");
      g_ptr_array_add (query->parameters, g_strdup (values[i]));
    }

  if (values[0] == NULL)
    return TRUE;

  g_string_append_c (sql, ')');
  add_condition (query, sql->str, NULL);
  return TRUE;
}

static gboolean
add_words (Query       *query,
           const char  *text,
           GError     **error)
{
  g_auto (GStrv) words = hd_text_split_words (text);

  if (g_strv_length (words) > MAX_WORDS)
    return hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);

  for (guint i = 0; words[i] != NULL; i++)
    add_condition (query, "INSTR (number || char (10) || words, ?) > 0", words[i]);

  return TRUE;
}

static gboolean
add_filters (Query   *query,
             HdCall  *call,
             GError **error)
{
  static const char *const kinds[] = { "request", "incident", NULL };
  static const char *const statuses[] = {
    "registered", "in-progress", "closed", "cancelled", NULL
  };
  const char *kind = hd_call_get_query (call, "kind");
  const char *status = hd_call_get_query (call, "status");
  const char *waiting = hd_call_get_query (call, "waiting");

  if ((kind != NULL && !add_list (query, "kind", kind, kinds, error)) ||
      (status != NULL && !add_list (query, "status", status, statuses, error)))
    return FALSE;

  if (g_strcmp0 (waiting, "true") == 0)
    add_condition (query, "waiting = 1", NULL);
  else if (g_strcmp0 (waiting, "false") == 0)
    add_condition (query, "waiting = 0", NULL);
  else if (waiting != NULL)
    return hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);

  return hd_call_get_query (call, "q") == NULL || add_words (query, hd_call_get_query (call, "q"), error);
}

static gboolean
set_order (Query   *query,
           HdCall  *call,
           GError **error)
{
  const char *sort = hd_call_get_query (call, "sort");
  const char *order = hd_call_get_query (call, "order");

  query->sort = sort == NULL ? &sorts[0] : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sorts) && query->sort == NULL; i++)
    {
      if (g_str_equal (sorts[i].name, sort))
        query->sort = &sorts[i];
    }

  query->is_descending = g_strcmp0 (order, "asc") != 0;

  if (query->sort == NULL ||
      (order != NULL && !g_str_equal (order, "asc") && !g_str_equal (order, "desc")))
    return hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);

  return TRUE;
}

static char *
format_cursor (Query      *query,
               const char *key,
               const char *number)
{
  g_autoptr (JsonNode) node = hd_text_take_object (json_object_new ());
  JsonObject *object = json_node_get_object (node);
  g_autofree char *text = NULL;
  char *cursor;

  hd_text_add_string (object, "sort", query->sort->name);
  hd_text_add_string (object, "key", key);
  hd_text_add_string (object, "number", number);
  json_object_set_int_member (object, "as_of", query->as_of);

  text = hd_text_from_json (node);
  cursor = g_base64_encode ((const guchar *) text, strlen (text));
  g_strdelimit (cursor, "+", '-');
  g_strdelimit (cursor, "/", '_');
  return cursor;
}

static JsonNode *
parse_cursor (const char *cursor)
{
  g_autofree char *copy = g_strdup (cursor);
  g_autofree guchar *data = NULL;
  gsize size;

  g_strdelimit (copy, "-", '+');
  g_strdelimit (copy, "_", '/');
  data = g_base64_decode (copy, &size);

  if (!g_utf8_validate ((const char *) data, (gssize) size, NULL))
    return NULL;

  return hd_json_parse_object ((const char *) data, size, NULL);
}

static gboolean
add_cursor (Query       *query,
            const char  *cursor,
            GError     **error)
{
  g_autoptr (JsonNode) node = parse_cursor (cursor);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  const char *key = hd_json_get_string (object, "key");
  const char *number = hd_json_get_string (object, "number");
  gboolean is_text = query->sort->sql == sorts[3].sql || query->sort->sql == sorts[4].sql;
  g_autofree char *sql = NULL;

  if (key == NULL || number == NULL ||
      g_strcmp0 (hd_json_get_string (object, "sort"), query->sort->name) != 0)
    return hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);

  sql = g_strdup_printf ("(%s, number) %s (%s, CAST (? AS INTEGER))", query->sort->sql,
                         query->is_descending ? "<" : ">", is_text ? "?" : "CAST (? AS INTEGER)");
  add_condition (query, sql, key);
  g_ptr_array_add (query->parameters, g_strdup (number));
  query->as_of = hd_json_get_int (object, "as_of", 0);
  return TRUE;
}

static HdRows *
prepare (Query       *query,
         HdDatabase  *database,
         const char  *columns,
         const char  *tail,
         GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM requests WHERE account_id = ?%s%s", columns,
                                          query->where->str, tail);
  HdRows *rows = hd_database_prepare (database, sql, error);

  for (guint i = 0; rows != NULL && i < query->parameters->len; i++)
    hd_rows_bind_text (rows, (int) i + 1, g_ptr_array_index (query->parameters, i));

  return rows;
}

static gboolean
read_page (Query       *query,
           HdDatabase  *database,
           JsonObject  *answer,
           GError     **error)
{
  const char *order = query->is_descending ? "DESC" : "ASC";
  g_autofree char *columns = g_strdup_printf (HD_REQUEST_COLUMNS ", %s", query->sort->sql);
  g_autofree char *tail = g_strdup_printf (" ORDER BY %s %s, number %s LIMIT %" G_GINT64_FORMAT,
                                           query->sort->sql, order, order, query->limit + 1);
  g_autoptr (HdRows) rows = prepare (query, database, columns, tail, error);
  g_autofree char *cursor = NULL;
  g_autoptr (GError) local_error = NULL;
  JsonArray *items;

  if (rows == NULL)
    return FALSE;

  items = json_array_new ();
  json_object_set_array_member (answer, "items", items);

  while (hd_rows_next (rows, &local_error))
    {
      /* One row more than asked for: there is another page. */
      if (json_array_get_length (items) == query->limit)
        {
          json_object_set_string_member (answer, "next_cursor", cursor);
          break;
        }

      json_array_add_object_element (items, hd_requests_read_row (rows));
      g_free (cursor);
      cursor = format_cursor (query, hd_rows_get_text (rows, 16), hd_rows_get_text (rows, 1));
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
count (Query       *query,
       HdDatabase  *database,
       JsonObject  *answer,
       GError     **error)
{
  g_autoptr (HdRows) rows = prepare (query, database, "COUNT (*)", "", error);

  if (rows == NULL || !hd_rows_next (rows, error))
    return FALSE;

  json_object_set_int_member (answer, "total", hd_rows_get_int (rows, 0));
  return TRUE;
}

static gboolean
run (Query       *query,
     HdCall      *call,
     JsonObject  *answer,
     GError     **error)
{
  HdDatabase *database = hd_call_get_database (call);
  const char *cursor = hd_call_get_query (call, "cursor");
  g_autofree char *as_of = NULL;

  if (!set_order (query, call, error) ||
      !hd_call_get_query_int (call, "limit", 1, MAX_LIMIT, &query->limit, error) ||
      !add_filters (query, call, error) ||
      !count (query, database, answer, error) ||
      (cursor != NULL && !add_cursor (query, cursor, error)) ||
      !read_page (query, database, answer, error))
    return FALSE;

  as_of = hd_as_of_format (database, query->as_of);
  json_object_set_string_member (answer, "as_of", as_of);
  return TRUE;
}

/**
 * hd_request_list:
 * @call: the call with its filters
 * @error: return location for an #HdProblem
 *
 * Returns: (transfer full) (nullable): a page of the person's requests
 */
JsonNode *
hd_request_list (HdCall  *call,
                 GError **error)
{
  HdDatabase *database = hd_call_get_database (call);
  const char *since = hd_call_get_query (call, "since");
  g_autoptr (JsonNode) node = hd_text_take_object (json_object_new ());
  g_auto (Query) query = {
    .where = g_string_new (NULL),
    .parameters = g_ptr_array_new_with_free_func (g_free),
    .limit = DEFAULT_LIMIT,
    .as_of = hd_database_last_change (database),
  };

  g_ptr_array_add (query.parameters, g_strdup (hd_call_get_user (call)->id));

  if (since != NULL)
    {
      g_autofree char *change = g_strdup_printf ("%" G_GINT64_FORMAT, hd_as_of_parse (database, since));

      add_condition (&query, "changed > CAST (? AS INTEGER)", change);
    }

  return run (&query, call, json_node_get_object (node), error) ? g_steal_pointer (&node) : NULL;
}
