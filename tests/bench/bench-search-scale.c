/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "hd-test-utils.h"
#include "search-engines.h"

/*
 * What search costs with 20,000 articles, made by shuffling the paragraphs of the
 * Ukrainian manuals of Debian, against plain FTS5 over the same articles: each
 * keystroke of a query, indexing, and the index on disk.
 *
 *   bench-search-scale [N_ARTICLES]
 */

#define N_ARTICLES 20000
#define N_WARM 1000
#define N_PARAGRAPHS 6
#define N_AT_ONCE 500
#define N_QUERIES 40
#define MIN_PARAGRAPH 60
#define MAX_QUERY_WORDS 3
/* Of the GIMP of Debian 12, or 13. */
#define GIMP_HELP "/usr/share/gimp/2.0/help/uk"
#define GIMP_3_HELP "/usr/share/gimp/3.0/help/uk"
#define MAN_PAGES "/usr/share/man/uk"

/* --- The articles --- */

static void
add_paragraph (GPtrArray  *paragraphs,
               const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (strlen (stripped) >= MIN_PARAGRAPH && g_utf8_validate (stripped, -1, NULL))
    g_ptr_array_add (paragraphs, g_markup_escape_text (stripped, -1));
}

static void
add_html (GPtrArray  *paragraphs,
          const char *folder)
{
  g_autoptr (GPtrArray) pages = read_pages (folder);
  g_autoptr (GRegex) paragraph = g_regex_new ("<p[^>]*>(.*?)</p>", G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GRegex) tag = g_regex_new ("<[^>]*>|&[a-z#0-9]*;|\\s+", 0, 0, NULL);

  for (guint i = 0; i < pages->len; i++)
    {
      const Page *page = pages->pdata[i];
      g_autoptr (GMatchInfo) match = NULL;

      for (g_regex_match (paragraph, page->body, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          g_autofree char *html = g_match_info_fetch (match, 1);
          g_autofree char *text = g_regex_replace_literal (tag, html, -1, 0, " ", 0, NULL);

          add_paragraph (paragraphs, text);
        }
    }
}

/* Lines of text between requests of roff. */
static void
add_man_pages (GPtrArray *paragraphs)
{
  g_autofree char *text = NULL;
  const char *command[] = { "sh", "-c", "zcat " MAN_PAGES "/man*/*.gz", NULL };
  g_autoptr (GRegex) font = g_regex_new ("\\\\(f.|[-&|])", 0, 0, NULL);
  g_auto (GStrv) lines = NULL;

  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     &text, NULL, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = NULL;

      if (*lines[i] == '.' || *lines[i] == '\'' || !g_utf8_validate (lines[i], -1, NULL))
        continue;

      line = g_regex_replace_literal (font, lines[i], -1, 0, "", 0, NULL);
      add_paragraph (paragraphs, line);
    }
}

static GPtrArray *
read_paragraphs (const char *folder)
{
  GPtrArray *paragraphs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *help = make_corpus (folder);

  add_html (paragraphs, help);
  add_html (paragraphs, g_file_test (GIMP_HELP, G_FILE_TEST_IS_DIR) ? GIMP_HELP : GIMP_3_HELP);
  add_man_pages (paragraphs);
  return paragraphs;
}

static const char *
draw (GRand     *dice,
      GPtrArray *paragraphs)
{
  return paragraphs->pdata[g_rand_int_range (dice, 0, (gint32) paragraphs->len)];
}

/* Some words of a paragraph that follow each other. */
static char *
draw_words (GRand     *dice,
            GPtrArray *paragraphs,
            guint      n_words)
{
  g_auto (GStrv) words = g_strsplit (draw (dice, paragraphs), " ", -1);
  guint n = g_strv_length (words);
  guint first = n > n_words ? (guint) g_rand_int_range (dice, 0, (gint32) (n - n_words)) : 0;

  if (first + n_words < n)
    g_clear_pointer (&words[first + n_words], g_free);
  return g_strjoinv (" ", words + first);
}

static GPtrArray *
make_pages (GRand     *dice,
            GPtrArray *paragraphs,
            guint      first,
            guint      n_pages)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (page_free);

  for (guint i = 0; i < n_pages; i++)
    {
      Page *page = g_new0 (Page, 1);
      GString *body = g_string_new (NULL);

      for (guint j = 0; j < N_PARAGRAPHS; j++)
        g_string_append_printf (body, "<p>%s</p>", draw (dice, paragraphs));

      page->id = g_strdup_printf ("a%u", first + i);
      page->title = draw_words (dice, paragraphs, 5);
      page->body = g_string_free (body, FALSE);
      g_ptr_array_add (pages, page);
    }

  return pages;
}

/* --- Measuring --- */

static void
type (HdStore    *store,
      sqlite3    *plain,
      const char *query,
      GArray     *ours,
      GArray     *theirs)
{
  for (glong n_chars = 1; n_chars <= g_utf8_strlen (query, -1); n_chars++)
    {
      g_autofree char *typed = g_utf8_substring (query, 0, n_chars);
      double start = now_ms ();
      double taken;

      g_ptr_array_unref (search_store (store, typed));
      taken = now_ms () - start;
      g_array_append_val (ours, taken);

      start = now_ms ();
      g_ptr_array_unref (search_plain (plain, typed));
      taken = now_ms () - start;
      g_array_append_val (theirs, taken);
    }
}

static gint64
measure_index (const char *path,
               const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT sum (length (block)) FROM %s_data", table);
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 n_bytes;

  check_sqlite (sqlite3_open (path, &database));
  check_sqlite (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL));
  check_sqlite (sqlite3_step (statement));
  n_bytes = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return n_bytes;
}

static gboolean
report (const char *name,
        double      ours,
        double      plain,
        double      limit,
        const char *unit)
{
  g_print ("bench search-scale: %s %.2f× of plain FTS5 (limit %.1f×): %.2f %s against %.2f\n", name, ours / plain, limit,
           ours, unit, plain);
  return ours <= limit * plain;
}

/* Returns: the milliseconds that it took each of them, after some that make their memories warm */
static void
fill (GRand     *dice,
      GPtrArray *paragraphs,
      guint      n_articles,
      HdStore   *store,
      sqlite3   *plain,
      double     times[2])
{
  for (guint i = 0; i < n_articles; i += N_AT_ONCE)
    {
      g_autoptr (GPtrArray) pages = make_pages (dice, paragraphs, i, N_AT_ONCE);
      double start = now_ms ();
      double middle;

      fill_store (store, pages);
      index_store (store);
      middle = now_ms ();
      fill_plain (plain, pages);

      if (i >= N_WARM)
        {
          times[0] += middle - start;
          times[1] += now_ms () - middle;
        }
    }
}

int
main (int    argc,
      char **argv)
{
  guint n_articles = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : N_ARTICLES;
  g_autofree char *folder = hd_test_make_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autofree char *cache = g_build_filename (path, "cache.db", NULL);
  g_autofree char *plain_path = g_build_filename (folder, "plain.db", NULL);
  g_autoptr (GPtrArray) paragraphs = read_paragraphs (folder);
  g_autoptr (GRand) dice = g_rand_new_with_seed (5);
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) theirs = g_array_new (FALSE, FALSE, sizeof (double));
  HdStore *store = open_store (path);
  sqlite3 *plain = open_plain (plain_path);
  double times[2] = { 0, 0 };
  gboolean good;

  setlocale (LC_ALL, "");
  fill (dice, paragraphs, n_articles, store, plain, times);

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autofree char *query = draw_words (dice, paragraphs, 1 + i % MAX_QUERY_WORDS);

      type (store, plain, query, ours, theirs);
    }

  hd_store_close (store);
  g_object_unref (store);
  hd_test_drain ();
  sqlite3_close (plain);

  g_print ("%u articles of %u paragraphs, %u keystrokes; p50 %.2f ms, plain %.2f ms\n", n_articles, paragraphs->len,
           ours->len, get_percentile (ours, 50), get_percentile (theirs, 50));
  good = report ("p95 of a keystroke", get_percentile (ours, 95), get_percentile (theirs, 95), 3, "ms");
  good &= report ("keeping and indexing", times[0] / 1000, times[1] / 1000, 4, "s");
  good &= report ("index", (double) measure_index (cache, "portal_search") / 1e6,
                  (double) measure_index (plain_path, "search") / 1e6, 1.5, "MB");

  hd_test_remove_tree (folder);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
