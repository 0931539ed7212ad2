/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-search-text.h"

/* What the portal says of itself: information, catalog, forms, options, announcements. */

/* --- Objects of which there is one --- */

static gboolean
keep_object (HdDatabase  *database,
             const char  *key,
             const char  *json,
             GError     **error)
{
  return hd_database_run (database, error, "INSERT OR REPLACE INTO main.objects (key, json) VALUES (?, ?)",
                          "ss", key, json);
}

gboolean
hd_store_keep_info (HdDatabase    *database,
                    HdPortalInfo  *info,
                    GError       **error)
{
  g_autofree char *json = hd_record_to_string (HD_RECORD (info));

  return keep_object (database, "info", json, error);
}

static gboolean
run_put_object (HdStoreCall  *call,
                HdDatabase   *database,
                GError      **error)
{
  call->topics = (HdStoreTopics) call->limit;
  return keep_object (database, call->id, call->text, error);
}

static gboolean
run_get_object (HdStoreCall  *call,
                HdDatabase   *database,
                GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json FROM main.objects WHERE key = ?", "s", call->id);

  return hd_store_read_record (call, statement,
                               g_str_equal (call->id, "info") ? HD_TYPE_PORTAL_INFO : HD_TYPE_CATALOG, error);
}

void
hd_store_put_info_async (HdStore             *self,
                         HdPortalInfo        *info,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_object, hd_store_put_info_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup ("info");
  call->limit = HD_STORE_INFO;
  call->text = hd_record_to_string (HD_RECORD (info));
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_info)

void
hd_store_get_info_async (HdStore             *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_object, hd_store_get_info_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup ("info");
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_info, HdPortalInfo *)

static char *
dup_category_name (HdCatalog  *catalog,
                   const char *category_id)
{
  GListModel *categories = hd_catalog_get_categories (catalog);

  for (guint i = 0; i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (HdCategory) category = g_list_model_get_item (categories, i);

      if (g_strcmp0 (hd_category_get_id (category), category_id) == 0)
        return g_strdup (hd_category_get_name (category));
    }

  return NULL;
}

gboolean
hd_store_keep_catalog (HdDatabase  *database,
                       HdCatalog   *catalog,
                       GError     **error)
{
  g_autofree char *json = hd_record_to_string (HD_RECORD (catalog));

  return keep_object (database, "catalog", json, error) &&
         hd_store_set_fact (database, HD_STORE_CATALOG_TO_INDEX, "", error);
}

static gboolean
index_offering (HdDatabase  *database,
                HdCatalog   *catalog,
                HdOffering  *offering,
                GError     **error)
{
  const char *const *words = hd_offering_get_keywords (offering);
  g_autofree char *keywords = words != NULL ? g_strjoinv (" ", (char **) words) : NULL;
  g_autofree char *category = dup_category_name (catalog, hd_offering_get_category_id (offering));

  return hd_store_index (database, HD_RESULT_KIND_OFFERING, hd_offering_get_id (offering),
                         hd_offering_get_name (offering), category, keywords,
                         hd_offering_get_summary (offering), category, NULL, error);
}

/* The offerings of the catalog that is kept, in place of what was indexed. */
gboolean
hd_store_index_catalog (HdDatabase  *database,
                        GError     **error)
{
  g_autofree char *json = NULL;
  g_autoptr (HdCatalog) catalog = NULL;
  GListModel *offerings;

  if (!hd_store_unindex_kind (database, HD_RESULT_KIND_OFFERING, error))
    return FALSE;

  json = hd_database_get_text (database, error, "SELECT json FROM main.objects WHERE key = 'catalog'", "");
  catalog = json != NULL ? hd_record_new_from_string (HD_TYPE_CATALOG, json, NULL) : NULL;
  offerings = catalog != NULL ? hd_catalog_get_offerings (catalog) : NULL;

  for (guint i = 0; offerings != NULL && i < g_list_model_get_n_items (offerings); i++)
    {
      g_autoptr (HdOffering) offering = g_list_model_get_item (offerings, i);

      if (!index_offering (database, catalog, offering, error))
        return FALSE;
    }

  return *error == NULL;
}

static gboolean
run_put_catalog (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdCatalog) catalog = hd_record_new_from_string (HD_TYPE_CATALOG, call->text, error);

  call->topics = HD_STORE_CATALOG;
  hd_store_index_soon (call->store);
  return catalog != NULL && hd_store_keep_catalog (database, catalog, error);
}

void
hd_store_put_catalog_async (HdStore             *self,
                            HdCatalog           *catalog,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_catalog, hd_store_put_catalog_async,
                                         cancellable, callback, user_data);

  call->text = hd_record_to_string (HD_RECORD (catalog));
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_catalog)

void
hd_store_get_catalog_async (HdStore             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_object, hd_store_get_catalog_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup ("catalog");
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_catalog, HdCatalog *)

/* --- Forms --- */

gboolean
hd_store_keep_form (HdDatabase  *database,
                    const char  *offering_id,
                    const char  *json,
                    GError     **error)
{
  return hd_database_run (database, error, "INSERT OR REPLACE INTO main.forms (offering_id, json) VALUES (?, ?)",
                          "ss", offering_id, json);
}

static gboolean
run_put_form (HdStoreCall  *call,
              HdDatabase   *database,
              GError      **error)
{
  call->topics = HD_STORE_CATALOG;
  return hd_store_keep_form (database, call->id, call->text, error);
}

void
hd_store_put_form_async (HdStore             *self,
                         HdForm              *form,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_form, hd_store_put_form_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (hd_form_get_offering_id (form));
  call->text = hd_record_to_string (HD_RECORD (form));
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_form)

static gboolean
run_get_form (HdStoreCall  *call,
              HdDatabase   *database,
              GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json FROM main.forms WHERE offering_id = ?", "s", call->id);

  return hd_store_read_record (call, statement, HD_TYPE_FORM, error);
}

void
hd_store_get_form_async (HdStore             *self,
                         const char          *offering_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_form, hd_store_get_form_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (offering_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_form, HdForm *)

/* --- Options --- */

static gboolean
put_option (HdStoreCall  *call,
            HdDatabase   *database,
            HdOption     *option,
            GError      **error)
{
  g_autofree char *json = hd_record_to_string (HD_RECORD (option));
  g_autofree char *shown = g_strjoin (" ", hd_option_get_value (option),
                                      hd_option_get_label (option) != NULL ? hd_option_get_label (option) : "",
                                      hd_option_get_detail (option), NULL);
  g_autofree char *words = hd_search_text_fold (shown);

  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO items.options (source, parent, value, words, json)"
                          " VALUES (?, ?, ?, ?, ?)",
                          "sssss", call->id, call->other_id, hd_option_get_value (option), words, json);
}

static gboolean
run_put_options (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdOptionList) list = hd_record_new_from_string (HD_TYPE_OPTION_LIST, call->extra, error);
  GListModel *options = list != NULL ? hd_option_list_get_options (list) : NULL;

  if (options == NULL)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (HdOption) option = g_list_model_get_item (options, i);

      if (!put_option (call, database, option, error))
        return FALSE;
    }

  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO items.option_queries (source, parent, query, json)"
                          " VALUES (?, ?, ?, ?)",
                          "ssss", call->id, call->other_id, call->text, call->extra);
}

static void
set_option_arguments (HdStoreCall *call,
                      const char  *source,
                      const char  *query,
                      const char  *parent)
{
  call->id = g_strdup (source);
  call->other_id = g_strdup (parent != NULL ? parent : "");
  call->text = g_strstrip (hd_search_text_fold (query));
}

/**
 * hd_store_put_options_async:
 * @self: a store
 * @source: the options source of a field
 * @query: (nullable): what was typed
 * @parent: (nullable): the answer of the field it depends on
 * @options: what the portal answered
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Kept with what is the person's, as words that the person typed are in it.
 */
void
hd_store_put_options_async (HdStore             *self,
                            const char          *source,
                            const char          *query,
                            const char          *parent,
                            HdOptionList        *options,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_options, hd_store_put_options_async,
                                         cancellable, callback, user_data);

  set_option_arguments (call, source, query, parent);
  call->extra = hd_record_to_string (HD_RECORD (options));
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_options)

static gboolean
has_all (const char         *words,
         const char *const  *terms)
{
  for (guint i = 0; terms[i] != NULL; i++)
    {
      if (strstr (words, terms[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Among all that was seen; no result where nothing ever was. */
static gboolean
find_options (HdStoreCall  *call,
              HdDatabase   *database,
              GError      **error)
{
  g_auto (GStrv) terms = hd_search_text_tokenize (call->text);
  g_autoptr (GListStore) options = g_list_store_new (HD_TYPE_OPTION);
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT json, words FROM items.options WHERE source = ? AND parent = ? ORDER BY words",
                       "ss", call->id, call->other_id);
  HdStep step = HD_STEP_ERROR;
  gboolean any = FALSE;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      g_autoptr (HdOption) option = NULL;

      any = TRUE;
      if (!has_all (hd_statement_get_text (statement, 1), (const char *const *) terms))
        continue;

      option = hd_record_new_from_string (HD_TYPE_OPTION, hd_statement_get_text (statement, 0), NULL);
      if (option != NULL)
        g_list_store_append (options, option);
    }

  if (any)
    hd_store_call_take (call, g_object_new (HD_TYPE_OPTION_LIST, "options", options, NULL), g_object_unref);

  return step == HD_STEP_DONE;
}

static gboolean
run_get_options (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT json FROM items.option_queries WHERE source = ? AND parent = ? AND query = ?",
                       "sss", call->id, call->other_id, call->text);

  if (!hd_store_read_record (call, statement, HD_TYPE_OPTION_LIST, error))
    return FALSE;

  return call->result != NULL || find_options (call, database, error);
}

void
hd_store_get_options_async (HdStore             *self,
                            const char          *source,
                            const char          *query,
                            const char          *parent,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_options, hd_store_get_options_async,
                                         cancellable, callback, user_data);

  set_option_arguments (call, source, query, parent);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_options, HdOptionList *)
