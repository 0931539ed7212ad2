/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "hd-test-utils.h"
#include "search-engines.h"

/*
 * How good search is: for queries as people type them, whether the right page is
 * among the first, for us and for plain FTS5 over the same pages in the same run;
 * and how long each keystroke takes.
 *
 *   bench-search QUERIES.tsv [CORPUS_DIR]
 *
 * A line of QUERIES.tsv is a query, its class, and the pages that answer it, with
 * commas between; a page is the name of its file of CORPUS_DIR without .html.
 * Without CORPUS_DIR it is the Ukrainian GNOME help.
 */

#define N_FIRST 5

typedef struct
{
  char  *text;   /* (owned) */
  char  *class;  /* (owned) */
  char **pages;  /* (owned) */
} Query;

/* Of a class, or of all. */
typedef struct
{
  guint  n_queries;
  double recall[2];
  double rank[2];
} Score;

typedef enum
{
  OURS,
  PLAIN,
} Engine;

typedef struct
{
  HdStore *store;     /* (owned) */
  sqlite3 *plain;     /* (owned) */
  GArray  *times[2];  /* (owned) (element-type double): of each keystroke, in ms */
} Engines;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->text);
  g_free (query->class);
  g_strfreev (query->pages);
  g_free (query);
}

/* --- What is read --- */

static GPtrArray *
read_queries (const char *path)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func (query_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), "\t", -1);
      Query *query;

      if (*lines[i] == '#' || g_strv_length (cells) < 3)
        continue;

      query = g_new0 (Query, 1);
      query->text = g_strdup (cells[0]);
      query->class = g_strdup (cells[1]);
      query->pages = g_strsplit (cells[2], ",", -1);
      g_ptr_array_add (queries, query);
    }

  return queries;
}

/* --- Measuring --- */

static GPtrArray *
search (Engines    *engines,
        Engine      engine,
        const char *text)
{
  double start = now_ms ();
  GPtrArray *found = engine == OURS ? search_store (engines->store, text) : search_plain (engines->plain, text);
  double taken = now_ms () - start;

  g_array_append_val (engines->times[engine], taken);
  return found;
}

static void
add_to_score (Score  *score,
              Engine  engine,
              guint   position)
{
  score->recall[engine] += position < N_FIRST;
  score->rank[engine] += position < N_RANKED ? 1.0 / (position + 1) : 0;
}

static guint
find_position (Query     *query,
               GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      if (g_strv_contains ((const char *const *) query->pages, found->pdata[i]))
        return i;
    }

  return G_MAXUINT;
}

static void
run_query (Engines *engines,
           Engine   engine,
           Query   *query,
           Score   *score,
           Score   *all)
{
  g_autoptr (GPtrArray) found = NULL;
  guint position;

  for (glong n_chars = 1; n_chars < g_utf8_strlen (query->text, -1); n_chars++)
    {
      g_autofree char *typed = g_utf8_substring (query->text, 0, n_chars);

      g_ptr_array_unref (search (engines, engine, typed));
    }

  found = search (engines, engine, query->text);
  position = find_position (query, found);
  add_to_score (score, engine, position);
  add_to_score (all, engine, position);

  if (engine == OURS && position >= N_FIRST)
    g_print ("  not among the first %d: %s\n", N_FIRST, query->text);
}

static void
print_score (const char *name,
             Score      *score)
{
  g_print ("%-12s %4u   %5.3f %5.3f   %5.3f %5.3f\n", name, score->n_queries,
           score->recall[OURS] / score->n_queries, score->rank[OURS] / score->n_queries,
           score->recall[PLAIN] / score->n_queries, score->rank[PLAIN] / score->n_queries);
}

static void
report (GHashTable *classes,
        Score      *all,
        Engines    *engines)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (classes), (GCompareFunc) strcmp);

  g_print ("class           n   recall@5 and MRR@10: ours, plain FTS5\n");
  for (GList *l = names; l != NULL; l = l->next)
    print_score (l->data, g_hash_table_lookup (classes, l->data));
  print_score ("all", all);

  g_print ("bench search: keystroke p50 %.2f ms, p95 %.2f ms; plain FTS5 p50 %.2f ms, p95 %.2f ms\n",
           get_percentile (engines->times[OURS], 50), get_percentile (engines->times[OURS], 95),
           get_percentile (engines->times[PLAIN], 50), get_percentile (engines->times[PLAIN], 95));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *corpus = NULL;
  g_autoptr (GPtrArray) queries = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GHashTable) classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Engines engines = { 0 };
  Score all = { 0 };

  setlocale (LC_ALL, "");

  if (argc < 2)
    {
      g_print ("./dev bench search QUERIES.tsv [CORPUS_DIR]\n");
      return EXIT_SUCCESS;
    }

  folder = hd_test_make_tmp_dir ();
  queries = read_queries (argv[1]);
  corpus = argc > 2 ? g_strdup (argv[2]) : make_corpus (folder);
  pages = read_pages (corpus);
  path = g_build_filename (folder, "store", NULL);
  engines = (Engines) { open_store (path), open_plain (":memory:"),
                        { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) } };

  fill_store (engines.store, pages);
  index_store (engines.store);
  fill_plain (engines.plain, pages);

  for (guint i = 0; i < queries->len; i++)
    {
      Query *query = queries->pdata[i];
      Score *score = g_hash_table_lookup (classes, query->class);

      if (score == NULL)
        g_hash_table_insert (classes, g_strdup (query->class), score = g_new0 (Score, 1));

      score->n_queries++;
      all.n_queries++;
      run_query (&engines, OURS, query, score, &all);
      run_query (&engines, PLAIN, query, score, &all);
    }

  report (classes, &all, &engines);

  g_array_unref (engines.times[OURS]);
  g_array_unref (engines.times[PLAIN]);
  sqlite3_close (engines.plain);
  hd_store_close (engines.store);
  g_object_unref (engines.store);
  hd_test_drain ();
  hd_test_remove_tree (folder);
  return EXIT_SUCCESS;
}
