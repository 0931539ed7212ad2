/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-search.h"

#include "hd-html-text.h"
#include "hd-search-text.h"
#include "hd-search-words.h"
#include "hd-store-private.h"

/*
 * The full-text index of what the portal publishes.
 *
 * What comes in is kept first, and the store's thread indexes it when nobody wants
 * anything of it: articles come by the thousand, faster than they can be indexed,
 * and already for the first word of anything the dictionary has to be read.  A search
 * waits for what is small and for a few articles, not for many.
 */

#define ARTICLES_AT_ONCE 16
#define ARTICLES_A_SEARCH 32

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

/* --- Articles --- */

static gboolean
index_article (HdDatabase  *database,
               HdArticle   *article,
               GError     **error)
{
  const char *const *words = hd_article_get_keywords (article);
  const char *summary = hd_article_get_summary (article);
  GDateTime *updated_at = hd_article_get_updated_at (article);
  g_autofree char *keywords = words != NULL ? g_strjoinv (" ", (char **) words) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *headings = NULL;
  g_autofree char *all = NULL;
  g_autofree char *category = NULL;

  hd_html_to_text (hd_article_get_body (article), &text, &headings);
  all = g_strjoin (" ", summary != NULL ? summary : "", text, NULL);
  category = hd_database_get_text (database, error, "SELECT name FROM main.article_categories WHERE id = ?",
                                   "s", hd_article_get_category_id (article));

  return *error == NULL &&
         hd_store_index (database, HD_RESULT_KIND_ARTICLE, hd_article_get_id (article), hd_article_get_title (article),
                         headings, keywords, all, category,
                         updated_at != NULL ? updated_at : hd_article_get_published_at (article), error);
}

/* Those that the index lacks; one that is damaged is passed over. */
static gboolean
index_some (HdDatabase  *database,
            guint        most,
            GError     **error)
{
  g_autoptr (GPtrArray) articles = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json, body, id FROM main.articles WHERE indexed = 0 LIMIT ?", "d", (int) most);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      HdArticle *article = hd_record_new_from_string (HD_TYPE_ARTICLE, hd_statement_get_text (statement, 0), NULL);

      if (article == NULL)
        article = g_object_new (HD_TYPE_ARTICLE, NULL);

      g_object_set (article, "id", hd_statement_get_text (statement, 2), "body", hd_statement_get_text (statement, 1), NULL);
      g_ptr_array_add (articles, article);
    }

  for (guint i = 0; step == HD_STEP_DONE && i < articles->len; i++)
    {
      HdArticle *article = articles->pdata[i];

      if (!index_article (database, article, error) ||
          !hd_database_run (database, error, "UPDATE main.articles SET indexed = 1 WHERE id = ?",
                            "s", hd_article_get_id (article)))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

/* --- What is missing --- */

typedef gboolean (*IndexFunc) (HdDatabase  *database,
                               GError     **error);

static const struct
{
  const char *fact;
  IndexFunc   index;
} small[] = {
  { HD_STORE_CATALOG_TO_INDEX, hd_store_index_catalog },
  { HD_STORE_ANNOUNCEMENTS_TO_INDEX, hd_store_index_announcements },
};

static gboolean
count_missing (HdDatabase  *database,
               guint        enough,
               gint64      *n_small,
               gint64      *n_articles,
               GError     **error)
{
  return hd_database_get_int (database, n_small, error,
                              "SELECT count (*) FROM main.facts WHERE key IN (?, ?)", "ss", small[0].fact, small[1].fact) &&
         hd_database_get_int (database, n_articles, error,
                              "SELECT count (*) FROM (SELECT 1 FROM main.articles WHERE indexed = 0 LIMIT ?)",
                              "d", (int) enough);
}

static gboolean
index_small (HdDatabase  *database,
             GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    {
      gint64 n;

      if (!hd_database_get_int (database, &n, error, "SELECT count (*) FROM main.facts WHERE key = ?", "s", small[i].fact) ||
          (n > 0 && (!small[i].index (database, error) || !hd_store_set_fact (database, small[i].fact, NULL, error))))
        return FALSE;
    }

  return TRUE;
}

static gboolean
index_missing (HdDatabase  *database,
               guint        most_articles,
               GError     **error)
{
  if (!hd_database_begin (database, error))
    return FALSE;

  if (index_small (database, error) && index_some (database, most_articles, error) && hd_database_commit (database, error))
    return TRUE;

  hd_database_rollback (database);
  return FALSE;
}

/**
 * hd_store_index_more:
 * @database: the connection, in no transaction
 * @n_missing: (out): how much the index lacked, if not more than a little; 0 when it lacks nothing
 * @error: return location for an error
 *
 * Indexes what is small, and a few articles.
 */
gboolean
hd_store_index_more (HdDatabase  *database,
                     gint64      *n_missing,
                     GError     **error)
{
  gint64 n_small, n_articles;

  *n_missing = 0;
  if (!count_missing (database, ARTICLES_AT_ONCE, &n_small, &n_articles, error))
    return FALSE;

  *n_missing = n_small + n_articles;
  return *n_missing == 0 || index_missing (database, ARTICLES_AT_ONCE, error);
}

/**
 * hd_store_index_for_search:
 * @database: the connection, in no transaction
 *
 * What has just come is found at once, and by the words that the portal has just told.  Where the disk is full, what is indexed still is.
 */
void
hd_store_index_for_search (HdDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gint64 n_small, n_articles;

  hd_search_words_refresh (hd_database_get_search_words (database));

  if (count_missing (database, ARTICLES_A_SEARCH + 1, &n_small, &n_articles, &error))
    {
      if (n_articles > ARTICLES_A_SEARCH)
        n_articles = 0;

      if (n_small + n_articles > 0)
        index_missing (database, (guint) n_articles, &error);
    }

  if (error != NULL)
    g_debug ("what has come could not be indexed: %s", error->message);
}

static gboolean
run_complete_index (HdStoreCall  *call,
                    HdDatabase   *database,
                    GError      **error)
{
  gint64 n_missing = 1;

  while (n_missing > 0 && !hd_store_call_is_cancelled (call, error))
    {
      if (!hd_store_index_more (database, &n_missing, error))
        return FALSE;
    }

  return n_missing == 0;
}

/**
 * hd_store_complete_index_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * For who has time to wait until everything can be found.
 */
void
hd_store_complete_index_async (HdStore             *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_BARE, run_complete_index, hd_store_complete_index_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH (complete_index)
