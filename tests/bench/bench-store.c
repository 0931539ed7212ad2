/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "hd-html-text.h"
#include "hd-record-json.h"
#include "hd-store-search.h"
#include "hd-test-utils.h"

/*
 * What the store costs over plain SQLite that does the same with the same rows
 * in the same process: writing 1,000 articles with their full-text index,
 * reading them one by one, and searching them.
 */

#define N_ARTICLES 1000
#define ARTICLES_PER_DELTA 100
#define N_SEARCHES 200
#define N_ROUNDS 3

typedef struct
{
  double write;
  double read;
  double search;
} Times;

static const char *const words[] = {
  "принтер", "картридж", "мережа", "пароль", "доступ", "заявка", "декларація", "митниця", "сервер", "пошта", "монітор",
  "ключ", "підпис", "оновлення", "система", "налаштування", "помилка", "кабінет", "телефон", "звернення",
};

static double
now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static char *
make_body (GRand *rand)
{
  GString *string = g_string_new ("<h2>Розділ</h2><p>");

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (string, "%s%d%s", words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))],
                            g_rand_int_range (rand, 0, 30), i % 40 == 39 ? "</p><p>" : " ");

  return g_string_free (string, FALSE);
}

static GPtrArray *
make_articles (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  GPtrArray *articles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_ARTICLES; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);
      g_autofree char *title = g_strdup_printf ("%s %u", words[i % G_N_ELEMENTS (words)], i);
      g_autofree char *body = make_body (rand);

      g_ptr_array_add (articles, g_object_new (HD_TYPE_ARTICLE, "id", id, "title", title, "category-id", "c",
                                               "body", body, NULL));
    }

  return articles;
}

/* --- Plain SQLite --- */

static void
check (int code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    g_error ("SQLite: %s", sqlite3_errstr (code));
}

static sqlite3_stmt *
prepare (sqlite3    *connection,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (sqlite3_prepare_v2 (connection, sql, -1, &statement, NULL));
  return statement;
}

static void
run_with (sqlite3_stmt  *statement,
          const char   **values,
          guint          n_values)
{
  for (guint i = 0; i < n_values; i++)
    check (sqlite3_bind_text (statement, (int) i + 1, values[i], -1, SQLITE_STATIC));
  while (sqlite3_step (statement) == SQLITE_ROW)
    ;
  check (sqlite3_reset (statement));
}

static void
write_plainly (sqlite3   *connection,
               GPtrArray *articles)
{
  sqlite3_stmt *row = prepare (connection, "INSERT INTO articles VALUES (?, ?, ?)");
  sqlite3_stmt *index = prepare (connection, "INSERT INTO search VALUES (?, ?)");

  check (sqlite3_exec (connection, "BEGIN", NULL, NULL, NULL));
  for (guint i = 0; i < articles->len; i++)
    {
      HdArticle *article = g_ptr_array_index (articles, i);
      g_autofree char *json = hd_record_to_string (HD_RECORD (article));
      g_autofree char *text = NULL;
      g_autofree char *headings = NULL;
      const char *values[] = { hd_article_get_id (article), json, hd_article_get_body (article) };

      hd_html_to_text (hd_article_get_body (article), &text, &headings);
      run_with (row, values, 3);
      run_with (index, (const char *[]) { hd_article_get_title (article), text }, 2);
    }
  check (sqlite3_exec (connection, "COMMIT", NULL, NULL, NULL));

  sqlite3_finalize (row);
  sqlite3_finalize (index);
}

static void
read_plainly (sqlite3   *connection,
              GPtrArray *articles)
{
  sqlite3_stmt *statement = prepare (connection, "SELECT json FROM articles WHERE id = ?");

  for (guint i = 0; i < articles->len; i++)
    {
      g_autoptr (HdArticle) article = NULL;

      check (sqlite3_bind_text (statement, 1, hd_article_get_id (g_ptr_array_index (articles, i)), -1, SQLITE_STATIC));
      check (sqlite3_step (statement));
      article = hd_record_new_from_string (HD_TYPE_ARTICLE, (const char *) sqlite3_column_text (statement, 0), NULL);
      check (sqlite3_reset (statement));
    }

  sqlite3_finalize (statement);
}

static void
search_plainly (sqlite3 *connection)
{
  sqlite3_stmt *statement =
    prepare (connection, "SELECT rowid, snippet (search, 1, '<b>', '</b>', '…', 24) FROM search"
             " WHERE search MATCH ? ORDER BY bm25 (search) LIMIT 20");

  for (guint i = 0; i < N_SEARCHES; i++)
    {
      g_autofree char *match = g_strdup_printf ("\"%s%u\"*", words[i % G_N_ELEMENTS (words)], i % 3);

      run_with (statement, (const char *[]) { match }, 1);
    }

  sqlite3_finalize (statement);
}

static Times
measure_plain (GPtrArray *articles)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (directory, "plain.db", NULL);
  sqlite3 *connection = NULL;
  Times times;
  double start;

  check (sqlite3_open (path, &connection));
  check (sqlite3_exec (connection,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                       "CREATE TABLE articles (id TEXT PRIMARY KEY, json TEXT, body TEXT);"
                       "CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2',"
                       "  prefix = '3 5')",
                       NULL, NULL, NULL));

  start = now ();
  write_plainly (connection, articles);
  times.write = now () - start;
  start = now ();
  read_plainly (connection, articles);
  times.read = now () - start;
  start = now ();
  search_plainly (connection);
  times.search = now () - start;

  sqlite3_close (connection);
  hd_test_remove_tree (directory);
  return times;
}

/* --- The store --- */

static HdStore *
open_store (const char *directory)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdStore *store;

  hd_store_open_async (directory, NULL, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  store = hd_store_open_finish (result, &error);
  if (store == NULL)
    g_error ("%s", error->message);

  return store;
}

static void
complete_index (HdStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_store_complete_index_async (store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  if (!hd_store_complete_index_finish (store, result, NULL))
    g_error ("The articles could not be indexed");
}

/* With their index, as the plain one is. */
static void
write_to_store (HdStore   *store,
                GPtrArray *articles)
{
  for (guint i = 0; i < articles->len; i += ARTICLES_PER_DELTA)
    {
      g_autoptr (GListStore) list = g_list_store_new (HD_TYPE_ARTICLE);
      g_autoptr (HdArticleChanges) changes = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      g_list_store_splice (list, 0, 0, articles->pdata + i, ARTICLES_PER_DELTA);
      changes = g_object_new (HD_TYPE_ARTICLE_CHANGES, "articles", list, NULL);
      hd_store_apply_articles_async (store, changes, NULL, hd_test_store_result_cb, &result);
      hd_test_await (&result);
      if (!hd_store_apply_articles_finish (store, result, NULL))
        g_error ("The articles could not be written");
    }

  complete_index (store);
}

static void
read_from_store (HdStore   *store,
                 GPtrArray *articles)
{
  for (guint i = 0; i < articles->len; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (HdArticle) article = NULL;

      hd_store_get_article_async (store, hd_article_get_id (g_ptr_array_index (articles, i)), NULL,
                                  hd_test_store_result_cb, &result);
      hd_test_await (&result);
      article = hd_store_get_article_finish (store, result, NULL);
      if (article == NULL)
        g_error ("An article could not be read");
    }
}

static void
search_store (HdStore *store)
{
  for (guint i = 0; i < N_SEARCHES; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%u", words[i % G_N_ELEMENTS (words)], i % 3);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GListModel) found = NULL;

      hd_store_search_async (store, text, 20, NULL, hd_test_store_result_cb, &result);
      hd_test_await (&result);
      found = hd_store_search_finish (store, result, NULL);
      if (found == NULL || g_list_model_get_n_items (found) == 0)
        g_error ("Nothing was found");
    }
}

static Times
measure_store (GPtrArray *articles)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autoptr (HdStore) store = open_store (directory);
  Times times;
  double start;

  start = now ();
  write_to_store (store, articles);
  times.write = now () - start;
  start = now ();
  read_from_store (store, articles);
  times.read = now () - start;
  start = now ();
  search_store (store);
  times.search = now () - start;

  hd_store_close (store);
  hd_test_drain ();
  hd_test_remove_tree (directory);
  return times;
}

/* Returns: whether it is within the limit */
static gboolean
report (const char *name,
        double      ours,
        double      plain,
        double      limit,
        const char *what)
{
  g_print ("bench %s: %.2f× (limit %.1f×) — %s (%.0f ms against %.0f ms)\n", name, ours / plain, limit, what,
           ours * 1000, plain * 1000);
  return ours <= limit * plain;
}

int
main (void)
{
  g_autoptr (GPtrArray) articles = make_articles ();
  Times plain = { G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE };
  Times ours = plain;
  gboolean good;

  setlocale (LC_ALL, "");

  /* The best of some rounds each, turn about, so that what else the machine does weighs on both. */
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      Times p = measure_plain (articles);
      Times o = measure_store (articles);

      plain = (Times) { MIN (plain.write, p.write), MIN (plain.read, p.read), MIN (plain.search, p.search) };
      ours = (Times) { MIN (ours.write, o.write), MIN (ours.read, o.read), MIN (ours.search, o.search) };
    }

  good = report ("store-write", ours.write, plain.write, 2, "1,000 articles in deltas of 100, against plain SQLite");
  good &= report ("store-read", ours.read, plain.read, 4, "1,000 articles one by one, against plain SQLite");
  good &= report ("store-search", ours.search, plain.search, 1.5, "200 searches with snippets, against plain FTS5");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
