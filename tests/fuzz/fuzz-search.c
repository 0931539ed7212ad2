/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "hd-search-query.h"
#include "hd-search-tokenizer.h"
#include "hd-search-words.h"

/*
 * Any bytes are a text to be indexed, and what a person may type: the tokenizer
 * keeps within them, and FTS5 never calls what is made of them bad syntax.
 *
 * With libFuzzer by ./dev fuzz; over the kept inputs by fuzz-replay.c, as a test.
 */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* With other names, as a person has them. */
static void
await_words (HdDatabase *database)
{
  HdSearchWords *words = hd_database_get_search_words (database);
  g_autoptr (GAsyncQueue) queue = g_async_queue_new ();

  while (!hd_search_words_are_ready (words))
    {
      hd_search_words_prepare (words, queue, queue);
      g_async_queue_pop (queue);
    }
}

static HdDatabase *
get_database (void)
{
  static HdDatabase *database;
  g_autoptr (GError) error = NULL;

  if (database == NULL)
    {
      database = hd_database_open (":memory:", &error);
      hd_database_exec (database,
                        "CREATE VIRTUAL TABLE portal_search USING fts5 (title, body, tokenize = '" HD_SEARCH_TOKENIZER "');"
                        "CREATE VIRTUAL TABLE temp.portal_words USING fts5vocab (main, portal_search, row)", &error);
      await_words (database);
    }

  g_assert_no_error (error);
  return database;
}

static void
match (HdDatabase *database,
       const char *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdStatement) rows =
    hd_database_query (database, &error, "SELECT snippet (portal_search, 1, '<', '>', '', 8), bm25 (portal_search)"
                       " FROM portal_search WHERE portal_search MATCH ?", "s", query);

  while (rows != NULL && hd_statement_step (rows, &error) == HD_STEP_ROW)
    g_assert_true (g_utf8_validate (hd_statement_get_text (rows, 0), -1, NULL));

  g_assert_no_error (error);
}

static int
check_place (const char *word,
             gsize       start,
             gsize       end,
             gpointer    user_data)
{
  gsize *limits = user_data;

  g_assert_true (limits[0] <= start && start < end && end <= limits[1]);
  g_assert_true (g_utf8_validate (word, -1, NULL));
  limits[0] = end;
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  HdDatabase *database = get_database ();
  /* Not one byte more than there is. */
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (HdSearchQuery) query = { 0 };
  gsize limits[2] = { 0, size };

  hd_search_tokenizer_each_word (bytes, size, check_place, limits);
  hd_database_run (database, NULL, "DELETE FROM portal_search", "");
  hd_database_run (database, NULL, "INSERT INTO portal_search (title, body) VALUES (?, ?)", "ss", "Принтер", valid);

  hd_search_query_init (&query, database, text);
  for (guint i = 0; i < query.terms->len; i++)
    {
      HdSearchTerm *term = query.terms->pdata[i];

      match (database, term->word);
      if (term->synonyms != NULL)
        match (database, term->synonyms);
    }

  for (guint i = 0; i < query.near->len; i++)
    match (database, query.near->pdata[i]);

  if (query.all != NULL)
    {
      match (database, query.all);
      match (database, query.any);
    }

  return 0;
}
