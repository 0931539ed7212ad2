/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-search.h"

#include "hd-search-rank.h"
#include "hd-search-text.h"
#include "hd-store-private.h"

/*
 * Search, best first within a kind.
 */

#define N_KINDS (HD_RESULT_KIND_REQUEST + 1)

typedef struct
{
  HdStoreCall *call;  /* (unowned) */
  HdDatabase  *database;  /* (unowned) */
  GPtrArray   *results;  /* (owned) (element-type HdSearchResult) */
  GHashTable  *rows[N_KINDS];  /* (owned) (element-type gint64): what is in already */
  guint        left[N_KINDS];
  double       news_share;  /* of the best score: announcements with less are left out */
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
         GError      **error)
{
  HdResultKind kind = (HdResultKind) hd_statement_get_int (hit, 5);
  gint64 row = hd_statement_get_int (hit, 0);
  g_autoptr (GDateTime) updated_at = hd_statement_dup_date_time (hit, 4);
  const char *id = hd_statement_get_text (hit, 1);
  g_autofree char *icon = NULL;

  if (search->left[kind] == 0 || !g_hash_table_add (search->rows[kind], g_memdup2 (&row, sizeof row)))
    return TRUE;

  icon = dup_icon (search, kind, id, error);
  if (*error != NULL)
    return FALSE;

  search->left[kind]--;
  g_ptr_array_add (search->results,
                   g_object_new (HD_TYPE_SEARCH_RESULT,
                                 "kind", kind,
                                 "id", id,
                                 "title", hd_statement_get_text (hit, 2),
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
          GError      **error)
{
  g_autoptr (HdStatement) statement = hits;
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      if (!add_hit (search, statement, error))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

/* A full-text table. */
typedef struct
{
  HdSearchIndex index;
  const char   *get;      /* the columns of a hit, of the row that is its parameter */
  const char   *snippet;  /* row and snippet of what matches its parameter, of the rows of a JSON array */
} Table;

/* The same words, in any form and order; or what began so, or what goes on. */
#define FOR_WORDS \
  "(o.stems = ?2 OR (length (?1) >= 3 AND substr (o.words, 1, length (?1)) = ?1)" \
  " OR (length (o.words) >= 3 AND substr (?1, 1, length (o.words)) = o.words))"

#define MARKS "'" HD_SEARCH_MATCH_START "', '" HD_SEARCH_MATCH_END "', '…', 24"

/* The plus lets the query run once, not once a row: the beginning of a word is many words. */
static const Table published = {
  {
    "SELECT i.row, d.sz, i.kind, i.updated FROM main.indexed AS i"
    " JOIN main.portal_search_docsize AS d ON d.id = i.row ORDER BY i.row",
    "SELECT rowid, frequency (portal_search, 10.0, 4.0, 6.0, 1.0) FROM main.portal_search WHERE portal_search MATCH ?"
    " ORDER BY rowid",
    "SELECT i.row, sum (o.times) FROM items.opened AS o JOIN main.indexed AS i ON i.kind = o.kind AND i.id = o.id"
    " WHERE " FOR_WORDS " GROUP BY i.row",
  },
  /* News that are over are no news. */
  "SELECT row, id, title, detail, updated, kind FROM main.indexed WHERE row = ? AND NOT (kind = 1 AND id IN"
  " (SELECT id FROM main.announcements WHERE expires BETWEEN 1 AND CAST (strftime ('%s') AS INTEGER) * 1000000))",
  "SELECT rowid, snippet (portal_search, 3, " MARKS ") FROM main.portal_search WHERE portal_search MATCH ?"
  " AND +rowid IN (SELECT value FROM json_each (?))",
};

static const Table requests = {
  {
    "SELECT r.row, d.sz, 3, r.updated FROM items.requests AS r"
    " JOIN items.request_search_docsize AS d ON d.id = r.row ORDER BY r.row",
    "SELECT rowid, frequency (request_search, 8.0, 5.0, 1.0, 1.0) FROM items.request_search WHERE request_search MATCH ?"
    " ORDER BY rowid",
    "SELECT r.row, sum (o.times) FROM items.opened AS o JOIN items.requests AS r ON r.id = o.id"
    " WHERE o.kind = 3 AND " FOR_WORDS " GROUP BY r.row",
  },
  "SELECT row, id, coalesce (subject, offering_name), number, updated, 3 FROM items.requests WHERE row = ?",
  "SELECT rowid, snippet (request_search, -1, " MARKS ") FROM items.request_search WHERE request_search MATCH ?"
  " AND +rowid IN (SELECT value FROM json_each (?))",
};

G_STATIC_ASSERT (HD_RESULT_KIND_ARTICLE == 0 && HD_RESULT_KIND_ANNOUNCEMENT == 1 && HD_RESULT_KIND_REQUEST == 3);

/* Only for what is shown: a snippet costs as much as reading the text. */
static gboolean
add_snippets (Search       *search,
              const char   *match,
              const Table  *table,
              GHashTable   *found,
              GError      **error)
{
  g_autoptr (GString) rows = g_string_new ("[");
  g_autoptr (HdStatement) snippets = NULL;
  GHashTableIter iter;
  gpointer key;
  HdStep step = HD_STEP_ERROR;

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_string_append_printf (rows, "%s%" G_GINT64_FORMAT, rows->len > 1 ? "," : "", *(gint64 *) key);
  g_string_append_c (rows, ']');

  snippets = hd_database_query (search->database, error, table->snippet, "ss", match, rows->str);
  while (snippets != NULL && (step = hd_statement_step (snippets, error)) == HD_STEP_ROW)
    {
      gint64 row = hd_statement_get_int (snippets, 0);
      g_autofree char *markup = hd_search_text_to_markup (hd_statement_get_text (snippets, 1));

      g_object_set (g_hash_table_lookup (found, &row), "snippet", markup, NULL);
    }

  return step == HD_STEP_DONE;
}

static gboolean
add_found (Search              *search,
           const Table         *table,
           const HdSearchText  *text,
           GHashTable          *found,
           GError             **error)
{
  guint n_results = search->results->len;

  if (!add_hits (search, hd_database_query (search->database, error, table->get, "l", text->row), error))
    return FALSE;

  if (search->results->len > n_results)
    g_hash_table_insert (found, (gpointer) &text->row, search->results->pdata[n_results]);

  return TRUE;
}

/* Puts each hit to those of its kind; of these only so many are shown, and few are sorted. */
static void
sort_by_kind (Search *search,
              GArray *hits,
              GArray *best[N_KINDS])
{
  for (guint i = 0; i < N_KINDS; i++)
    best[i] = g_array_new (FALSE, FALSE, sizeof (HdSearchHit));

  for (guint i = 0; i < hits->len; i++)
    {
      HdSearchHit *hit = &g_array_index (hits, HdSearchHit, i);
      GArray *of_kind = best[hit->text->kind];
      guint n_shown = search->left[hit->text->kind];

      g_array_append_vals (of_kind, hit, 1);
      if (of_kind->len / 2 > n_shown)
        hd_search_hits_keep_best (of_kind, n_shown);
    }

  for (guint i = 0; i < N_KINDS; i++)
    hd_search_hits_keep_best (best[i], search->left[i]);
}

static double
get_best_score (GArray *hits)
{
  return hits->len > 0 ? g_array_index (hits, HdSearchHit, 0).score : 0;
}

static void
drop_news_that_say_little (Search *search,
                           GArray *best[N_KINDS])
{
  GArray *news = best[HD_RESULT_KIND_ANNOUNCEMENT];
  double least = search->news_share * get_best_score (best[HD_RESULT_KIND_ARTICLE]);

  while (news->len > 0 && g_array_index (news, HdSearchHit, news->len - 1).score < least)
    g_array_set_size (news, news->len - 1);
}

static gboolean
find (Search               *search,
      const HdSearchQuery  *query,
      const Table          *table,
      GError              **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) hits = NULL;
  GArray *best[N_KINDS];
  gboolean is_good = TRUE;

  if (query->terms->len == 0)
    return TRUE;

  hits = hd_search_ranker_rank (hd_database_get_search_ranker (search->database), query, &table->index, error);
  if (hits == NULL)
    return FALSE;

  sort_by_kind (search, hits, best);
  drop_news_that_say_little (search, best);

  for (guint i = 0; i < N_KINDS; i++)
    {
      g_autoptr (GArray) of_kind = best[i];

      for (guint j = 0; is_good && j < of_kind->len; j++)
        is_good = add_found (search, table, g_array_index (of_kind, HdSearchHit, j).text, found, error);
    }

  return is_good && (g_hash_table_size (found) == 0 || add_snippets (search, query->any, table, found, error));
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

  return add_hits (search, hits, error);
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

  if (!find (&search, &query, &published, error) || !find_request_numbers (&search, error) ||
      !find (&search, &query, &requests, error))
    return FALSE;

  g_ptr_array_sort (search.results, compare_kinds);
  return hd_store_list_result (call, g_steal_pointer (&search.results), HD_TYPE_SEARCH_RESULT);
}

static void
ask (HdStoreCall  *call,
     const char   *text,
     guint         limit,
     HdStoreWords  words)
{
  call->text = g_strdup (text);
  call->limit = limit;
  call->words = words;
  hd_store_call_push (call);
}

/* As hd_store_search_async(), for who chooses whether to wait. */
void
hd_store_search_words_async (HdStore             *self,
                             const char          *text,
                             guint                limit,
                             HdStoreWords         words,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_search, hd_store_search_async,
                                         cancellable, callback, user_data);

  ask (call, text, limit, words);
}

void
hd_store_search_async (HdStore             *self,
                       const char          *text,
                       guint                limit,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  hd_store_search_words_async (self, text, limit, HD_STORE_ALL_WORDS, cancellable, callback, user_data);
}

HD_STORE_DEFINE_FINISH_POINTER (search, GListModel *)

/* --- Beside a form --- */

/* News are first, if they say at least so much of what the best says. */
#define NEWS_SHARE 0.25
#define MOST_NEWS 2

static gboolean
add_outage (Search  *search,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *json =
    hd_database_get_text (search->database, &local_error, "SELECT json FROM main.objects WHERE key = 'info'", "");
  g_autoptr (HdPortalInfo) info = json != NULL ? hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json, NULL) : NULL;
  HdOutage *outage = info != NULL ? hd_portal_info_get_outage (info) : NULL;
  gint64 until = outage != NULL ? hd_database_date_time (hd_outage_get_until (outage)) : 0;

  if (outage != NULL && hd_outage_get_message (outage) != NULL && (until == 0 || until > g_get_real_time ()))
    g_ptr_array_add (search->results,
                     g_object_new (HD_TYPE_SEARCH_RESULT,
                                   "kind", HD_RESULT_KIND_ANNOUNCEMENT,
                                   "title", hd_outage_get_message (outage),
                                   "updated-at", hd_outage_get_since (outage),
                                   NULL));

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static int
compare_news (gconstpointer a,
              gconstpointer b)
{
  HdSearchResult *one = *(HdSearchResult **) a;
  HdSearchResult *other = *(HdSearchResult **) b;

  return (hd_search_result_get_kind (one) != HD_RESULT_KIND_ANNOUNCEMENT) -
         (hd_search_result_get_kind (other) != HD_RESULT_KIND_ANNOUNCEMENT);
}

static gboolean
run_suggest (HdStoreCall  *call,
             HdDatabase   *database,
             GError      **error)
{
  g_auto (Search) search = { 0 };
  g_auto (HdSearchQuery) query = { 0 };

  hd_store_index_for_search (database);
  hd_search_query_init (&query, database, call->text);
  search_init (&search, call, database);
  search.left[HD_RESULT_KIND_ANNOUNCEMENT] = MIN (search.left[HD_RESULT_KIND_ANNOUNCEMENT], MOST_NEWS);
  search.left[HD_RESULT_KIND_OFFERING] = 0;
  search.left[HD_RESULT_KIND_REQUEST] = 0;
  search.news_share = NEWS_SHARE;

  if (!add_outage (&search, error) || !find (&search, &query, &published, error))
    return FALSE;

  g_ptr_array_sort (search.results, compare_news);
  return hd_store_list_result (call, g_steal_pointer (&search.results), HD_TYPE_SEARCH_RESULT);
}

void
hd_store_suggest_async (HdStore             *self,
                        const char          *text,
                        guint                limit,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_suggest, hd_store_suggest_async,
                                         cancellable, callback, user_data);

  ask (call, text, limit, HD_STORE_ALL_WORDS);
}

HD_STORE_DEFINE_FINISH_POINTER (suggest, GListModel *)

/* --- What was meant --- */

static gboolean
run_suggest_spelling (HdStoreCall  *call,
                      HdDatabase   *database,
                      GError      **error)
{
  g_auto (HdSearchQuery) query = { 0 };

  hd_store_index_for_search (database);
  hd_search_query_init (&query, database, call->text);
  hd_store_call_take (call, g_steal_pointer (&query.meant), g_free);
  return TRUE;
}

void
hd_store_suggest_spelling_async (HdStore             *self,
                                 const char          *text,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_suggest_spelling, hd_store_suggest_spelling_async,
                                         cancellable, callback, user_data);

  ask (call, text, 0, HD_STORE_ALL_WORDS);
}

HD_STORE_DEFINE_FINISH_POINTER (suggest_spelling, char *)
