/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-search-rank.h"
#include "hd-search-text.h"

/*
 * Search, best first within a kind.  A snippet costs as much as reading the text, so that these are made
 * only for what is shown.
 */

#define N_KINDS (HD_RESULT_KIND_REQUEST + 1)

typedef struct
{
  HdStoreCall *call;  /* (unowned) */
  HdDatabase  *database;  /* (unowned) */
  GPtrArray   *results;  /* (owned) (element-type HdSearchResult) */
  GHashTable  *rows[N_KINDS];  /* (owned) (element-type gint64): what is in already */
  guint        left[N_KINDS];
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->results, g_ptr_array_unref);
  for (guint i = 0; i < N_KINDS; i++)
    g_clear_pointer (&search->rows[i], g_hash_table_unref);
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

  for (guint i = 0; i < N_KINDS; i++)
    {
      search->rows[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      search->left[i] = call->limit > 0 ? call->limit : G_MAXUINT;
    }
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

  if (search->left[kind] == 0 || !g_hash_table_add (search->rows[kind], g_memdup2 (&row, sizeof row)))
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

/* The rows of one full-text table, and what is shown of one of them. */
typedef struct
{
  const char *rank;  /* row, kind and score of what matches its parameter */
  const char *get;   /* the columns of a hit, of the row that is its parameter */
} Table;

static const Table published = {
  "SELECT i.row, i.kind, -bm25 (portal_search, 10.0, 4.0, 6.0, 1.0)"
  " FROM main.portal_search JOIN main.indexed AS i ON i.row = portal_search.rowid WHERE portal_search MATCH ?",
  "SELECT row, id, title, detail, updated, kind FROM main.indexed WHERE row = ?",
};

static const Table requests = {
  "SELECT rowid, 3, -bm25 (request_search, 8.0, 5.0, 1.0, 1.0) FROM items.request_search WHERE request_search MATCH ?",
  "SELECT row, id, coalesce (subject, offering_name), number, updated, 3 FROM items.requests WHERE row = ?",
};

G_STATIC_ASSERT (HD_RESULT_KIND_REQUEST == 3);

static gboolean
is_full (Search   *search,
         gboolean  articles_only)
{
  for (guint i = 0; i < N_KINDS; i++)
    {
      if (search->left[i] > 0 && (!articles_only || i == HD_RESULT_KIND_ARTICLE))
        return FALSE;
    }

  return TRUE;
}

static gboolean
find (Search               *search,
      const HdSearchQuery  *query,
      const Table          *table,
      gboolean              articles_only,
      GError              **error)
{
  g_autoptr (GArray) hits = NULL;

  if (query->terms->len == 0)
    return TRUE;

  hits = hd_search_rank (search->database, query, table->rank, error);

  for (guint i = 0; hits != NULL && i < hits->len && !is_full (search, articles_only); i++)
    {
      const HdSearchHit *hit = &g_array_index (hits, HdSearchHit, i);

      if (search->left[hit->kind] == 0 || (articles_only && hit->kind != HD_RESULT_KIND_ARTICLE))
        continue;

      if (!add_hits (search, hd_database_query (search->database, error, table->get, "l", hit->row), query->any, error))
        return FALSE;
    }

  return hits != NULL;
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

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  HdSearchResult *one = *(HdSearchResult **) a;
  HdSearchResult *other = *(HdSearchResult **) b;

  return (int) hd_search_result_get_kind (one) - (int) hd_search_result_get_kind (other);
}

static gboolean
run_search (HdStoreCall  *call,
            HdDatabase   *database,
            GError      **error)
{
  g_auto (Search) search = { 0 };
  g_auto (HdSearchQuery) query = { 0 };

  hd_store_index_for_search (database);
  hd_search_query_init (&query, database, call->text);
  search_init (&search, call, database);

  if (!find (&search, &query, &published, FALSE, error) || !find_request_numbers (&search, error) ||
      !find (&search, &query, &requests, FALSE, error))
    return FALSE;

  g_ptr_array_sort (search.results, compare_kinds);
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
  g_auto (HdSearchQuery) query = { 0 };

  hd_store_index_for_search (database);
  hd_search_query_init (&query, database, call->text);
  search_init (&search, call, database);

  return find (&search, &query, &published, TRUE, error) &&
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
