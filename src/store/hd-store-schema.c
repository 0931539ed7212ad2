/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-schema.h"

#include "hd-error.h"

/*
 * The tables of the three files.  A file's `user_version` is the number of its
 * migrations that were run; a migration that was released is never edited, a
 * change is a new one at the end.
 *
 * Times are microseconds since 1970, 0 for none; enumerations their numbers,
 * as these sort.  Records that are only ever read whole are JSON.
 */

static const char *const cache_migrations[] = {
  "CREATE TABLE objects (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE forms (offering_id TEXT PRIMARY KEY, json TEXT NOT NULL);"
  "CREATE TABLE article_categories (id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT, json TEXT NOT NULL);"
  "CREATE TABLE articles (id TEXT PRIMARY KEY, category_id TEXT, json TEXT NOT NULL, body TEXT);"
  "CREATE INDEX articles_by_category ON articles (category_id);"
  "CREATE TABLE article_media (article_id TEXT NOT NULL, sha256 TEXT NOT NULL,"
  "  PRIMARY KEY (article_id, sha256)) WITHOUT ROWID;"
  "CREATE INDEX article_media_by_sum ON article_media (sha256);"
  "CREATE TABLE media (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);"
  "CREATE TABLE announcements (id TEXT PRIMARY KEY, published INTEGER NOT NULL, expires INTEGER NOT NULL,"
  "  json TEXT NOT NULL);"
  /* What the full-text index holds, by its rowid. */
  "CREATE TABLE indexed (row INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL, title TEXT,"
  "  detail TEXT, updated INTEGER NOT NULL, UNIQUE (kind, id));"
  "CREATE VIRTUAL TABLE portal_search USING fts5 (title, headings, keywords, body,"
  "  tokenize = 'unicode61 remove_diacritics 2', prefix = '3 5');",

  /* Not every portal names its pictures by their sums. */
  "ALTER TABLE article_media RENAME COLUMN sha256 TO name;"
  "ALTER TABLE media RENAME COLUMN sha256 TO name;",

  /* The index follows the articles when there is time. */
  "ALTER TABLE articles ADD COLUMN indexed INTEGER NOT NULL DEFAULT 1;"
  "CREATE INDEX articles_to_index ON articles (id) WHERE indexed = 0;",

  /* When a picture was last looked at; the categories that are to be there offline. */
  "ALTER TABLE media ADD COLUMN used INTEGER NOT NULL DEFAULT 0;"
  "CREATE TABLE offline_categories (id TEXT NOT NULL UNIQUE);",

  /* Until when the knowledge pack that brought a picture is good. */
  "ALTER TABLE media ADD COLUMN kept_until INTEGER NOT NULL DEFAULT 0;",

  /* Sums come in no order, so that every article touched another page of it; nobody asks who shows one picture. */
  "DROP INDEX article_media_by_sum;",
};

static const char *const items_migrations[] = {
  "CREATE TABLE person (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE requests (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT, kind INTEGER NOT NULL,"
  "  subject TEXT, subject_key TEXT, offering_id TEXT, offering_name TEXT, status INTEGER NOT NULL,"
  "  status_label TEXT, waiting INTEGER NOT NULL, priority INTEGER NOT NULL, created INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL, closed INTEGER NOT NULL, message_count INTEGER NOT NULL, assignee TEXT,"
  "  unread INTEGER NOT NULL DEFAULT 0,"
  /* What the person has seen: the state, and how many messages of others (-1: not known). */
  "  seen_status INTEGER NOT NULL DEFAULT 0, seen_messages INTEGER NOT NULL DEFAULT -1,"
  "  complete INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX requests_unread ON requests (unread) WHERE unread;"
  "CREATE TABLE conversations (row INTEGER PRIMARY KEY REFERENCES requests ON DELETE CASCADE,"
  "  updated INTEGER NOT NULL, message_count INTEGER NOT NULL, others INTEGER NOT NULL, json TEXT NOT NULL);"
  "CREATE VIRTUAL TABLE request_search USING fts5 (number, subject, details, messages,"
  "  tokenize = 'unicode61 remove_diacritics 2', prefix = '3 5');"
  /* What was typed into searchable fields, and what these offered. */
  "CREATE TABLE option_queries (source TEXT NOT NULL, parent TEXT NOT NULL, query TEXT NOT NULL,"
  "  json TEXT NOT NULL, PRIMARY KEY (source, parent, query)) WITHOUT ROWID;"
  "CREATE TABLE options (source TEXT NOT NULL, parent TEXT NOT NULL, value TEXT NOT NULL, words TEXT NOT NULL,"
  "  json TEXT NOT NULL, PRIMARY KEY (source, parent, value)) WITHOUT ROWID;"
  "CREATE TABLE offering_uses (offering_id TEXT PRIMARY KEY, uses INTEGER NOT NULL, used INTEGER NOT NULL)"
  "  WITHOUT ROWID;"
  "CREATE TABLE favourites (position INTEGER PRIMARY KEY AUTOINCREMENT, offering_id TEXT NOT NULL UNIQUE);",

  /* Under which the request was filed, where the portal tells: two that have the same are one. */
  "ALTER TABLE conversations ADD COLUMN client_key TEXT;"
  "CREATE INDEX conversations_by_key ON conversations (client_key) WHERE client_key IS NOT NULL;",

  /* What was opened of what was found, for which words: as they were typed, and by their stems. */
  "CREATE TABLE opened (words TEXT NOT NULL, stems TEXT NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL,"
  "  times INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (words, kind, id)) WITHOUT ROWID;",

  /* What the index has yet to take, by its rowid; of a request that is gone, that it is. */
  "CREATE TABLE request_texts (row INTEGER PRIMARY KEY, number TEXT, title TEXT, details TEXT, messages TEXT);",
};

static const char *const drafts_migrations[] = {
  "CREATE TABLE drafts (id TEXT PRIMARY KEY, offering_id TEXT, request_id TEXT, updated INTEGER NOT NULL,"
  "  json TEXT NOT NULL);"
  /* A file belongs to the draft of this id, be it among the drafts or in the outbox. */
  "CREATE TABLE draft_files (position INTEGER PRIMARY KEY AUTOINCREMENT, draft_id TEXT NOT NULL,"
  "  id TEXT NOT NULL UNIQUE, json TEXT NOT NULL);"
  "CREATE INDEX draft_files_by_draft ON draft_files (draft_id);"
  "CREATE TABLE outbox (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, draft_id TEXT,"
  "  state INTEGER NOT NULL, json TEXT NOT NULL);",

  /* Under which the draft was sent, if nobody knows whether it has arrived. */
  "ALTER TABLE drafts ADD COLUMN client_key TEXT;",

  /* And what the portal had then that looks the same: JSON, or NULL. */
  "ALTER TABLE drafts ADD COLUMN baseline TEXT;",

  /* What was filed from here and has no key by which the portal knows it. */
  "CREATE TABLE filed (position INTEGER PRIMARY KEY AUTOINCREMENT, request_id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL);",
};

static const struct
{
  const char        *name;
  const char *const *migrations;
  guint              n_migrations;
} files[HD_N_STORE_FILES] = {
  [HD_STORE_FILE_CACHE] = { "cache.db", cache_migrations, G_N_ELEMENTS (cache_migrations) },
  [HD_STORE_FILE_ITEMS] = { "items.db", items_migrations, G_N_ELEMENTS (items_migrations) },
  [HD_STORE_FILE_DRAFTS] = { "drafts.db", drafts_migrations, G_N_ELEMENTS (drafts_migrations) },
};

const char *
hd_store_file_get_name (HdStoreFile file)
{
  return files[file].name;
}

/* In a transaction: another process may be at it too. */
static gboolean
run_migrations (HdStoreFile   file,
                HdDatabase   *database,
                GError      **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %u", files[file].n_migrations);
  gint64 version;

  if (!hd_database_get_int (database, &version, error, "PRAGMA user_version", ""))
    return FALSE;

  for (guint i = (guint) version; i < files[file].n_migrations; i++)
    {
      if (!hd_database_exec (database, files[file].migrations[i], error))
        return FALSE;
    }

  return hd_database_exec (database, set_version, error);
}

/**
 * hd_store_file_migrate:
 * @file: which file
 * @database: a connection to it alone
 * @error: return location for an error
 *
 * Brings the tables up to date.  A file of a later version of the program
 * counts as damaged: it is kept aside, for that version.
 */
gboolean
hd_store_file_migrate (HdStoreFile   file,
                       HdDatabase   *database,
                       GError      **error)
{
  gint64 version;

  if (!hd_database_get_int (database, &version, error, "PRAGMA user_version", ""))
    return FALSE;

  if (version < 0 || version > files[file].n_migrations)
    {
      g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "damaged: %s has the unknown version %" G_GINT64_FORMAT,
                   files[file].name, version);
      return FALSE;
    }

  if (version == files[file].n_migrations)
    return TRUE;

  if (!hd_database_begin (database, error))
    return FALSE;

  if (!run_migrations (file, database, error) || !hd_database_commit (database, error))
    {
      hd_database_rollback (database);
      return FALSE;
    }

  return TRUE;
}
