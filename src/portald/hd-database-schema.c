/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-database-schema.h"

/*
 * The portal's tables.  Each step takes the database one version up and is
 * never changed once released; PRAGMA user_version counts the steps done.
 *
 * “changed” columns hold values of the counter in “changes”: it only goes up,
 * so “what changed since” does not depend on anybody's clock.
 */
static const char *const steps[] = {
  /* 1 */
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE changes (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL);"
  "INSERT INTO changes VALUES (1, 0);"
  "INSERT INTO meta VALUES ('instance', lower (hex (randomblob (4))));"

  "CREATE TABLE accounts ("
  "  id TEXT PRIMARY KEY, user_name TEXT NOT NULL UNIQUE, password TEXT NOT NULL,"
  "  name TEXT NOT NULL, email TEXT NOT NULL, department TEXT, phone TEXT, office TEXT"
  ") WITHOUT ROWID;"
  /* Names that nobody has are here too: a stranger must not learn from the
   * lock which names exist. */
  "CREATE TABLE failures (user_name TEXT NOT NULL, at INTEGER NOT NULL);"
  "CREATE INDEX failures_by_name ON failures (user_name, at);"
  "CREATE TABLE locks (user_name TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE sessions ("
  "  token_hash TEXT PRIMARY KEY,"
  "  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,"
  "  expires_at INTEGER NOT NULL"
  ") WITHOUT ROWID;"

  "CREATE TABLE catalog_categories ("
  "  id TEXT PRIMARY KEY, position INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE offerings ("
  "  id TEXT PRIMARY KEY, position INTEGER NOT NULL, json TEXT NOT NULL, form TEXT NOT NULL"
  ") WITHOUT ROWID;"
  "CREATE TABLE options ("
  "  source TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL,"
  "  label TEXT NOT NULL, words TEXT NOT NULL, json TEXT NOT NULL,"
  "  PRIMARY KEY (source, position)"
  ") WITHOUT ROWID;"
  "CREATE INDEX options_by_value ON options (source, value);"

  "CREATE TABLE requests ("
  "  id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE,"
  "  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,"
  "  offering_id TEXT NOT NULL, offering_name TEXT NOT NULL, kind TEXT NOT NULL,"
  "  subject TEXT NOT NULL, subject_key TEXT NOT NULL,"
  "  status TEXT NOT NULL, status_label TEXT NOT NULL, waiting INTEGER NOT NULL DEFAULT 0,"
  "  priority TEXT NOT NULL DEFAULT 'none', created_at INTEGER NOT NULL,"
  "  updated_at INTEGER NOT NULL, closed_at INTEGER, assignee TEXT,"
  "  message_count INTEGER NOT NULL DEFAULT 0, rating INTEGER NOT NULL DEFAULT 0,"
  "  rating_comment TEXT, answered INTEGER NOT NULL DEFAULT 0,"
  "  answers TEXT NOT NULL, fields TEXT NOT NULL, article_id TEXT,"
  "  words TEXT NOT NULL, changed INTEGER NOT NULL);"
  "CREATE INDEX requests_by_account ON requests (account_id, updated_at);"
  "CREATE INDEX requests_by_change ON requests (account_id, changed);"
  "CREATE TABLE messages ("
  "  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
  "  request_id TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,"
  "  author TEXT NOT NULL, mine INTEGER NOT NULL, text TEXT NOT NULL,"
  "  created_at INTEGER NOT NULL);"
  "CREATE INDEX messages_by_request ON messages (request_id, position);"
  "CREATE TABLE history ("
  "  position INTEGER PRIMARY KEY,"
  "  request_id TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,"
  "  status TEXT NOT NULL, status_label TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL);"
  "CREATE INDEX history_by_request ON history (request_id, position);"
  "CREATE TABLE attachments ("
  "  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
  "  request_id TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,"
  "  message_id TEXT, field_id TEXT, name TEXT NOT NULL, content_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL, sha256 TEXT NOT NULL);"
  "CREATE INDEX attachments_by_request ON attachments (request_id, position);"
  "CREATE TABLE idempotency ("
  "  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,"
  "  key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,"
  "  location TEXT, body TEXT, created_at INTEGER NOT NULL,"
  "  PRIMARY KEY (account_id, key)"
  ") WITHOUT ROWID;"
  "CREATE TABLE letters ("
  "  id TEXT PRIMARY KEY, recipient TEXT NOT NULL, body TEXT NOT NULL,"
  "  created_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"

  "CREATE TABLE article_categories ("
  "  id TEXT PRIMARY KEY, position INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE articles ("
  "  id TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL,"
  "  category_id TEXT NOT NULL, keywords TEXT NOT NULL, body TEXT NOT NULL, media TEXT NOT NULL,"
  "  language TEXT NOT NULL, content_hash TEXT NOT NULL, version INTEGER NOT NULL,"
  "  published_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,"
  "  deleted INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX articles_by_change ON articles (changed);"
  "CREATE TABLE media (sha256 TEXT PRIMARY KEY, content_type TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE article_feedback ("
  "  article_id TEXT NOT NULL, account_id TEXT NOT NULL, helpful INTEGER NOT NULL,"
  "  comment TEXT, at INTEGER NOT NULL, PRIMARY KEY (article_id, account_id)"
  ") WITHOUT ROWID;"
  "CREATE TABLE announcements ("
  "  id TEXT PRIMARY KEY, title TEXT NOT NULL, summary TEXT NOT NULL, body TEXT NOT NULL,"
  "  important INTEGER NOT NULL, published_at INTEGER NOT NULL, expires_at INTEGER"
  ") WITHOUT ROWID;",
};

const char *const *
hd_database_schema_get_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}
