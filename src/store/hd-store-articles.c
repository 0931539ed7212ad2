/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-store-pack.h"

/* The knowledge base and the news. */

/* How many articles are made ready before another call gets its turn. */
#define ARTICLES_AT_ONCE 32

/* What of an article goes into its table, made before the transaction: JSON without the body. */
static char *
prepare_article (HdArticle *article)
{
  return hd_record_to_string_without (HD_RECORD (article), "body");
}

static gboolean
prepare_articles (HdStoreCall *call)
{
  GListModel *articles = hd_article_changes_get_articles (call->record);
  guint n = articles != NULL ? g_list_model_get_n_items (articles) : 0;

  if (call->prepared == NULL)
    call->prepared = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ARTICLES_AT_ONCE && call->prepared->len < n; i++)
    {
      g_autoptr (HdArticle) article = g_list_model_get_item (articles, call->prepared->len);

      g_ptr_array_add (call->prepared, prepare_article (article));
    }

  return call->prepared->len == n;
}

static gboolean
add_categories (HdDatabase  *database,
                GListModel  *categories,
                GError     **error)
{
  guint n = categories != NULL ? g_list_model_get_n_items (categories) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HdCategory) category = g_list_model_get_item (categories, i);
      g_autofree char *json = hd_record_to_string (HD_RECORD (category));

      if (!hd_database_run (database, error,
                            "INSERT OR REPLACE INTO main.article_categories (id, position, name, json)"
                            " VALUES (?, ?, ?, ?)",
                            "slss", hd_category_get_id (category), hd_category_get_position (category),
                            hd_category_get_name (category), json))
        return FALSE;
    }

  return TRUE;
}

/* A portal sends all of them or, where none changed, none. */
gboolean
hd_store_keep_categories (HdDatabase  *database,
                          GListModel  *categories,
                          GError     **error)
{
  if (categories != NULL && g_list_model_get_n_items (categories) > 0 &&
      !hd_database_run (database, error, "DELETE FROM main.article_categories", ""))
    return FALSE;

  return add_categories (database, categories, error);
}

static gboolean
keep_media_names (HdDatabase  *database,
                  HdArticle   *article,
                  GError     **error)
{
  const char *const *media = hd_article_get_media (article);

  if (!hd_database_run (database, error, "DELETE FROM main.article_media WHERE article_id = ?",
                        "s", hd_article_get_id (article)))
    return FALSE;

  for (guint i = 0; media != NULL && media[i] != NULL; i++)
    {
      if (!hd_database_run (database, error, "INSERT OR IGNORE INTO main.article_media (article_id, name) VALUES (?, ?)",
                            "ss", hd_article_get_id (article), media[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
keep_article (HdDatabase  *database,
              HdArticle   *article,
              const char  *json,
              GError     **error)
{
  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO main.articles (id, category_id, json, body, indexed)"
                          " VALUES (?, ?, ?, ?, 0)",
                          "ssss", hd_article_get_id (article), hd_article_get_category_id (article), json,
                          hd_article_get_body (article)) &&
         keep_media_names (database, article, error);
}

/* As the call does it, for one article outside of a call. */
gboolean
hd_store_keep_article (HdDatabase  *database,
                       HdArticle   *article,
                       GError     **error)
{
  g_autofree char *json = prepare_article (article);

  return keep_article (database, article, json, error);
}

/* Pictures that nothing shows any more. */
static gboolean
delete_strange_media (HdDatabase  *database,
                      GError     **error)
{
  return hd_database_run (database, error, "DELETE FROM main.media WHERE name NOT IN (" HD_STORE_MEDIA_NAMES ")", "");
}

/* But for its pictures. */
gboolean
hd_store_delete_article (HdDatabase  *database,
                         const char  *id,
                         GError     **error)
{
  return hd_database_run (database, error, "DELETE FROM main.articles WHERE id = ?", "s", id) &&
         hd_database_run (database, error, "DELETE FROM main.article_media WHERE article_id = ?", "s", id) &&
         hd_store_unindex (database, HD_RESULT_KIND_ARTICLE, id, error);
}

static gboolean
delete_articles (HdDatabase          *database,
                 const char *const   *ids,
                 GError             **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      if (!hd_store_delete_article (database, ids[i], error))
        return FALSE;
    }

  return ids == NULL || ids[0] == NULL || delete_strange_media (database, error);
}

/* That the portal was asked just now, for packs that are older; what is shown is no pack's any more. */
static gboolean
note_in_step (HdDatabase  *database,
              GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = g_date_time_format_iso8601 (now);

  return hd_store_set_fact (database, HD_STORE_ARTICLES_AT, text, error) &&
         hd_store_set_fact (database, HD_STORE_PACK, NULL, error);
}

static gboolean
run_apply_articles (HdStoreCall  *call,
                    HdDatabase   *database,
                    GError      **error)
{
  HdArticleChanges *changes = call->record;
  GListModel *articles = hd_article_changes_get_articles (changes);
  const char *as_of = hd_article_changes_get_as_of (changes);

  call->topics = HD_STORE_ARTICLES;
  hd_store_index_soon (call->store);
  if (!hd_store_keep_categories (database, hd_article_changes_get_categories (changes), error) ||
      !add_categories (database, hd_article_changes_get_added_categories (changes), error))
    return FALSE;

  for (guint i = 0; i < call->prepared->len; i++)
    {
      g_autoptr (HdArticle) article = g_list_model_get_item (articles, i);

      if (hd_store_call_is_cancelled (call, error) ||
          !keep_article (database, article, g_ptr_array_index (call->prepared, i), error))
        return FALSE;
    }

  return delete_articles (database, hd_article_changes_get_deleted (changes), error) &&
         (as_of == NULL || hd_store_set_fact (database, HD_STORE_ARTICLES_AS_OF, as_of, error)) &&
         (as_of == NULL || hd_article_changes_get_more (changes) || note_in_step (database, error));
}

/**
 * hd_store_apply_articles_async:
 * @self: a store
 * @changes: what a portal answered; not to be changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * The as-of of @changes becomes the value %HD_STORE_ARTICLES_AS_OF.
 */
void
hd_store_apply_articles_async (HdStore             *self,
                               HdArticleChanges    *changes,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_apply_articles, hd_store_apply_articles_async,
                                         cancellable, callback, user_data);

  call->record = g_object_ref (changes);
  call->prepare = prepare_articles;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (apply_articles)

/* Returns: (transfer full) (nullable) (element-type utf8): the ids of the articles that there are beside these */
GPtrArray *
hd_store_list_other_articles (HdDatabase  *database,
                              GHashTable  *ids,
                              GError     **error)
{
  g_autoptr (HdStatement) statement = hd_database_query (database, error, "SELECT id FROM main.articles", "");
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      const char *id = hd_statement_get_text (statement, 0);

      if (!g_hash_table_contains (ids, id))
        g_ptr_array_add (others, g_strdup (id));
    }

  return step == HD_STEP_DONE ? g_steal_pointer (&others) : NULL;
}

static gboolean
run_keep_articles (HdStoreCall  *call,
                   HdDatabase   *database,
                   GError      **error)
{
  g_autoptr (GPtrArray) others = hd_store_list_other_articles (database, call->ids, error);

  if (others == NULL)
    return FALSE;

  call->topics = others->len > 0 ? HD_STORE_ARTICLES : 0;
  g_ptr_array_add (others, NULL);
  return delete_articles (database, (const char *const *) others->pdata, error);
}

/**
 * hd_store_keep_articles_async:
 * @self: a store
 * @ids: (element-type utf8): the ids of all articles that there are; not to be changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Deletes all others.
 */
void
hd_store_keep_articles_async (HdStore             *self,
                              GHashTable          *ids,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_keep_articles, hd_store_keep_articles_async,
                                         cancellable, callback, user_data);

  call->ids = g_hash_table_ref (ids);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (keep_articles)

static gboolean
run_get_article (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json, body FROM main.articles WHERE id = ?", "s", call->id);

  if (!hd_store_read_record (call, statement, HD_TYPE_ARTICLE, error))
    return FALSE;

  if (call->result == NULL)
    return TRUE;

  g_object_set (call->result, "body", hd_statement_get_text (statement, 1), NULL);
  return TRUE;
}

void
hd_store_get_article_async (HdStore             *self,
                            const char          *article_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_article, hd_store_get_article_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (article_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_article, HdArticle *)

typedef struct
{
  char      *key;  /* (owned) */
  HdArticle *article;  /* (owned) */
} Sortable;

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (((const Sortable *) a)->key, ((const Sortable *) b)->key);
}

/* By title, as the person's language sorts; takes the articles. */
static GPtrArray *
sort_by_title (GPtrArray *articles)
{
  g_autofree Sortable *sortable = g_new0 (Sortable, articles->len + 1);

  for (guint i = 0; i < articles->len; i++)
    {
      sortable[i].article = g_ptr_array_index (articles, i);
      sortable[i].key = g_utf8_collate_key (hd_article_get_title (sortable[i].article), -1);
    }

  qsort (sortable, articles->len, sizeof (Sortable), compare_keys);

  for (guint i = 0; i < articles->len; i++)
    {
      articles->pdata[i] = sortable[i].article;
      g_free (sortable[i].key);
    }

  return articles;
}

static gboolean
run_list_articles (HdStoreCall  *call,
                   HdDatabase   *database,
                   GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT json FROM main.articles WHERE ?1 IS NULL OR category_id = ?1", "s", call->id);

  if (!hd_store_read_records (call, statement, HD_TYPE_ARTICLE, error))
    return FALSE;

  sort_by_title (hd_record_array_peek (call->result));
  return TRUE;
}

void
hd_store_list_articles_async (HdStore             *self,
                              const char          *category_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_list_articles, hd_store_list_articles_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (category_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (list_articles, GListModel *)

static gboolean
run_list_article_categories (HdStoreCall  *call,
                             HdDatabase   *database,
                             GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json FROM main.article_categories ORDER BY position, name, id", "");

  return hd_store_read_records (call, statement, HD_TYPE_CATEGORY, error);
}

void
hd_store_list_article_categories_async (HdStore             *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_list_article_categories,
                                         hd_store_list_article_categories_async, cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (list_article_categories, GListModel *)
