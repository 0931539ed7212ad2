/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-search.h"

#include "hd-html-text.h"
#include "hd-search-text.h"
#include "hd-search-words.h"
#include "hd-store-private.h"

/*
 * What is put into the full-text index, and taken out of it.
 *
 * What comes in is kept first, and the store's thread indexes it when nobody wants
 * anything of it: articles come by the thousand, faster than they can be indexed,
 * and already for the first word of anything the dictionary has to be read.  That
 * is so for what goes, too: its words are taken out by what they were found by.
 * A search waits for what is small and for a few articles and requests, not for many.
 */

#define ARTICLES_AT_ONCE 16
#define ARTICLES_A_SEARCH 32
/* Of most there is a line. */
#define REQUESTS_AT_ONCE 64
#define REQUESTS_A_SEARCH 256

static gboolean
take_out (HdDatabase    *database,
          HdResultKind   kind,
          const char    *id,
          GError       **error)
{
  return hd_database_run (database, error,
                          "DELETE FROM main.portal_search"
                          " WHERE rowid IN (SELECT row FROM main.indexed WHERE kind = ? AND id = ?)", "ds", (int) kind, id) &&
         hd_store_unindex (database, kind, id, error);
}

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
  gint64 row;

  if (!take_out (database, kind, id, error) ||
      !hd_database_run (database, error,
                        "INSERT INTO main.indexed (kind, id, title, detail, updated) VALUES (?, ?, ?, ?, ?)",
                        "dsssl", (int) kind, id, title, detail, hd_database_date_time (updated_at)))
    return FALSE;

  /* It may be that of something that is gone, and was not taken out yet. */
  row = hd_database_get_last_rowid (database);
  return hd_database_run (database, error, "DELETE FROM main.portal_search WHERE rowid = ?", "l", row) &&
         hd_database_run (database, error,
                          "INSERT INTO main.portal_search (rowid, title, headings, keywords, body)"
                          " VALUES (?, ?, ?, ?, ?)",
                          "lssss", row, title_words, heading_words, keyword_words, body_words);
}

/* It is not found any more; its words are taken out behind. */
gboolean
hd_store_unindex (HdDatabase    *database,
                  HdResultKind   kind,
                  const char    *id,
                  GError       **error)
{
  return hd_database_run (database, error, "DELETE FROM main.indexed WHERE kind = ? AND id = ?", "ds", (int) kind, id);
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

typedef struct
{
  gint64 n_small;
  gint64 n_articles;
  gint64 n_requests;
  gint64 n_gone;
} Missing;

/* No more of the articles and requests than are enough. */
static gboolean
count_missing (HdDatabase  *database,
               guint        articles,
               guint        requests,
               Missing     *missing,
               GError     **error)
{
  return hd_database_get_int (database, &missing->n_small, error,
                              "SELECT count (*) FROM main.facts WHERE key IN (?, ?)", "ss", small[0].fact, small[1].fact) &&
         hd_database_get_int (database, &missing->n_articles, error,
                              "SELECT count (*) FROM (SELECT 1 FROM main.articles WHERE indexed = 0 LIMIT ?)",
                              "d", (int) articles) &&
         hd_database_get_int (database, &missing->n_requests, error,
                              "SELECT count (*) FROM (SELECT 1 FROM items.request_texts LIMIT ?)", "d", (int) requests);
}

#define GONE "id NOT IN (SELECT row FROM main.indexed)"

/* All of the index is looked through for it: only when it has all that there is. */
static gboolean
find_gone (HdDatabase  *database,
           Missing     *missing,
           GError     **error)
{
  return missing->n_small + missing->n_articles + missing->n_requests > 0 ||
         hd_database_get_int (database, &missing->n_gone, error,
                              "SELECT 1 FROM main.portal_search_docsize WHERE " GONE " LIMIT 1", "");
}

static gboolean
take_out_gone (HdDatabase  *database,
               GError     **error)
{
  return hd_database_run (database, error,
                          "DELETE FROM main.portal_search WHERE rowid IN"
                          " (SELECT id FROM main.portal_search_docsize WHERE " GONE ")", "");
}

#define SOME_REQUESTS "row IN (SELECT row FROM items.request_texts ORDER BY row LIMIT ?)"

static gboolean
index_requests (HdDatabase  *database,
                guint        most,
                GError     **error)
{
  return hd_database_run (database, error,
                          "DELETE FROM items.request_search WHERE rowid IN"
                          " (SELECT row FROM items.request_texts WHERE " SOME_REQUESTS ")", "d", (int) most) &&
         hd_database_run (database, error,
                          "INSERT INTO items.request_search (rowid, number, title, details, messages)"
                          " SELECT row, number, title, details, messages FROM items.request_texts"
                          " WHERE " SOME_REQUESTS " AND row IN (SELECT row FROM items.requests)", "d", (int) most) &&
         hd_database_run (database, error, "DELETE FROM items.request_texts WHERE " SOME_REQUESTS, "d", (int) most);
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
index_missing (HdDatabase     *database,
               const Missing  *missing,
               GError        **error)
{
  if (!hd_database_begin (database, error))
    return FALSE;

  if ((missing->n_small == 0 || index_small (database, error)) &&
      index_some (database, (guint) missing->n_articles, error) &&
      (missing->n_requests == 0 || index_requests (database, (guint) missing->n_requests, error)) &&
      (missing->n_gone == 0 || take_out_gone (database, error)) &&
      hd_database_commit (database, error))
    return TRUE;

  hd_database_rollback (database);
  return FALSE;
}

/**
 * hd_store_index_find_missing:
 * @database: the connection, in no transaction
 * @missing: (out): what the index lacks, as topics; 0 when it lacks nothing
 * @error: return location for an error
 */
gboolean
hd_store_index_find_missing (HdDatabase     *database,
                             HdStoreTopics  *missing,
                             GError        **error)
{
  Missing counts = { 0 };

  *missing = 0;
  if (!count_missing (database, 1, 1, &counts, error) || !find_gone (database, &counts, error))
    return FALSE;

  if (counts.n_small + counts.n_articles + counts.n_gone > 0)
    *missing |= HD_STORE_ARTICLES;
  if (counts.n_requests > 0)
    *missing |= HD_STORE_REQUESTS;
  return TRUE;
}

/* Indexes what is small, and a few articles and requests; in no transaction, and when the words are ready. */
gboolean
hd_store_index_more (HdDatabase  *database,
                     GError     **error)
{
  Missing missing = { 0 };

  return count_missing (database, ARTICLES_AT_ONCE, REQUESTS_AT_ONCE, &missing, error) &&
         find_gone (database, &missing, error) && index_missing (database, &missing, error);
}

/**
 * hd_store_index_for_search:
 * @database: the connection, in no transaction
 *
 * What has just come is found at once, unless the words are not ready.  Where the disk is full, what is indexed still is.
 */
void
hd_store_index_for_search (HdDatabase *database)
{
  g_autoptr (GError) error = NULL;
  Missing missing = { 0 };

  if (hd_search_words_are_by_rules (hd_database_get_search_words (database)))
    return;

  if (count_missing (database, ARTICLES_A_SEARCH + 1, REQUESTS_A_SEARCH + 1, &missing, &error))
    {
      if (missing.n_articles > ARTICLES_A_SEARCH)
        missing.n_articles = 0;
      if (missing.n_requests > REQUESTS_A_SEARCH)
        missing.n_requests = 0;

      if (missing.n_small + missing.n_articles + missing.n_requests > 0)
        index_missing (database, &missing, &error);
    }

  if (error != NULL)
    g_debug ("what has come could not be indexed: %s", error->message);
}

static gboolean
run_complete_index (HdStoreCall  *call,
                    HdDatabase   *database,
                    GError      **error)
{
  HdStoreTopics missing = HD_STORE_ARTICLES;

  while (missing != 0 && !hd_store_call_is_cancelled (call, error))
    {
      if (!hd_store_index_find_missing (database, &missing, error) ||
          (missing != 0 && !hd_store_index_more (database, error)))
        return FALSE;
    }

  return missing == 0;
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
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_complete_index, hd_store_complete_index_async,
                                         cancellable, callback, user_data);

  call->words = HD_STORE_ALL_WORDS;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (complete_index)
