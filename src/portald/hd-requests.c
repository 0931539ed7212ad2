/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-requests.h"

#include "hd-problem.h"
#include "hd-text.h"

/*
 * Reading requests and incidents.
 */

static const char *const action_names[] = { "reply", "cancel", "reopen", "confirm", "rate" };

/**
 * hd_requests_allows:
 * @status: a request's status
 * @rating: its rating, 0 for none
 * @action: what its author may want to do
 *
 * Returns: whether that is possible now
 */
gboolean
hd_requests_allows (const char      *status,
                    int              rating,
                    HdRequestAction  action)
{
  gboolean is_closed = g_str_equal (status, "closed");
  gboolean is_in_progress = g_str_equal (status, "in-progress");
  gboolean is_open = is_in_progress || g_str_equal (status, "registered");

  switch (action)
    {
    case HD_REQUEST_ACTION_REPLY:
    case HD_REQUEST_ACTION_CANCEL:
      return is_open;
    case HD_REQUEST_ACTION_CONFIRM:
      return is_in_progress;
    case HD_REQUEST_ACTION_REOPEN:
      return is_closed;
    case HD_REQUEST_ACTION_RATE:
      return is_closed && rating == 0;
    default:
      return FALSE;
    }
}

/**
 * hd_requests_find:
 * @database: the database
 * @account_id: whose request it must be
 * @id: a request's id
 * @rating: (out) (optional): its rating
 * @error: return location for an #HdProblem
 *
 * Returns: (transfer full) (nullable): its status; somebody else's request is
 *   as unknown as one that does not exist
 */
char *
hd_requests_find (HdDatabase  *database,
                  const char  *account_id,
                  const char  *id,
                  int         *rating,
                  GError     **error)
{
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, error,
                            "SELECT status, rating FROM requests WHERE id = ? AND account_id = ?",
                            "ss", id, account_id);

  if (rows == NULL)
    return NULL;

  if (!hd_rows_next (rows, error))
    {
      if (error != NULL && *error == NULL)
        hd_problem_set (error, HD_PROBLEM_NOT_FOUND);

      return NULL;
    }

  if (rating != NULL)
    *rating = (int) hd_rows_get_int (rows, 1);

  return g_strdup (hd_rows_get_text (rows, 0));
}

/* Returns: (transfer full): the members that lists have. */
JsonObject *
hd_requests_read_row (HdRows *rows)
{
  JsonObject *object = json_object_new ();

  hd_text_add_string (object, "id", hd_rows_get_text (rows, 0));
  hd_text_add_string (object, "number", hd_rows_get_text (rows, 1));
  hd_text_add_string (object, "kind", hd_rows_get_text (rows, 2));
  hd_text_add_string (object, "subject", hd_rows_get_text (rows, 3));
  hd_text_add_string (object, "offering_id", hd_rows_get_text (rows, 4));
  hd_text_add_string (object, "offering_name", hd_rows_get_text (rows, 5));
  hd_text_add_string (object, "status", hd_rows_get_text (rows, 6));
  hd_text_add_string (object, "status_label", hd_rows_get_text (rows, 7));
  json_object_set_boolean_member (object, "waiting_for_me", hd_rows_get_int (rows, 8) != 0);
  hd_text_add_string (object, "priority", hd_rows_get_text (rows, 9));
  hd_text_add_time (object, "created_at", hd_rows_get_int (rows, 10));
  hd_text_add_time (object, "updated_at", hd_rows_get_int (rows, 11));
  hd_text_add_time (object, "closed_at", hd_rows_get_int (rows, 12));
  json_object_set_int_member (object, "message_count", hd_rows_get_int (rows, 13));
  hd_text_add_string (object, "assignee", hd_rows_get_text (rows, 14));
  return object;
}

/* Returns: (transfer full): a request's attachments, by what they belong to;
 * those of the request itself are under "". */
static GHashTable *
read_attachments (HdDatabase *database,
                  const char *request_id)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) json_array_unref);
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT IFNULL (message_id, ''), id, name, content_type, size, sha256,"
                            " field_id FROM attachments WHERE request_id = ? ORDER BY position",
                            "s", request_id);

  while (rows != NULL && hd_rows_next (rows, NULL))
    {
      JsonObject *object = json_object_new ();
      JsonArray *array = g_hash_table_lookup (table, hd_rows_get_text (rows, 0));

      hd_text_add_string (object, "id", hd_rows_get_text (rows, 1));
      hd_text_add_string (object, "name", hd_rows_get_text (rows, 2));
      hd_text_add_string (object, "content_type", hd_rows_get_text (rows, 3));
      json_object_set_int_member (object, "size", hd_rows_get_int (rows, 4));
      hd_text_add_string (object, "sha256", hd_rows_get_text (rows, 5));
      hd_text_add_string (object, "field_id", hd_rows_get_text (rows, 6));

      if (array == NULL)
        {
          array = json_array_new ();
          g_hash_table_insert (table, g_strdup (hd_rows_get_text (rows, 0)), array);
        }

      json_array_add_object_element (array, object);
    }

  return table;
}

static void
add_attachments (JsonObject *object,
                 GHashTable *attachments,
                 const char *message_id)
{
  JsonArray *array = g_hash_table_lookup (attachments, message_id);

  json_object_set_array_member (object, "attachments",
                                array != NULL ? json_array_ref (array) : json_array_new ());
}

#define MESSAGE_COLUMNS "id, author, mine, text, created_at"

static JsonObject *
read_message (HdRows     *rows,
              GHashTable *attachments)
{
  JsonObject *object = json_object_new ();

  hd_text_add_string (object, "id", hd_rows_get_text (rows, 0));
  hd_text_add_string (object, "author", hd_rows_get_text (rows, 1));
  json_object_set_boolean_member (object, "mine", hd_rows_get_int (rows, 2) != 0);
  hd_text_add_string (object, "text", hd_rows_get_text (rows, 3));
  hd_text_add_time (object, "created_at", hd_rows_get_int (rows, 4));
  add_attachments (object, attachments, hd_rows_get_text (rows, 0));
  return object;
}

static JsonArray *
read_messages (HdDatabase *database,
               const char *request_id,
               GHashTable *attachments)
{
  JsonArray *array = json_array_new ();
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT " MESSAGE_COLUMNS " FROM messages WHERE request_id = ?"
                            " ORDER BY position", "s", request_id);

  while (rows != NULL && hd_rows_next (rows, NULL))
    json_array_add_object_element (array, read_message (rows, attachments));

  return array;
}

static JsonArray *
read_history (HdDatabase *database,
              const char *request_id)
{
  JsonArray *array = json_array_new ();
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT status, status_label, at, by FROM history WHERE request_id = ?"
                            " ORDER BY position", "s", request_id);

  while (rows != NULL && hd_rows_next (rows, NULL))
    {
      JsonObject *object = json_object_new ();

      hd_text_add_string (object, "status", hd_rows_get_text (rows, 0));
      hd_text_add_string (object, "status_label", hd_rows_get_text (rows, 1));
      hd_text_add_time (object, "at", hd_rows_get_int (rows, 2));
      hd_text_add_string (object, "by", hd_rows_get_text (rows, 3));
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
list_actions (const char *status,
              int         rating)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (action_names); i++)
    {
      if (hd_requests_allows (status, rating, (HdRequestAction) i))
        json_array_add_string_element (array, action_names[i]);
    }

  return array;
}

/**
 * hd_requests_get_full:
 * @database: the database
 * @id: a request's id
 * @error: return location for an #HdProblem
 *
 * Returns: (transfer full) (nullable): the request with all there is about it
 */
JsonNode *
hd_requests_get_full (HdDatabase  *database,
                      const char  *id,
                      GError     **error)
{
  g_autoptr (HdRows) rows = NULL;
  g_autoptr (GHashTable) attachments = NULL;
  JsonObject *object;
  int rating;

  rows = hd_database_query (database, error,
                            "SELECT " HD_REQUEST_COLUMNS ", fields FROM requests WHERE id = ?", "s",
                            id);

  if (rows == NULL || !hd_rows_next (rows, error))
    {
      if (error != NULL && *error == NULL)
        hd_problem_set (error, HD_PROBLEM_NOT_FOUND);

      return NULL;
    }

  object = hd_requests_read_row (rows);
  rating = (int) hd_rows_get_int (rows, 15);
  attachments = read_attachments (database, id);

  json_object_set_int_member (object, "rating", rating);
  json_object_set_member (object, "fields", hd_text_to_json (hd_rows_get_text (rows, 16)));
  json_object_set_array_member (object, "messages", read_messages (database, id, attachments));
  json_object_set_array_member (object, "history", read_history (database, id));
  json_object_set_array_member (object, "actions",
                                list_actions (hd_rows_get_text (rows, 6), rating));
  add_attachments (object, attachments, "");
  return hd_text_take_object (object);
}

/* Returns: (transfer full) (nullable): one message. */
JsonNode *
hd_requests_get_message (HdDatabase  *database,
                         const char  *message_id,
                         GError     **error)
{
  g_autoptr (HdRows) rows = NULL;
  g_autoptr (GHashTable) attachments = NULL;

  rows = hd_database_query (database, error,
                            "SELECT " MESSAGE_COLUMNS ", request_id FROM messages WHERE id = ?", "s",
                            message_id);

  if (rows == NULL || !hd_rows_next (rows, error))
    return NULL;

  attachments = read_attachments (database, hd_rows_get_text (rows, 5));
  return hd_text_take_object (read_message (rows, attachments));
}
