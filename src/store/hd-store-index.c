/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-search-text.h"

/* The full-text index of what the portal publishes. */

/**
 * hd_store_index:
 * @database: the connection, in a transaction
 * @kind: what it is
 * @id: its id
 * @title: (nullable): counts most
 * @headings: (nullable): counts more
 * @keywords: (nullable): counts more
 * @body: (nullable): plain text; what a snippet is cut from
 * @detail: (nullable): shown with a result
 * @updated_at: (nullable): shown with a result
 * @error: return location for an error
 *
 * Puts something into the index, in place of what it was before.
 */
gboolean
hd_store_index (HdDatabase    *database,
                HdResultKind   kind,
                const char    *id,
                const char    *title,
                const char    *headings,
                const char    *keywords,
                const char    *body,
                const char    *detail,
                GDateTime     *updated_at,
                GError       **error)
{
  g_autofree char *title_words = hd_search_text_normalize (title);
  g_autofree char *heading_words = hd_search_text_normalize (headings);
  g_autofree char *keyword_words = hd_search_text_normalize (keywords);
  g_autofree char *body_words = hd_search_text_normalize (body);

  if (!hd_store_unindex (database, kind, id, error) ||
      !hd_database_run (database, error,
                        "INSERT INTO main.indexed (kind, id, title, detail, updated) VALUES (?, ?, ?, ?, ?)",
                        "dsssl", (int) kind, id, title, detail, hd_database_date_time (updated_at)))
    return FALSE;

  return hd_database_run (database, error,
                          "INSERT INTO main.portal_search (rowid, title, headings, keywords, body)"
                          " VALUES (?, ?, ?, ?, ?)",
                          "lssss", hd_database_get_last_rowid (database),
                          title_words, heading_words, keyword_words, body_words);
}

gboolean
hd_store_unindex (HdDatabase    *database,
                  HdResultKind   kind,
                  const char    *id,
                  GError       **error)
{
  gint64 row;

  if (!hd_database_get_int (database, &row, error, "SELECT row FROM main.indexed WHERE kind = ? AND id = ?",
                            "ds", (int) kind, id))
    return FALSE;

  if (row == 0)
    return TRUE;

  return hd_database_run (database, error, "DELETE FROM main.portal_search WHERE rowid = ?", "l", row) &&
         hd_database_run (database, error, "DELETE FROM main.indexed WHERE row = ?", "l", row);
}

gboolean
hd_store_unindex_kind (HdDatabase    *database,
                       HdResultKind   kind,
                       GError       **error)
{
  return hd_database_run (database, error,
                          "DELETE FROM main.portal_search"
                          " WHERE rowid IN (SELECT row FROM main.indexed WHERE kind = ?)", "d", (int) kind) &&
         hd_database_run (database, error, "DELETE FROM main.indexed WHERE kind = ?", "d", (int) kind);
}
