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
 *
 * It takes many turns, each a transaction of its own, so that nobody waits for a large pack; only the last says that
 * the pack was taken.  Whatever ends it before, it can be taken again, and what is there meanwhile the portal has
 * published: some articles of the one day, some of the other.
 */

/* How long other calls wait for a turn, as long as no single record takes longer. */
#define TURN_USEC (20 * 1000)

/* What each turn leaves for the next, to see whether anything came between: a file that was damaged and made anew, or
 * another program that takes a pack at the same time. */
#define LAST_TURN "portal-pack-turn"

/* Two that take a pack at the same time do not begin anew for ever. */
#define MAX_BEGINNINGS 3

typedef enum
{
  STEP_RECORDS,
  STEP_ARTICLES,  /* that the pack does not have are deleted */
  STEP_PICTURES,  /* that nothing shows any more are deleted */
  STEP_END,
} Step;

typedef struct
{
  HdStoreCall    *call;  /* (unowned) */
  HdDatabase     *database;  /* (unowned): of this turn */
  HdPack         *pack;  /* (unowned): the call's */
  HdPackManifest *manifest;  /* (unowned) */
  gboolean        is_whole;  /* of all categories */

  guint           n_beginnings;
  guint           turn;
  char           *id;  /* (owned): of this beginning */
  char           *as_of;  /* (owned) (nullable): what a sync had brought when it began */
  gboolean        is_newer;  /* than what is kept */
  gboolean        is_alone;  /* no sync has moved on meanwhile */
  Step            step;
  guint           n_taken;  /* of pictures those that were missing */
  GHashTable     *ids;  /* (owned) (element-type utf8): of the articles in it */
  GPtrArray      *doomed;  /* (owned) (nullable) (element-type utf8): of the step, what is to be deleted */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_free (import->id);
  g_free (import->as_of);
  g_hash_table_unref (import->ids);
  g_clear_pointer (&import->doomed, g_ptr_array_unref);
  g_free (import);
}

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

  import->n_taken += is_there == 0;

  if (is_there == 0 && !hd_store_keep_media (import->database, record->name, record->bytes, 0, error))
    return FALSE;

  /* Where packs come there is no line to have it again by. */
  return hd_database_run (import->database, error,
                          "UPDATE main.media SET kept_until = ?1 WHERE name = ?2 AND kept_until < ?1",
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
  if (record->kind != HD_PACK_KIND_PICTURE)
    {
      if (!import->is_newer)
        return TRUE;

      import->n_taken++;
    }

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
note_time (Import      *import,
           const char  *key,
           GDateTime   *time,
           GError     **error)
{
  g_autofree char *text = g_date_time_format_iso8601 (time);

  return hd_store_set_fact (import->database, key, text, error);
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
         (!import->is_newer || hd_store_set_fact (import->database, HD_STORE_PACK, json, error));
}

/* Whether the pack has all that there is: not where it is of some categories, nor where a sync has moved on meanwhile,
 * which goes on from where it is. */
static gboolean
is_all (Import *import)
{
  return import->is_newer && import->is_whole && import->is_alone;
}

/* As after a sync of the time when the pack's maker was in step with the portal: the next one goes on from there. */
static gboolean
note_in_step (Import  *import,
              GError **error)
{
  const char *as_of = hd_pack_manifest_get_as_of (import->manifest);

  return (as_of == NULL || hd_store_set_fact (import->database, HD_STORE_ARTICLES_AS_OF, as_of, error)) &&
         note_time (import, HD_STORE_ARTICLES_AT, hd_pack_manifest_get_data_at (import->manifest), error);
}

static gboolean
has_nothing (Import *import)
{
  return !import->is_newer && import->n_taken == 0;
}

static gboolean
finish (Import  *import,
        GError **error)
{
  return hd_store_set_fact (import->database, LAST_TURN, NULL, error) &&
         (has_nothing (import) || note_pack (import, error)) &&
         (!is_all (import) || note_in_step (import, error));
}

/* --- The steps --- */

static gboolean
begin_step (Import    *import,
            Step       step,
            GPtrArray *doomed)
{
  g_clear_pointer (&import->doomed, g_ptr_array_unref);
  import->step = step;
  import->doomed = doomed;
  return doomed != NULL;
}

static gboolean
take_record (Import  *import,
             GError **error)
{
  g_auto (HdPackRecord) record = { HD_PACK_KIND_END };

  if (!hd_pack_read (import->pack, &record, error))
    return FALSE;

  if (record.kind != HD_PACK_KIND_END)
    return keep_record (import, &record, error);

  return begin_step (import, STEP_ARTICLES, is_all (import) ? hd_store_list_other_articles (import->database, import->ids, error)
                                                            : g_ptr_array_new ());
}

/* Returns: (transfer full) (nullable) */
static GPtrArray *
list_strange_pictures (Import  *import,
                       GError **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (import->database, error,
                       "SELECT name FROM main.media WHERE name NOT IN (" HD_STORE_MEDIA_NAMES ")", "");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    g_ptr_array_add (names, g_strdup (hd_statement_get_text (statement, 0)));

  return step == HD_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

static gboolean
take_step (Import  *import,
           GError **error)
{
  g_autofree char *id = NULL;

  if (import->step == STEP_RECORDS)
    return take_record (import, error);

  if (import->doomed->len > 0)
    id = g_ptr_array_steal_index_fast (import->doomed, import->doomed->len - 1);

  if (import->step == STEP_ARTICLES && id == NULL)
    return begin_step (import, STEP_PICTURES, list_strange_pictures (import, error));

  /* What a sync has brought meanwhile stays. */
  if (import->step == STEP_ARTICLES)
    return !is_all (import) || hd_store_delete_article (import->database, id, error);

  if (id != NULL)
    return hd_database_run (import->database, error, "DELETE FROM main.media WHERE name = ?", "s", id);

  import->step = STEP_END;
  return TRUE;
}

/* --- The turns --- */

static gboolean
begin (Import  *import,
       GError **error)
{
  if (import->n_beginnings++ == MAX_BEGINNINGS)
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_STORAGE, "the pack: others are taken at the same time");
      return FALSE;
    }

  g_free (import->id);
  import->id = g_uuid_string_random ();
  import->turn = 0;
  import->n_taken = 0;
  import->is_alone = TRUE;
  import->step = STEP_RECORDS;
  g_hash_table_remove_all (import->ids);
  hd_pack_rewind (import->pack);
  return TRUE;
}

static char *
dup_turn (Import *import)
{
  return g_strdup_printf ("%s %u", import->id, import->turn);
}

/* The versions that a sync has noted are of what was there before: it is to ask again. */
static gboolean
forget_versions (Import  *import,
                 GError **error)
{
  return hd_database_run (import->database, error, "DELETE FROM main.facts WHERE key GLOB 'portal-*-version'", "");
}

/* Other calls, a sync's among them, had their turn. */
static gboolean
look_around (Import  *import,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *expected = dup_turn (import);
  g_autofree char *last = hd_database_get_text (import->database, &local_error, "SELECT value FROM main.facts WHERE key = ?",
                                                "s", LAST_TURN);
  g_autofree char *as_of = NULL;

  if (local_error == NULL)
    as_of = hd_database_get_text (import->database, &local_error, "SELECT value FROM main.facts WHERE key = ?",
                                  "s", HD_STORE_ARTICLES_AS_OF);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (g_strcmp0 (last, expected) != 0)
    {
      if (!begin (import, error))
        return FALSE;

      g_free (import->as_of);
      import->as_of = g_strdup (as_of);
    }

  import->is_alone = import->is_alone && g_strcmp0 (as_of, import->as_of) == 0;
  return compare_ages (import, error) && (!import->is_newer || forget_versions (import, error));
}

static gboolean
take_turn (Import  *import,
           gint64   until,
           GError **error)
{
  g_autofree char *turn = NULL;

  if (!look_around (import, error))
    return FALSE;

  while (import->step != STEP_END && g_get_monotonic_time () < until)
    {
      if (!take_step (import, error))
        return FALSE;
    }

  if (import->step == STEP_END)
    return finish (import, error);

  import->turn++;
  turn = dup_turn (import);
  return hd_store_set_fact (import->database, LAST_TURN, turn, error);
}

static gboolean
run_import_pack (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  Import *import = call->state;
  gint64 until = g_get_monotonic_time () + TURN_USEC;

  if (!hd_pack_is_checked (import->pack))
    {
      call->again = TRUE;
      return hd_pack_check_until (import->pack, until, error);
    }

  import->database = database;
  if (!hd_database_begin (database, error))
    return FALSE;

  if (!take_turn (import, until, error) || !hd_database_commit (database, error))
    {
      hd_database_rollback (database);
      return FALSE;
    }

  if (import->n_taken > 0)
    call->topics |= HD_STORE_CATALOG | HD_STORE_ARTICLES | HD_STORE_ANNOUNCEMENTS;

  hd_store_index_soon (call->store);
  call->again = import->step != STEP_END;
  return call->again || !has_nothing (import) || say_old (error);
}

/**
 * hd_store_import_pack_async:
 * @self: a store
 * @pack: a pack of this portal that is trusted, and that nobody else reads
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Takes what is in a pack, a little at a time: other calls get their turn in between.  What ends it halfway leaves a
 * store of which nothing says that the pack was taken.
 */
void
hd_store_import_pack_async (HdStore             *self,
                            HdPack              *pack,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_BARE, run_import_pack, hd_store_import_pack_async,
                                         cancellable, callback, user_data);
  Import *import = g_new0 (Import, 1);
  const char *const *categories = hd_pack_manifest_get_categories (hd_pack_get_manifest (pack));

  hd_pack_keep_in (pack, hd_store_get_directory (self));
  import->call = call;
  import->id = g_strdup ("");
  import->pack = pack;
  import->manifest = hd_pack_get_manifest (pack);
  import->is_whole = categories == NULL || categories[0] == NULL;
  import->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  call->record = g_object_ref (pack);
  call->state = import;
  call->free_state = import_free;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (import_pack)
