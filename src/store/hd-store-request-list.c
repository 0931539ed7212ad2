/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-search-query.h"
#include "hd-search-text.h"

/* Reading the person's requests: one, or those that a filter lets through. */

#define SUMMARY_COLUMNS \
  "r.id, r.number, r.kind, r.subject, r.offering_id, r.offering_name, r.status, r.status_label, r.waiting," \
  " r.priority, r.created, r.updated, r.closed, r.message_count, r.assignee, r.unread, r.complete"
#define N_SUMMARY_COLUMNS 17

/* Sets on a request what its row says. */
static void
set_summary (HdRequest   *request,
             HdStatement *row)
{
  g_autoptr (GDateTime) created_at = hd_statement_dup_date_time (row, 10);
  g_autoptr (GDateTime) updated_at = hd_statement_dup_date_time (row, 11);
  g_autoptr (GDateTime) closed_at = hd_statement_dup_date_time (row, 12);

  g_object_set (request,
                "id", hd_statement_get_text (row, 0),
                "number", hd_statement_get_text (row, 1),
                "kind", (HdKind) hd_statement_get_int (row, 2),
                "subject", hd_statement_get_text (row, 3),
                "offering-id", hd_statement_get_text (row, 4),
                "offering-name", hd_statement_get_text (row, 5),
                "status", (HdStatus) hd_statement_get_int (row, 6),
                "status-label", hd_statement_get_text (row, 7),
                "waiting-for-me", hd_statement_get_int (row, 8) != 0,
                "priority", (HdPriority) hd_statement_get_int (row, 9),
                "created-at", created_at,
                "updated-at", updated_at,
                "closed-at", closed_at,
                "message-count", hd_statement_get_int (row, 13),
                "assignee", hd_statement_get_text (row, 14),
                "unread", hd_statement_get_int (row, 15) != 0,
                "complete", hd_statement_get_int (row, 16) != 0,
                NULL);
}

static HdRequest *
new_request (HdStatement *row)
{
  const char *json = hd_statement_get_text (row, N_SUMMARY_COLUMNS);
  HdRequest *request = json != NULL ? hd_record_new_from_string (HD_TYPE_REQUEST, json, NULL) : NULL;

  /* Without a conversation its lists are empty, but there. */
  return request != NULL ? request : hd_record_new_from_string (HD_TYPE_REQUEST, "{\"id\":\"\"}", NULL);
}

static gboolean
run_get_request (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT " SUMMARY_COLUMNS ", c.json FROM items.requests AS r"
                       " LEFT JOIN items.conversations AS c ON c.row = r.row WHERE r.id = ?", "s", call->id);
  HdStep step = statement != NULL ? hd_statement_step (statement, error) : HD_STEP_ERROR;

  if (step == HD_STEP_ROW)
    {
      HdRequest *request = new_request (statement);

      set_summary (request, statement);
      hd_store_call_take (call, request, g_object_unref);
    }

  return step != HD_STEP_ERROR;
}

/**
 * hd_store_get_request_async:
 * @self: a store
 * @request_id: a request
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * With the conversation as far as it is kept; “complete” tells whether that is all.
 */
void
hd_store_get_request_async (HdStore             *self,
                            const char          *request_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_request, hd_store_get_request_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (request_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_request, HdRequest *)

static const char *const sort_orders[][2] = {
  [HD_REQUEST_SORT_UPDATED] = { "r.updated", "r.updated DESC" },
  [HD_REQUEST_SORT_NUMBER] = { "length (r.number), r.number", "length (r.number) DESC, r.number DESC" },
  [HD_REQUEST_SORT_SUBJECT] = { "r.subject_key", "r.subject_key DESC" },
  [HD_REQUEST_SORT_KIND] = { "r.kind", "r.kind DESC" },
  [HD_REQUEST_SORT_STATUS] = { "r.status", "r.status DESC" },
  [HD_REQUEST_SORT_PRIORITY] = { "r.priority", "r.priority DESC" },
  [HD_REQUEST_SORT_CREATED] = { "r.created", "r.created DESC" },
};

static const char *
get_sort_order (const HdRequestFilter *filter)
{
  guint i = filter->sort < G_N_ELEMENTS (sort_orders) ? filter->sort : HD_REQUEST_SORT_UPDATED;

  return sort_orders[i][filter->descending ? 1 : 0];
}

static const char *
get_scope_condition (HdRequestScope scope)
{
  switch (scope)
    {
    case HD_REQUEST_SCOPE_OPEN:
      return "r.status NOT IN (3, 4)";
    case HD_REQUEST_SCOPE_CLOSED:
      return "r.status IN (3, 4)";
    case HD_REQUEST_SCOPE_WAITING:
      return "r.waiting";
    case HD_REQUEST_SCOPE_ALL:
    default:
      return "1";
    }
}

G_STATIC_ASSERT (HD_STATUS_CLOSED == 3 && HD_STATUS_CANCELLED == 4);

/* Parameters: 1 kind, 2 status, 3 since, 4 whether there are words, 5 number, 6 words, 7 limit. */
static HdStatement *
query_requests (HdStoreCall  *call,
                HdDatabase   *database,
                GError      **error)
{
  const HdRequestFilter *filter = &call->filter;
  g_autofree char *text = g_strstrip (hd_search_text_normalize (filter->text));
  g_auto (HdSearchQuery) query = { 0 };
  g_autofree char *number = hd_search_text_dup_number (text);
  gint64 since = filter->days > 0 ? g_get_real_time () - (gint64) filter->days * G_TIME_SPAN_DAY : G_MININT64;
  const char *match;
  g_autofree char *sql =
    g_strdup_printf ("SELECT " SUMMARY_COLUMNS " FROM items.requests AS r"
                     " WHERE %s AND (?1 = 0 OR r.kind = ?1) AND (?2 = 0 OR r.status = ?2) AND r.updated >= ?3"
                     "   AND (NOT ?4 OR substr (lower (r.number), 1, length (?5)) = ?5"
                     "        OR r.row IN (SELECT rowid FROM items.request_search WHERE request_search MATCH ?6))"
                     " ORDER BY %s, r.updated DESC, r.id LIMIT ?7",
                     get_scope_condition (filter->scope), get_sort_order (filter));

  if (text[0] != '\0')
    hd_store_index_for_search (database);
  hd_search_query_init (&query, database, text);
  /* FTS5 must always be asked something; nothing is called so. */
  match = query.all != NULL ? query.all : "\"\"";
  return hd_database_query (database, error, sql, "ddldssd", (int) filter->kind, (int) filter->status, since,
                            text[0] != '\0', number, match, filter->limit > 0 ? (int) filter->limit : -1);
}

static gboolean
run_list_requests (HdStoreCall  *call,
                   HdDatabase   *database,
                   GError      **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HdStatement) statement = query_requests (call, database, error);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      HdRequest *request = g_object_new (HD_TYPE_REQUEST, NULL);

      set_summary (request, statement);
      g_ptr_array_add (records, request);

      if (hd_store_call_is_cancelled (call, error))
        return FALSE;
    }

  return step == HD_STEP_DONE && hd_store_list_result (call, g_steal_pointer (&records), HD_TYPE_REQUEST);
}

/* As hd_store_list_requests_async(), for who chooses whether to wait where there are words. */
void
hd_store_list_requests_words_async (HdStore               *self,
                                    const HdRequestFilter *filter,
                                    HdStoreWords           words,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data)
{
  gboolean has_words = filter->text != NULL && *filter->text != '\0';
  HdStoreCall *call = hd_store_call_new (self, has_words ? HD_STORE_BARE : HD_STORE_READ, run_list_requests,
                                         hd_store_list_requests_async, cancellable, callback, user_data);

  call->words = has_words ? words : HD_STORE_NO_WORDS;
  call->filter = *filter;
  call->filter.text = g_strdup (filter->text);
  hd_store_call_push (call);
}

void
hd_store_list_requests_async (HdStore               *self,
                              const HdRequestFilter *filter,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  hd_store_list_requests_words_async (self, filter, HD_STORE_ALL_WORDS, cancellable, callback, user_data);
}

HD_STORE_DEFINE_FINISH_POINTER (list_requests, GListModel *)

static gboolean
run_list_stale_requests (HdStoreCall  *call,
                         HdDatabase   *database,
                         GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT id FROM items.requests WHERE NOT complete AND NOT " HD_STORE_CLOSED_BEFORE
                       " ORDER BY status IN (3, 4), updated DESC, id LIMIT ?2",
                       "ld", call->mark, call->limit > 0 ? (int) call->limit : -1);

  return hd_store_read_strv (call, statement, error);
}

void
hd_store_list_stale_requests_async (HdStore             *self,
                                    guint                keep_days,
                                    guint                limit,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_list_stale_requests,
                                         hd_store_list_stale_requests_async, cancellable, callback, user_data);

  /* Nothing was closed before 1970. */
  call->mark = keep_days > 0 ? hd_store_days_ago (keep_days) : 0;
  call->limit = limit;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (list_stale_requests, GStrv)

static void
free_number (gpointer number)
{
}

/* Leaves the number that a query finds. */
static gboolean
read_number (HdStoreCall  *call,
             HdDatabase   *database,
             const char   *sql,
             GError      **error)
{
  gint64 n;

  if (!hd_database_get_int (database, &n, error, sql, ""))
    return FALSE;

  hd_store_call_take (call, GSIZE_TO_POINTER ((gsize) n), free_number);
  return TRUE;
}

static gssize
finish_number (HdStore       *self,
               GAsyncResult  *result,
               gpointer       source_tag,
               GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  gpointer number = hd_store_call_finish (self, result, source_tag, &local_error);

  if (local_error == NULL)
    return (gssize) GPOINTER_TO_SIZE (number);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

static gboolean
run_count_unread (HdStoreCall  *call,
                  HdDatabase   *database,
                  GError      **error)
{
  return read_number (call, database, "SELECT count (*) FROM items.requests WHERE unread", error);
}

void
hd_store_count_unread_async (HdStore             *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_count_unread, hd_store_count_unread_async,
                                         cancellable, callback, user_data));
}

gssize
hd_store_count_unread_finish (HdStore       *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return finish_number (self, result, hd_store_count_unread_async, error);
}

static gboolean
run_mark_requests (HdStoreCall  *call,
                   HdDatabase   *database,
                   GError      **error)
{
  return read_number (call, database, "SELECT coalesce (max (row), 0) FROM items.requests", error);
}

void
hd_store_mark_requests_async (HdStore             *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_mark_requests, hd_store_mark_requests_async,
                                         cancellable, callback, user_data));
}

gssize
hd_store_mark_requests_finish (HdStore       *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return finish_number (self, result, hd_store_mark_requests_async, error);
}
