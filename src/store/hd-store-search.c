/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-search-text.h"

/*
 * Search.  First what has all the words; where there is no such thing, what has
 * any.  A snippet costs as much as reading the text, so that these are made
 * only for what is shown.
 */

#define N_KINDS (HD_RESULT_KIND_REQUEST + 1)

typedef struct
{
  HdStoreCall *call;  /* (unowned) */
  HdDatabase  *database;  /* (unowned) */
  GPtrArray   *results;  /* (owned) (element-type HdSearchResult) */
  GHashTable  *request_rows;  /* (owned): requests that are in already */
  guint        left[N_KINDS];
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->results, g_ptr_array_unref);
  g_clear_pointer (&search->request_rows, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
search_init (Search      *search,
             HdStoreCall *call,
             HdDatabase  *database)
{
  search->call = call;
  search->database = database;
  search->results = g_ptr_array_new_with_free_func (g_object_unref);
  search->request_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < N_KINDS; i++)
    search->left[i] = call->limit > 0 ? call->limit : G_MAXUINT;
}

static char *
dup_snippet (Search       *search,
             HdResultKind  kind,
             gint64        row,
             const char   *match,
             GError      **error)
{
  const char *sql = kind == HD_RESULT_KIND_REQUEST
    ? "SELECT snippet (request_search, -1, '" HD_SEARCH_MATCH_START "', '" HD_SEARCH_MATCH_END "', '…', 24)"
                    " FROM items.request_search WHERE request_search MATCH ? AND rowid = ?"
    : "SELECT snippet (portal_search, 3, '" HD_SEARCH_MATCH_START "', '" HD_SEARCH_MATCH_END "', '…', 24)"
                    " FROM main.portal_search WHERE portal_search MATCH ? AND rowid = ?";
  g_autofree char *text = hd_database_get_text (search->database, error, sql, "sl", match, row);

  return hd_search_text_to_markup (text);
}

/* Returns: (transfer full) (nullable): that of an offering */
static char *
dup_icon (Search       *search,
          HdResultKind  kind,
          const char   *id,
          GError      **error)
{
  if (kind != HD_RESULT_KIND_OFFERING)
    return NULL;

  return hd_database_get_text (search->database, error,
                               "SELECT offering.value ->> 'icon'"
                               " FROM main.objects, json_each (objects.json, '$.offerings') AS offering"
                               " WHERE objects.key = 'catalog' AND offering.value ->> 'id' = ?", "s", id);
}

/* The columns of a hit: row, id, title, detail, updated, kind. */
static gboolean
add_hit (Search       *search,
         HdStatement  *hit,
         const char   *match,
         GError      **error)
{
  HdResultKind kind = (HdResultKind) hd_statement_get_int (hit, 5);
  gint64 row = hd_statement_get_int (hit, 0);
  g_autoptr (GDateTime) updated_at = hd_statement_dup_date_time (hit, 4);
  const char *id = hd_statement_get_text (hit, 1);
  g_autofree char *snippet = NULL;
  g_autofree char *icon = NULL;

  if (search->left[kind] == 0 ||
      (kind == HD_RESULT_KIND_REQUEST &&
       !g_hash_table_add (search->request_rows, g_memdup2 (&row, sizeof row))))
    return TRUE;

  if (match != NULL)
    snippet = dup_snippet (search, kind, row, match, error);
  if (*error == NULL)
    icon = dup_icon (search, kind, id, error);
  if (*error != NULL)
    return FALSE;

  search->left[kind]--;
  g_ptr_array_add (search->results,
                   g_object_new (HD_TYPE_SEARCH_RESULT,
                                 "kind", kind,
                                 "id", id,
                                 "title", hd_statement_get_text (hit, 2),
                                 "snippet", snippet,
                                 "detail", hd_statement_get_text (hit, 3),
                                 "icon", icon,
                                 "updated-at", updated_at,
                                 NULL));
  return TRUE;
}

/* Frees the statement. */
static gboolean
add_hits (Search       *search,
          HdStatement  *hits,
          const char   *match,
          GError      **error)
{
  g_autoptr (HdStatement) statement = hits;
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      if (!add_hit (search, statement, match, error))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

static gboolean
find_published (Search       *search,
                const char   *match,
                gboolean      articles_only,
                GError      **error)
{
  HdStatement *hits =
    hd_database_query (search->database, error,
                       "SELECT i.row, i.id, i.title, i.detail, i.updated, i.kind"
                       " FROM main.portal_search JOIN main.indexed AS i ON i.row = portal_search.rowid"
                       " WHERE portal_search MATCH ?1 AND (NOT ?2 OR i.kind = ?3)"
                       " ORDER BY i.kind, bm25 (portal_search, 10.0, 4.0, 6.0, 1.0)",
                       "sdd", match, articles_only, HD_RESULT_KIND_ARTICLE);

  return add_hits (search, hits, match, error);
}

static gboolean
find_requests (Search       *search,
               const char   *match,
               GError      **error)
{
  HdStatement *hits =
    hd_database_query (search->database, error,
                       "SELECT r.row, r.id, coalesce (r.subject, r.offering_name), r.number, r.updated, ?2"
                       " FROM items.request_search JOIN items.requests AS r ON r.row = request_search.rowid"
                       " WHERE request_search MATCH ?1"
                       " ORDER BY bm25 (request_search, 8.0, 5.0, 1.0, 1.0), r.updated DESC",
                       "sd", match, HD_RESULT_KIND_REQUEST);

  return add_hits (search, hits, match, error);
}

/* The number itself, then numbers that begin so. */
static gboolean
find_request_numbers (Search      *search,
                      GError     **error)
{
  g_autofree char *number = hd_search_text_dup_number (search->call->text);
  HdStatement *hits;

  if (number == NULL)
    return TRUE;

  hits = hd_database_query (search->database, error,
                            "SELECT r.row, r.id, coalesce (r.subject, r.offering_name), r.number, r.updated, ?2"
                            " FROM items.requests AS r WHERE substr (lower (r.number), 1, length (?1)) = ?1"
                            " ORDER BY lower (r.number) != ?1, r.updated DESC LIMIT 100",
                            "sd", number, HD_RESULT_KIND_REQUEST);

  return add_hits (search, hits, NULL, error);
}

static gboolean
run_search (HdStoreCall  *call,
            HdDatabase   *database,
            GError      **error)
{
  g_auto (Search) search = { 0 };
  g_auto (GStrv) terms = hd_search_text_tokenize (call->text);
  g_autofree char *all = hd_search_text_match_all ((const char *const *) terms);
  g_autofree char *any = hd_search_text_match_any ((const char *const *) terms);
  guint n_published;

  hd_store_index_for_search (database);
  search_init (&search, call, database);

  if (all != NULL && !find_published (&search, all, FALSE, error))
    return FALSE;
  if (all != NULL && search.results->len == 0 && !find_published (&search, any, FALSE, error))
    return FALSE;

  n_published = search.results->len;
  if (!find_request_numbers (&search, error) || (all != NULL && !find_requests (&search, all, error)))
    return FALSE;
  if (all != NULL && search.results->len == n_published && !find_requests (&search, any, error))
    return FALSE;

  return hd_store_list_result (call, g_steal_pointer (&search.results), HD_TYPE_SEARCH_RESULT);
}

void
hd_store_search_async (HdStore             *self,
                       const char          *text,
                       guint                limit,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_search, hd_store_search_async,
                                         cancellable, callback, user_data);

  call->text = g_strdup (text);
  call->limit = limit;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (search, GListModel *)

static gboolean
run_suggest_articles (HdStoreCall  *call,
                      HdDatabase   *database,
                      GError      **error)
{
  g_auto (Search) search = { 0 };
  g_auto (GStrv) terms = hd_search_text_tokenize (call->text);
  g_autofree char *any = hd_search_text_match_any ((const char *const *) terms);

  hd_store_index_for_search (database);
  search_init (&search, call, database);

  return (any == NULL || find_published (&search, any, TRUE, error)) &&
         hd_store_list_result (call, g_steal_pointer (&search.results), HD_TYPE_SEARCH_RESULT);
}

void
hd_store_suggest_articles_async (HdStore             *self,
                                 const char          *text,
                                 guint                limit,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_suggest_articles, hd_store_suggest_articles_async,
                                         cancellable, callback, user_data);

  call->text = g_strdup (text);
  call->limit = limit;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (suggest_articles, GListModel *)
