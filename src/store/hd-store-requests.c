/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include <locale.h>

#include "hd-search-text.h"

/*
 * Keeping the person's requests.  A summary is a row with a column for each
 * member, since thousands of them are sorted and listed; a conversation is one JSON.
 *
 * What is unread: the row remembers the state and the number of messages of
 * others that the person has seen.  Where only summaries are known, any move
 * counts; the conversation, once it comes, tells whether it was the person's own.
 */

typedef struct
{
  gint64   row;  /* 0: not kept yet */
  gint64   updated;
  gint64   message_count;
  HdStatus status;
  gboolean unread;
  HdStatus seen_status;
  gint64   seen_messages;
  char    *subject;  /* (owned) (nullable) */
} Kept;

static void
kept_clear (Kept *kept)
{
  g_clear_pointer (&kept->subject, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static gboolean
find_kept (HdDatabase  *database,
           const char  *id,
           Kept        *kept,
           GError     **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT row, updated, message_count, status, unread, seen_status, seen_messages, subject"
                       " FROM items.requests WHERE id = ?", "s", id);
  HdStep step = statement != NULL ? hd_statement_step (statement, error) : HD_STEP_ERROR;

  if (step == HD_STEP_ROW)
    {
      kept->row = hd_statement_get_int (statement, 0);
      kept->updated = hd_statement_get_int (statement, 1);
      kept->message_count = hd_statement_get_int (statement, 2);
      kept->status = (HdStatus) hd_statement_get_int (statement, 3);
      kept->unread = hd_statement_get_int (statement, 4) != 0;
      kept->seen_status = (HdStatus) hd_statement_get_int (statement, 5);
      kept->seen_messages = hd_statement_get_int (statement, 6);
      kept->subject = g_strdup (hd_statement_get_text (statement, 7));
    }

  return step != HD_STEP_ERROR;
}

static gint64
count_messages (HdRequest *request)
{
  GListModel *messages = hd_request_get_messages (request);
  gint64 n = messages != NULL ? g_list_model_get_n_items (messages) : 0;

  return MAX (n, hd_request_get_message_count (request));
}

static gint64
count_messages_of_others (HdRequest *request)
{
  GListModel *messages = hd_request_get_messages (request);
  gint64 n = 0;

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);

      n += !hd_message_get_mine (message);
    }

  return n;
}

static gboolean
has_moved_on (const Kept *kept,
              HdRequest  *request)
{
  return hd_database_date_time (hd_request_get_updated_at (request)) > kept->updated ||
         hd_request_get_status (request) != kept->status ||
         count_messages (request) > kept->message_count;
}

static gboolean
write_summary (HdDatabase  *database,
               HdRequest   *request,
               gboolean     unread,
               GError     **error)
{
  const char *subject = hd_request_get_subject (request);
  g_autofree char *key = g_utf8_collate_key (subject != NULL ? subject : "", -1);

  return hd_database_run (database, error,
                          "INSERT INTO items.requests (id, number, kind, subject, subject_key, offering_id,"
                          " offering_name, status, status_label, waiting, priority, created, updated, closed,"
                          " message_count, assignee, unread, seen_status)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?8)"
                          " ON CONFLICT (id) DO UPDATE SET number = ?2, kind = ?3, subject = ?4, subject_key = ?5,"
                          " offering_id = ?6, offering_name = ?7, status = ?8, status_label = ?9, waiting = ?10,"
                          " priority = ?11, created = ?12, updated = ?13, closed = ?14, message_count = ?15,"
                          " assignee = ?16, unread = ?17",
                          "ssdssssdsddllllsd",
                          hd_request_get_id (request), hd_request_get_number (request),
                          (int) hd_request_get_kind (request), subject, key,
                          hd_request_get_offering_id (request), hd_request_get_offering_name (request),
                          (int) hd_request_get_status (request), hd_request_get_status_label (request),
                          hd_request_get_waiting_for_me (request), (int) hd_request_get_priority (request),
                          hd_database_date_time (hd_request_get_created_at (request)),
                          hd_database_date_time (hd_request_get_updated_at (request)),
                          hd_database_date_time (hd_request_get_closed_at (request)),
                          count_messages (request), hd_request_get_assignee (request), unread != FALSE);
}

static gboolean
write_sort_keys (HdDatabase  *database,
                 GError     **error)
{
  g_autoptr (HdStatement) statement = hd_database_query (database, error, "SELECT row, subject FROM items.requests", "");
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      const char *subject = hd_statement_get_text (statement, 1);
      g_autofree char *key = g_utf8_collate_key (subject != NULL ? subject : "", -1);

      if (!hd_database_run (database, error, "UPDATE items.requests SET subject_key = ? WHERE row = ?",
                            "sl", key, hd_statement_get_int (statement, 0)))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

/**
 * hd_store_renew_sort_keys:
 * @database: the connection, in a transaction
 * @error: return location for an error
 *
 * Sort keys belong to a language; they are made anew where the person changed it.
 */
gboolean
hd_store_renew_sort_keys (HdDatabase  *database,
                          GError     **error)
{
  const char *locale = setlocale (LC_COLLATE, NULL);
  g_autofree char *known =
    hd_database_get_text (database, error, "SELECT value FROM items.person WHERE key = 'collation'", "");

  return g_strcmp0 (known, locale) == 0 ||
         (write_sort_keys (database, error) &&
          hd_database_run (database, error, "INSERT OR REPLACE INTO items.person (key, value) VALUES ('collation', ?)",
                           "s", locale));
}

/* Whether the conversation is as new as the summary. */
static gboolean
update_complete (HdDatabase  *database,
                 gint64       row,
                 GError     **error)
{
  return hd_database_run (database, error,
                          "UPDATE items.requests SET complete = EXISTS (SELECT 1 FROM items.conversations AS c"
                          "  WHERE c.row = requests.row AND c.updated >= requests.updated"
                          "    AND c.message_count >= requests.message_count)"
                          " WHERE row = ?", "l", row);
}

static void
append_value (GString    *string,
              const char *value)
{
  if (value == NULL)
    return;

  g_string_append (string, value);
  g_string_append_c (string, ' ');
}

static char *
normalize_and_free (GString *string)
{
  char *normalized = hd_search_text_normalize (string->str);

  g_string_free (string, TRUE);
  return normalized;
}

static char *
dup_details (HdRequest *request)
{
  GString *string = g_string_new (NULL);
  GListModel *fields = hd_request_get_fields (request);

  append_value (string, hd_request_get_offering_name (request));

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (HdFieldValue) field = g_list_model_get_item (fields, i);

      append_value (string, hd_field_value_get_value (field));
    }

  return normalize_and_free (string);
}

static char *
dup_conversation_text (HdRequest *request)
{
  GString *string = g_string_new (NULL);
  GListModel *messages = hd_request_get_messages (request);

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);

      append_value (string, hd_message_get_text (message));
    }

  return normalize_and_free (string);
}

/* Behind, or by the first search. */
static gboolean
index_request (HdDatabase  *database,
               gint64       row,
               HdRequest   *request,
               GError     **error)
{
  g_autofree char *subject = hd_search_text_normalize (hd_request_get_subject (request));
  g_autofree char *details = dup_details (request);
  g_autofree char *messages = dup_conversation_text (request);

  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO items.request_texts (row, number, title, details, messages)"
                          " VALUES (?, ?, ?, ?, ?)",
                          "lssss", row, hd_request_get_number (request), subject, details, messages);
}

/* Writes the summary and finds its row. */
static gboolean
keep_summary (HdDatabase  *database,
              HdRequest   *request,
              gboolean     unread,
              Kept        *kept,
              GError     **error)
{
  if (!write_summary (database, request, unread, error))
    return FALSE;

  if (kept->row != 0)
    return TRUE;

  kept->row = hd_database_get_last_rowid (database);
  return TRUE;
}

static gboolean
merge_summary (HdDatabase  *database,
               HdRequest   *request,
               GError     **error)
{
  g_auto (Kept) kept = { 0 };
  gboolean known, unread;

  if (!find_kept (database, hd_request_get_id (request), &kept, error))
    return FALSE;

  /* What was fetched by itself meanwhile may be newer than the list. */
  known = kept.row != 0;
  if (known && hd_database_date_time (hd_request_get_updated_at (request)) < kept.updated)
    return TRUE;

  unread = known && (kept.unread || has_moved_on (&kept, request));

  return keep_summary (database, request, unread, &kept, error) &&
         update_complete (database, kept.row, error) &&
         ((known && g_strcmp0 (kept.subject, hd_request_get_subject (request)) == 0) ||
          index_request (database, kept.row, request, error));
}

static gboolean
delete_unlisted (HdDatabase  *database,
                 GHashTable  *listed,
                 gint64       mark,
                 GError     **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT row, id FROM items.requests WHERE row <= ?", "l", mark);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      gint64 row = hd_statement_get_int (statement, 0);

      if (!g_hash_table_contains (listed, hd_statement_get_text (statement, 1)))
        g_array_append_val (rows, row);
    }

  for (guint i = 0; step == HD_STEP_DONE && i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      if (!hd_database_run (database, error, "INSERT OR REPLACE INTO items.request_texts (row) VALUES (?)", "l", row) ||
          !hd_database_run (database, error, "DELETE FROM items.requests WHERE row = ?", "l", row))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

static gboolean
run_apply_requests (HdStoreCall  *call,
                    HdDatabase   *database,
                    GError      **error)
{
  GListModel *items = hd_request_page_get_items (call->record);
  guint n = items != NULL ? g_list_model_get_n_items (items) : 0;
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_whole = call->mark != HD_STORE_PART_OF_LIST;

  /* A sync that brings nothing changes nothing. */
  call->topics = n > 0 || is_whole ? HD_STORE_REQUESTS : 0;
  hd_store_index_soon (call->store);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HdRequest) request = g_list_model_get_item (items, i);

      if (hd_store_call_is_cancelled (call, error) || !merge_summary (database, request, error))
        return FALSE;

      g_hash_table_add (listed, g_strdup (hd_request_get_id (request)));
    }

  return !is_whole || delete_unlisted (database, listed, call->mark, error);
}

/**
 * hd_store_apply_requests_async:
 * @self: a store
 * @page: summaries, not to be changed any more
 * @whole_mark: %HD_STORE_PART_OF_LIST, or, where these are all there are, the mark
 *   of hd_store_mark_requests_async() from before they were asked for
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * A request that was not known is taken as read, for the person filed it.  One
 * that was filed while the list was on its way is not missed in it.
 */
void
hd_store_apply_requests_async (HdStore             *self,
                               HdRequestPage       *page,
                               gssize               whole_mark,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_apply_requests, hd_store_apply_requests_async,
                                         cancellable, callback, user_data);

  call->record = g_object_ref (page);
  call->mark = whole_mark;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (apply_requests)

/* What the person has not seen of a whole conversation. */
static gboolean
is_unread (const Kept *kept,
           HdRequest  *request,
           gint64      others)
{
  GListModel *messages = hd_request_get_messages (request);
  guint n = messages != NULL ? g_list_model_get_n_items (messages) : 0;
  g_autoptr (HdMessage) last = n > 0 ? g_list_model_get_item (messages, n - 1) : NULL;

  if (kept->row == 0)
    return FALSE;

  if (kept->seen_messages >= 0)
    return others > kept->seen_messages || hd_request_get_status (request) != kept->seen_status;

  /* The first conversation of a request that was known by its summary. */
  return hd_request_get_status (request) != kept->seen_status ||
         ((kept->unread || has_moved_on (kept, request)) && last != NULL && !hd_message_get_mine (last));
}

static gboolean
note_seen (HdDatabase  *database,
           gint64       row,
           GError     **error)
{
  return hd_database_run (database, error,
                          "UPDATE items.requests SET unread = 0, seen_status = status, seen_messages ="
                          "  coalesce ((SELECT others FROM items.conversations AS c WHERE c.row = requests.row), -1)"
                          " WHERE row = ?", "l", row);
}

/**
 * hd_store_keep_request:
 * @database: the connection, in a transaction
 * @request: a request with its conversation
 * @seen: whether it is the answer to what the person did
 * @error: return location for an error
 */
gboolean
hd_store_keep_request (HdDatabase  *database,
                       HdRequest   *request,
                       gboolean     seen,
                       GError     **error)
{
  g_auto (Kept) kept = { 0 };
  g_autofree char *json = hd_record_to_string (HD_RECORD (request));
  gint64 updated = hd_database_date_time (hd_request_get_updated_at (request));
  gint64 others = count_messages_of_others (request);
  gboolean known, unread;

  if (!find_kept (database, hd_request_get_id (request), &kept, error))
    return FALSE;

  known = kept.row != 0;
  unread = !seen && is_unread (&kept, request, others);

  /* The summary may be newer; then this conversation is kept, but not complete. */
  if ((!known || updated >= kept.updated) && !keep_summary (database, request, unread, &kept, error))
    return FALSE;

  if (!hd_database_run (database, error,
                        "INSERT OR REPLACE INTO items.conversations (row, updated, message_count, others, json, client_key)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
                        "llllss", kept.row, updated, count_messages (request), others, json,
                        hd_request_get_client_key (request)) ||
      !update_complete (database, kept.row, error) ||
      !index_request (database, kept.row, request, error))
    return FALSE;

  /* Read as far as it goes: later messages are told apart by their number. */
  return unread || (known && updated < kept.updated && !seen) || note_seen (database, kept.row, error);
}

static gboolean
run_put_request (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  call->topics = HD_STORE_REQUESTS;
  hd_store_index_soon (call->store);
  return hd_store_keep_request (database, call->record, FALSE, error);
}

/**
 * hd_store_put_request_async:
 * @self: a store
 * @request: a request with its conversation; not to be changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * It becomes unread where others wrote or changed its state since the person
 * last saw it, and read where all that is new is the person's own.
 */
void
hd_store_put_request_async (HdStore             *self,
                            HdRequest           *request,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_request, hd_store_put_request_async,
                                         cancellable, callback, user_data);

  call->record = g_object_ref (request);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_request)

static gboolean
run_mark_read (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  g_auto (Kept) kept = { 0 };

  if (!find_kept (database, call->id, &kept, error))
    return FALSE;

  if (kept.row == 0)
    return TRUE;

  call->topics = kept.unread ? HD_STORE_REQUESTS : 0;
  return note_seen (database, kept.row, error);
}

void
hd_store_mark_read_async (HdStore             *self,
                          const char          *request_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_mark_read, hd_store_mark_read_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (request_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (mark_read)
