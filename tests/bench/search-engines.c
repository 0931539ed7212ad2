/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-engines.h"

#include "hd-html-text.h"
#include "hd-test-utils.h"

/* What is compared: FTS5 as SQLite has it, and the store. */

/* --- Times --- */

double
now_ms (void)
{
  return (double) g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

/* @times: (element-type double): sorted by this */
double
get_percentile (GArray *times,
                guint   percent)
{
  g_array_sort (times, compare_times);
  return times->len > 0 ? g_array_index (times, double, (times->len - 1) * percent / 100) : 0;
}

/* --- Plain FTS5 --- */

void
check_sqlite (int code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    g_error ("SQLite: %s", sqlite3_errstr (code));
}

sqlite3 *
open_plain (const char *path)
{
  sqlite3 *plain = NULL;

  check_sqlite (sqlite3_open (path, &plain));
  check_sqlite (sqlite3_exec (plain, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                              "CREATE VIRTUAL TABLE search USING fts5 (id UNINDEXED, title, body, tokenize = 'unicode61')",
                              NULL, NULL, NULL));
  return plain;
}

void
fill_plain (sqlite3   *plain,
            GPtrArray *pages)
{
  sqlite3_stmt *insert = NULL;

  check_sqlite (sqlite3_exec (plain, "BEGIN", NULL, NULL, NULL));
  check_sqlite (sqlite3_prepare_v2 (plain, "INSERT INTO search VALUES (?, ?, ?)", -1, &insert, NULL));

  for (guint i = 0; i < pages->len; i++)
    {
      Page *page = pages->pdata[i];
      g_autofree char *text = NULL;
      g_autofree char *headings = NULL;

      hd_html_to_text (page->body, &text, &headings);
      check_sqlite (sqlite3_bind_text (insert, 1, page->id, -1, SQLITE_TRANSIENT));
      check_sqlite (sqlite3_bind_text (insert, 2, page->title, -1, SQLITE_TRANSIENT));
      check_sqlite (sqlite3_bind_text (insert, 3, text, -1, SQLITE_TRANSIENT));
      check_sqlite (sqlite3_step (insert));
      check_sqlite (sqlite3_reset (insert));
    }

  sqlite3_finalize (insert);
  check_sqlite (sqlite3_exec (plain, "COMMIT", NULL, NULL, NULL));
}

/* The words joined by OR, the last one also as the beginning of one. */
static char *
dup_plain_match (const char *text)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  g_autofree char *plain = g_strdup (text);

  for (char *p = plain; *p != '\0'; p++)
    {
      if (g_ascii_ispunct (*p))
        *p = ' ';
    }

  words = g_strsplit (plain, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_string_append_printf (match, "%s\"%s\"%s", match->len > 0 ? " OR " : "", words[i],
                                words[i + 1] == NULL ? "*" : "");
    }

  return g_string_free (g_steal_pointer (&match), FALSE);
}

GPtrArray *
search_plain (sqlite3    *plain,
              const char *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *match = dup_plain_match (text);
  sqlite3_stmt *query = NULL;

  if (*match == '\0')
    return found;

  check_sqlite (sqlite3_prepare_v2 (plain, "SELECT id, snippet (search, 2, '', '', '…', 24) FROM search WHERE search MATCH ?"
                                    " ORDER BY bm25 (search, 0, 10, 1) LIMIT 10", -1, &query, NULL));
  check_sqlite (sqlite3_bind_text (query, 1, match, -1, SQLITE_STATIC));
  while (sqlite3_step (query) == SQLITE_ROW)
    g_ptr_array_add (found, g_strdup ((const char *) sqlite3_column_text (query, 0)));
  sqlite3_finalize (query);
  return found;
}

/* --- Ours --- */

HdStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  HdStore *store;

  hd_store_open_async (path, NULL, NULL, hd_test_store_result_cb, &opened);
  hd_test_await (&opened);
  store = hd_store_open_finish (opened, &error);
  if (store == NULL)
    g_error ("%s", error->message);

  return store;
}

/* They are kept; what is indexed behind may have begun. */
void
fill_store (HdStore   *store,
            GPtrArray *pages)
{
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < pages->len; i++)
    {
      Page *page = pages->pdata[i];
      g_autoptr (HdArticle) article =
        g_object_new (HD_TYPE_ARTICLE, "id", page->id, "title", page->title, "body", page->body, NULL);

      g_list_store_append (articles, article);
    }

  changes = g_object_new (HD_TYPE_ARTICLE_CHANGES, "articles", articles, NULL);
  hd_store_apply_articles_async (store, changes, NULL, hd_test_store_result_cb, &applied);
  hd_test_await (&applied);
  if (!hd_store_apply_articles_finish (store, applied, &error))
    g_error ("%s", error->message);
}

void
index_store (HdStore *store)
{
  g_autoptr (GAsyncResult) indexed = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_complete_index_async (store, NULL, hd_test_store_result_cb, &indexed);
  hd_test_await (&indexed);
  if (!hd_store_complete_index_finish (store, indexed, &error))
    g_error ("%s", error->message);
}

GPtrArray *
search_store (HdStore    *store,
              const char *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) results = NULL;

  hd_store_search_async (store, text, N_RANKED, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  results = hd_store_search_finish (store, result, NULL);
  if (results == NULL)
    g_error ("Search failed for “%s”", text);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (HdSearchResult) one = g_list_model_get_item (results, i);

      g_ptr_array_add (found, g_strdup (hd_search_result_get_id (one)));
    }

  return found;
}
