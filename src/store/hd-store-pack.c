/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-pack.h"
#include "hd-store-private.h"

#include "hd-error.h"

/*
 * Taking a knowledge pack.
 *
 * A pack that is older than what a sync has brought (or than another pack) replaces nothing: of it only pictures that
 * are missing are taken.  One that is newer replaces what there is, but for articles of which a newer state is kept.
 * Whom to trust a pack never says: the portal's keys stay what the portal itself has said.
 */

typedef struct
{
  HdStoreCall    *call;
  HdDatabase     *database;
  HdPackManifest *manifest;
  gboolean        is_newer;  /* than what is kept */
  gboolean        is_whole;  /* of all categories */
  guint           n_added;  /* pictures that were missing */
  GHashTable     *ids;  /* (element-type utf8): of the articles in it */
} Import;

/* Returns: whether the fact is a time after @time */
static gboolean
get_is_after (HdDatabase  *database,
              const char  *key,
              GDateTime   *time,
              gboolean     or_same,
              gboolean    *is_after,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = hd_database_get_text (database, &local_error, "SELECT value FROM main.facts WHERE key = ?",
                                                "s", key);
  g_autoptr (GDateTime) kept = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  *is_after = kept != NULL && g_date_time_compare (kept, time) >= (or_same ? 0 : 1);

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static char *
dup_created_key (HdPackManifest *manifest)
{
  const char *const *categories = hd_pack_manifest_get_categories (manifest);
  g_autofree char *scope = categories != NULL ? g_strjoinv (" ", (char **) categories) : NULL;

  return scope != NULL && *scope != '\0' ? g_strconcat (HD_STORE_PACK_CREATED, " ", scope, NULL)
                                         : g_strdup (HD_STORE_PACK_CREATED);
}

static gboolean
say_old (GError **error)
{
  g_set_error_literal (error, HD_ERROR, HD_ERROR_PACK_OLD, "the pack: nothing in it is newer than what is kept");
  return FALSE;
}

static gboolean
compare_ages (Import  *import,
              GError **error)
{
  g_autofree char *key = dup_created_key (import->manifest);
  GDateTime *created_at = hd_pack_manifest_get_created_at (import->manifest);
  gboolean is_older, is_older_than_whole, is_behind;

  if (!get_is_after (import->database, key, created_at, TRUE, &is_older, error) ||
      !get_is_after (import->database, HD_STORE_PACK_CREATED, created_at, TRUE, &is_older_than_whole, error) ||
      !get_is_after (import->database, HD_STORE_ARTICLES_AT, hd_pack_manifest_get_data_at (import->manifest), FALSE,
                     &is_behind, error))
    return FALSE;

  import->is_newer = !is_behind;
  return !(is_older || is_older_than_whole) || say_old (error);
}

/* What the portal itself said of keys and of an outage stays; other words for search are content, as articles are. */
static gboolean
keep_info (Import        *import,
           HdPortalInfo  *info,
           GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *json = hd_database_get_text (import->database, &local_error,
                                                "SELECT json FROM main.objects WHERE key = 'info'", "");
  g_autoptr (HdPortalInfo) kept = json != NULL ? hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json, NULL) : NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_object_set (info,
                "pack-keys", kept != NULL ? hd_portal_info_get_pack_keys (kept) : NULL,
                "outage", kept != NULL ? hd_portal_info_get_outage (kept) : NULL,
                NULL);
  import->call->topics |= HD_STORE_INFO;
  return hd_store_keep_info (import->database, info, error);
}

static GDateTime *
get_time (HdArticle *article)
{
  GDateTime *updated_at = hd_article_get_updated_at (article);

  return updated_at != NULL ? updated_at : hd_article_get_published_at (article);
}

static gboolean
keep_article (Import     *import,
              HdArticle  *article,
              GError    **error)
{
  const char *id = hd_article_get_id (article);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *json = hd_database_get_text (import->database, &local_error,
                                                "SELECT json FROM main.articles WHERE id = ?", "s", id);
  g_autoptr (HdArticle) kept = json != NULL ? hd_record_new_from_string (HD_TYPE_ARTICLE, json, NULL) : NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_hash_table_add (import->ids, g_strdup (id));

  /* No time is 0. */
  if (kept != NULL && hd_database_date_time (get_time (kept)) > hd_database_date_time (get_time (article)))
    return TRUE;

  return hd_store_keep_article (import->database, article, error);
}

static gboolean
keep_picture (Import        *import,
              HdPackRecord  *record,
              GError       **error)
{
  gint64 is_there;

  if (!hd_database_get_int (import->database, &is_there, error,
                            "SELECT EXISTS (SELECT 1 FROM main.media WHERE name = ?)", "s", record->name))
    return FALSE;

  import->n_added += is_there == 0;

  if (is_there == 0 && !hd_store_keep_media (import->database, record->name, record->bytes, 0, error))
    return FALSE;

  /* Where packs come there is no line to have it again by. */
  return hd_database_run (import->database, error,
                          "UPDATE main.media SET kept_until = max (kept_until, ?) WHERE name = ?",
                          "ls", hd_database_date_time (hd_pack_manifest_get_expires_at (import->manifest)), record->name);
}

static gboolean
keep_categories (Import            *import,
                 HdArticleChanges  *changes,
                 GError           **error)
{
  return hd_store_keep_categories (import->database, hd_article_changes_get_categories (changes), error);
}

static gboolean
keep_form (Import  *import,
           HdForm  *form,
           GError **error)
{
  g_autofree char *json = hd_record_to_string (HD_RECORD (form));

  return hd_store_keep_form (import->database, hd_form_get_offering_id (form), json, error);
}

static gboolean
keep_record (Import        *import,
             HdPackRecord  *record,
             GError       **error)
{
  if (record->kind != HD_PACK_KIND_PICTURE && !import->is_newer)
    return TRUE;

  switch (record->kind)
    {
    case HD_PACK_KIND_INFO:
      return keep_info (import, record->record, error);

    case HD_PACK_KIND_CATALOG:
      return hd_store_keep_catalog (import->database, record->record, error);

    case HD_PACK_KIND_FORM:
      return keep_form (import, record->record, error);

    case HD_PACK_KIND_CATEGORIES:
      return keep_categories (import, record->record, error);

    case HD_PACK_KIND_ARTICLE:
      return keep_article (import, record->record, error);

    case HD_PACK_KIND_ANNOUNCEMENTS:
      return hd_store_keep_announcements (import->database, record->record, error);

    case HD_PACK_KIND_PICTURE:
      return keep_picture (import, record, error);

    case HD_PACK_KIND_END:
    case HD_N_PACK_KINDS:
      break;
    }

  return TRUE;
}

static gboolean
keep_records (Import   *import,
              HdPack   *pack,
              GError  **error)
{
  g_auto (HdPackRecord) record = { HD_PACK_KIND_END };

  hd_pack_rewind (pack);

  do
    {
      if (hd_store_call_is_cancelled (import->call, error) ||
          !hd_pack_read (pack, &record, error) ||
          !keep_record (import, &record, error))
        return FALSE;
    }
  while (record.kind != HD_PACK_KIND_END);

  return TRUE;
}

static gboolean
note_time (Import      *import,
           const char  *key,
           GDateTime   *time,
           GError     **error)
{
  g_autofree char *text = g_date_time_format_iso8601 (time);

  return hd_store_set_fact (import->database, key, text, error);
}

/* The versions that a sync has noted are of what was there before: it is to ask again. */
static gboolean
forget_versions (Import  *import,
                 GError **error)
{
  return hd_database_run (import->database, error, "DELETE FROM main.facts WHERE key GLOB 'portal-*-version'", "");
}

/* What is from a pack says so, until the next sync. */
static gboolean
note_pack (Import  *import,
           GError **error)
{
  g_autoptr (HdPackManifest) about = hd_record_copy (HD_RECORD (import->manifest));
  g_autofree char *key = dup_created_key (import->manifest);
  g_autofree char *json = NULL;

  g_object_set (about, "blocks", NULL, NULL);
  json = hd_record_to_string (HD_RECORD (about));

  return note_time (import, key, hd_pack_manifest_get_created_at (about), error) &&
         (!import->is_newer ||
          (hd_store_set_fact (import->database, HD_STORE_PACK, json, error) && forget_versions (import, error)));
}

/* As after a sync of the time when the pack's maker was in step with the portal: the next one goes on from there. */
static gboolean
note_in_step (Import  *import,
              GError **error)
{
  const char *as_of = hd_pack_manifest_get_as_of (import->manifest);
  gboolean any;

  return (as_of == NULL || hd_store_set_fact (import->database, HD_STORE_ARTICLES_AS_OF, as_of, error)) &&
         note_time (import, HD_STORE_ARTICLES_AT, hd_pack_manifest_get_data_at (import->manifest), error) &&
         hd_store_delete_other_articles (import->database, import->ids, &any, error);
}

static gboolean
run_import_pack (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  HdPackManifest *manifest = hd_pack_get_manifest (call->record);
  const char *const *categories = hd_pack_manifest_get_categories (manifest);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Import import = { call, database, manifest };

  import.ids = ids;
  import.is_whole = categories == NULL || categories[0] == NULL;

  if (!compare_ages (&import, error) || !keep_records (&import, call->record, error))
    return FALSE;

  if (!import.is_newer && import.n_added == 0)
    return say_old (error);

  hd_store_index_soon (call->store);
  call->topics |= HD_STORE_CATALOG | HD_STORE_ARTICLES | HD_STORE_ANNOUNCEMENTS;
  return note_pack (&import, error) &&
         (!import.is_newer || !import.is_whole || note_in_step (&import, error)) &&
         hd_store_delete_strange_media (database, error);
}

/**
 * hd_store_import_pack_async:
 * @self: a store
 * @pack: a pack of this portal that is trusted, and that nobody else reads
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Takes what is in a pack, in one transaction.
 */
void
hd_store_import_pack_async (HdStore             *self,
                            HdPack              *pack,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_import_pack, hd_store_import_pack_async,
                                         cancellable, callback, user_data);

  call->record = g_object_ref (pack);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (import_pack)
