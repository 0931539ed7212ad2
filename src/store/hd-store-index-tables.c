/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-search-tokenizer.h"

/*
 * The full-text tables, and with which dictionaries they were built.  Where these
 * have changed, the tables are empty again, and filled as with what has just come
 * (hd-store-index.c).
 */

#define OPTIONS "tokenize = '" HD_SEARCH_TOKENIZER "'"

static const char rebuild_portal[] =
  "DROP TABLE main.portal_search;"
  "CREATE VIRTUAL TABLE main.portal_search USING fts5 (title, headings, keywords, body, " OPTIONS ");"
  "DELETE FROM main.indexed;"
  "INSERT OR REPLACE INTO main.facts (key, value)"
  "  VALUES ('" HD_STORE_CATALOG_TO_INDEX "', ''), ('" HD_STORE_ANNOUNCEMENTS_TO_INDEX "', '');"
  "UPDATE main.articles SET indexed = 0;";

/* What counts most has one name in both, which queries know. */
static const char rebuild_requests[] =
  "INSERT OR IGNORE INTO items.request_texts SELECT rowid, * FROM items.request_search;"
  "DROP TABLE items.request_search;"
  "CREATE VIRTUAL TABLE items.request_search USING fts5 (number, title, details, messages, " OPTIONS ");";

static const struct
{
  const char *get_version;
  const char *set_version;
  const char *rebuild;
} indexes[] = {
  { "SELECT json FROM main.objects WHERE key = 'search-index'",
    "INSERT OR REPLACE INTO main.objects (key, json) VALUES ('search-index', ?)", rebuild_portal },
  { "SELECT value FROM items.person WHERE key = 'search-index'",
    "INSERT OR REPLACE INTO items.person (key, value) VALUES ('search-index', ?)", rebuild_requests },
};

static gboolean
is_built_with (HdDatabase *database,
               guint       which,
               const char *version)
{
  g_autofree char *built_with = hd_database_get_text (database, NULL, indexes[which].get_version, "");

  return g_strcmp0 (built_with, version) == 0;
}

/* Another process may have done it meanwhile. */
static void
bring_up_to_date (HdDatabase *database,
                  guint       which,
                  const char *version,
                  gboolean    rebuild)
{
  g_autoptr (GError) error = NULL;

  if ((!rebuild && is_built_with (database, which, version)) || !hd_database_begin (database, &error))
    return;

  if ((rebuild || !is_built_with (database, which, version)) &&
      (!hd_database_exec (database, indexes[which].rebuild, &error) ||
       !hd_database_run (database, &error, indexes[which].set_version, "s", version)))
    hd_database_rollback (database);
  else if (!hd_database_commit (database, &error))
    hd_database_rollback (database);

  /* Where the disk is full all else can still be read. */
  if (error != NULL)
    g_debug ("the index could not be built anew: %s", error->message);
}

/**
 * hd_store_index_prepare:
 * @database: the connection, in no transaction
 * @rebuild: whether there is damage somewhere, so that the index is not to be trusted
 * @error: return location for an error
 *
 * To be called once, before the index is used.
 */
gboolean
hd_store_index_prepare (HdDatabase  *database,
                        gboolean     rebuild,
                        GError     **error)
{
  g_autofree char *version = hd_word_forms_dup_version ();

  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    bring_up_to_date (database, i, version, rebuild);

  return hd_database_exec (database,
                           "CREATE VIRTUAL TABLE IF NOT EXISTS temp.portal_words USING fts5vocab (main, portal_search, row)",
                           error);
}
