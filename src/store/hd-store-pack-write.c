/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-pack.h"
#include "hd-store-private.h"

#include "hd-error.h"
#include "hd-pack-writer.h"

/*
 * Making a knowledge pack: what the portal publishes, in one state, and nothing of any person's.
 */

/* The articles that go into it; ?1 is NULL for all, else an array of categories, of which all below are meant too. */
#define IN_PACK \
  "WITH RECURSIVE wanted (id) AS (SELECT value FROM json_each (?1) UNION" \
  " SELECT article_categories.id FROM main.article_categories, wanted" \
  " WHERE article_categories.json ->> 'parent_id' = wanted.id)"
#define IS_IN_PACK "(?1 IS NULL OR articles.category_id IN (SELECT id FROM wanted))"

typedef struct
{
  HdStoreCall  *call;
  HdDatabase   *database;
  HdPackWriter *writer;
  char         *categories;  /* (owned) (nullable): as JSON */
} Making;

/* Of the moment, or said by the portal alone. */
static void
strip_info (gpointer record)
{
  g_object_set (record, "outage", NULL, "pack-keys", NULL, NULL);
}

/* Each row is a record; one that cannot be read is as good as not there. */
static gboolean
add_records (Making       *making,
             HdPackKind    kind,
             GType         type,
             HdStatement  *statement,
             void (       *change ) (gpointer record),
             GError      **error)
{
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      g_autoptr (HdRecord) record = hd_record_new_from_string (type, hd_statement_get_text (statement, 0), NULL);

      if (hd_store_call_is_cancelled (making->call, error))
        return FALSE;

      if (record != NULL && kind == HD_PACK_KIND_ARTICLE)
        g_object_set (record, "body", hd_statement_get_text (statement, 1), NULL);

      if (record != NULL && change != NULL)
        change (record);

      if (record != NULL && !hd_pack_writer_add_record (making->writer, kind, record, error))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

static gboolean
add_portal (Making  *making,
            GError **error)
{
  g_autoptr (HdStatement) info =
    hd_database_query (making->database, error, "SELECT json FROM main.objects WHERE key = 'info'", "");
  g_autoptr (HdStatement) catalog =
    hd_database_query (making->database, error, "SELECT json FROM main.objects WHERE key = 'catalog'", "");
  g_autoptr (HdStatement) forms =
    hd_database_query (making->database, error, "SELECT json FROM main.forms ORDER BY offering_id", "");

  return add_records (making, HD_PACK_KIND_INFO, HD_TYPE_PORTAL_INFO, info, strip_info, error) &&
         add_records (making, HD_PACK_KIND_CATALOG, HD_TYPE_CATALOG, catalog, NULL, error) &&
         add_records (making, HD_PACK_KIND_FORM, HD_TYPE_FORM, forms, NULL, error);
}

/* All rows as one record that is a list of them. */
static gboolean
add_list (Making      *making,
          HdPackKind   kind,
          GType        list_type,
          const char  *property,
          GType        type,
          const char  *sql,
          GError     **error)
{
  g_autoptr (HdStatement) statement = hd_database_query (making->database, error, sql, "");
  g_autoptr (HdRecord) record = NULL;

  if (!hd_store_read_records (making->call, statement, type, error))
    return FALSE;

  record = g_object_new (list_type, property, making->call->result, NULL);
  hd_store_call_take (making->call, NULL, NULL);
  return hd_pack_writer_add_record (making->writer, kind, record, error);
}

static gboolean
add_articles (Making  *making,
              GError **error)
{
  g_autoptr (HdStatement) articles =
    hd_database_query (making->database, error,
                       IN_PACK "SELECT json, body FROM main.articles WHERE " IS_IN_PACK " ORDER BY id",
                       "s", making->categories);

  return add_records (making, HD_PACK_KIND_ARTICLE, HD_TYPE_ARTICLE, articles, NULL, error);
}

static gboolean
add_pictures (Making  *making,
              GError **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (making->database, error,
                       IN_PACK "SELECT name, bytes FROM main.media"
                       " WHERE ?1 IS NULL OR name NOT IN (SELECT name FROM main.article_media)"
                       " OR name IN (SELECT name FROM main.article_media JOIN main.articles ON articles.id = article_id"
                       "  WHERE " IS_IN_PACK ") ORDER BY name",
                       "s", making->categories);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      g_autoptr (GBytes) bytes = hd_statement_dup_bytes (statement, 1);

      if (hd_store_call_is_cancelled (making->call, error) ||
          !hd_pack_writer_add_picture (making->writer, hd_statement_get_text (statement, 0), bytes, error))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

static char *
dup_fact (HdDatabase  *database,
          const char  *key,
          GError     **error)
{
  return hd_database_get_text (database, error, "SELECT value FROM main.facts WHERE key = ?", "s", key);
}

/* How old it is; a pack of some articles is no state of all, from which a sync could go on. */
static gboolean
add_ages (Making          *making,
          HdPackManifest  *about,
          GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *at = dup_fact (making->database, HD_STORE_ARTICLES_AT, &local_error);
  g_autofree char *as_of = local_error == NULL ? dup_fact (making->database, HD_STORE_ARTICLES_AS_OF, &local_error)
                                               : NULL;
  g_autoptr (GDateTime) data_at = at != NULL ? g_date_time_new_from_iso8601 (at, NULL) : NULL;

  if (local_error == NULL && data_at == NULL)
    g_set_error_literal (&local_error, HD_ERROR, HD_ERROR_NOT_FOUND, "nothing was synchronised yet");

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_object_set (about, "data-at", data_at, "as-of", making->categories == NULL ? as_of : NULL, NULL);
  return TRUE;
}

static gboolean
run_write_pack (HdStoreCall  *call,
                HdDatabase   *database,
                GError      **error)
{
  g_autofree char *categories = g_strdup (call->text);
  g_autoptr (HdPackWriter) writer = hd_pack_writer_new (call->id, error);
  Making making = { call, database, writer, categories };
  HdPackManifest *manifest;

  if (writer == NULL ||
      !add_ages (&making, call->record, error) ||
      !add_portal (&making, error) ||
      !add_list (&making, HD_PACK_KIND_CATEGORIES, HD_TYPE_ARTICLE_CHANGES, "categories", HD_TYPE_CATEGORY,
                 "SELECT json FROM main.article_categories ORDER BY position, id", error) ||
      !add_articles (&making, error) ||
      !add_list (&making, HD_PACK_KIND_ANNOUNCEMENTS, HD_TYPE_ANNOUNCEMENT_LIST, "announcements",
                 HD_TYPE_ANNOUNCEMENT, "SELECT json FROM main.announcements ORDER BY published, id", error) ||
      !add_pictures (&making, error))
    return FALSE;

  manifest = hd_pack_writer_finish (writer, call->record, call->data, error);
  hd_store_call_take (call, manifest, g_object_unref);
  return manifest != NULL;
}

static char *
dup_json_array (const char *const *words)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);

  json_node_take_array (node, array);
  return json_to_string (node, FALSE);
}

/**
 * hd_store_write_pack_async:
 * @self: a store
 * @path: a file, replaced when the pack is whole
 * @about: whose pack it is, until when it is good, and of which categories; not to be changed any more
 * @key: who signs; lives until the call is done
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Writes a knowledge pack.
 */
void
hd_store_write_pack_async (HdStore             *self,
                           const char          *path,
                           HdPackManifest      *about,
                           HdPackKey           *key,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  /* As if it wrote to the store: in a transaction, of one state. */
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_write_pack, hd_store_write_pack_async,
                                         cancellable, callback, user_data);
  const char *const *categories = hd_pack_manifest_get_categories (about);

  call->id = g_strdup (path);
  call->record = g_object_ref (about);
  call->data = key;
  if (categories != NULL && categories[0] != NULL)
    call->text = dup_json_array (categories);
  hd_store_call_push (call);
}

/**
 * hd_store_write_pack_finish:
 * @self: a store
 * @result: the result
 * @error: return location for a %HD_ERROR_STORAGE, or %HD_ERROR_NOT_FOUND where nothing was synchronised yet
 *
 * Returns: (transfer full) (nullable): what the pack says of itself
 */
HD_STORE_DEFINE_FINISH_POINTER (write_pack, HdPackManifest *)
