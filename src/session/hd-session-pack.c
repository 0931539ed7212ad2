/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-session-pack.h"
#include "hd-session-private.h"

#include "hd-error.h"
#include "hd-record-json.h"

/*
 * Knowledge packs: the Knowledge Base by hand, where there is no line.  Whose packs are trusted is decided here; the
 * store takes what it is given.
 *
 *   open_pack_async → open_in_thread → pack_opened_cb → created_read_cb → finish
 *   import_pack_async → check_in_thread → pack_checked_cb → pack_imported_cb → info_read_cb → finish
 *
 * Nobody has to be signed in, and nothing of it needs the network.
 */

typedef struct
{
  char   *path;  /* (owned) (nullable): NULL for what is on no file system */
  GStrv   trusted;  /* (owned) */
  char   *uri;  /* (owned) */
  char   *kind;  /* (owned) */
  HdPack *pack;  /* (owned) (nullable) */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->path);
  g_strfreev (look->trusted);
  g_free (look->uri);
  g_free (look->kind);
  g_clear_object (&look->pack);
  g_free (look);
}

static void
add_keys (GStrvBuilder      *builder,
          const char *const *keys)
{
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    g_strv_builder_add (builder, keys[i]);
}

/**
 * hd_session_dup_pack_keys:
 * @self: an open session
 *
 * Returns: (transfer full): the public keys that are trusted
 */
GStrv
hd_session_dup_pack_keys (HdSession *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (HD_IS_SESSION (self), NULL);

  add_keys (builder, hd_policy_get_pack_keys (self->policy));

  if (self->info != NULL)
    add_keys (builder, hd_portal_info_get_pack_keys (self->info));

  return g_strv_builder_end (builder);
}

/* --- Looking at one --- */

static gboolean
is_for (HdPackManifest  *manifest,
        Look            *look,
        GError         **error)
{
  if (g_strcmp0 (hd_pack_manifest_get_portal (manifest), look->uri) != 0 ||
      g_strcmp0 (hd_pack_manifest_get_kind (manifest), look->kind) != 0)
    g_set_error_literal (error, HD_ERROR, HD_ERROR_PACK_FOREIGN, "the pack: of another portal");
  else if (hd_pack_manifest_is_expired (manifest))
    g_set_error_literal (error, HD_ERROR, HD_ERROR_PACK_EXPIRED, "the pack: has expired");
  else
    return TRUE;

  return FALSE;
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Look *look = data;
  g_autoptr (HdPack) pack = NULL;
  GError *error = NULL;

  if (look->path == NULL)
    g_set_error_literal (&error, HD_ERROR, HD_ERROR_PACK_UNREADABLE, "the pack: on no file system");
  else
    pack = hd_pack_open (look->path, (const char *const *) look->trusted, &error);

  if (pack != NULL && is_for (hd_pack_get_manifest (pack), look, &error))
    g_task_return_pointer (task, g_steal_pointer (&pack), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
created_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Look *look = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *text = hd_store_get_value_finish (HD_STORE (object), result, &error);
  g_autoptr (GDateTime) taken = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  GDateTime *created_at = hd_pack_manifest_get_created_at (hd_pack_get_manifest (look->pack));

  if (taken != NULL && g_date_time_compare (created_at, taken) <= 0)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_PACK_OLD, "the pack: a newer one was taken, or this one");

  if (error != NULL)
    hd_session_return_error (task, error);
  else
    hd_session_return_object (task, g_steal_pointer (&look->pack));
}

static void
pack_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);
  GError *error = NULL;

  look->pack = g_task_propagate_pointer (G_TASK (result), &error);

  if (look->pack == NULL)
    hd_session_return_error (task, error);
  else
    hd_store_get_value_async (self->store, HD_STORE_PACK_CREATED, g_task_get_cancellable (task), created_read_cb, task);
}

/**
 * hd_session_open_pack_async:
 * @self: an open session
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Opens a knowledge pack, and keeps it open: what is taken later is this file, whatever its name is given to.
 */
void
hd_session_open_pack_async (HdSession           *self,
                            GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) opening = NULL;
  GTask *task;
  Look *look;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  task = hd_session_task_new (self, hd_session_open_pack_async, cancellable, callback, user_data);
  look = g_new0 (Look, 1);
  look->path = g_file_get_path (file);
  look->trusted = hd_session_dup_pack_keys (self);
  look->uri = g_strdup (self->uri);
  look->kind = g_strdup (self->kind);
  g_task_set_task_data (task, look, look_free);

  /* Of nobody: a thread that is late must not be the last to hold the session. */
  opening = g_task_new (NULL, cancellable, pack_opened_cb, task);
  g_task_set_source_tag (opening, open_in_thread);
  g_task_set_task_data (opening, look, NULL);
  g_task_run_in_thread (opening, open_in_thread);
}

/**
 * hd_session_open_pack_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error, one of those of packs
 *
 * Returns: (transfer full) (nullable): the pack, of which the contents are not checked yet
 */
HD_SESSION_DEFINE_FINISH_POINTER (open_pack, HdPack *)

/* --- Taking one --- */

static void
info_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (HdPortalInfo) info = hd_store_get_info_finish (HD_STORE (object), result, NULL);

  if (info != NULL)
    hd_session_set_info (g_task_get_source_object (task), info);

  hd_session_return_true (task);
}

static void
pack_imported_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_import_pack_finish (HD_STORE (object), result, &error))
    hd_store_get_info_async (HD_STORE (object), NULL, info_read_cb, task);
  else
    hd_session_return_error (task, error);
}

static void
pack_checked_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    hd_store_import_pack_async (self->store, g_task_get_task_data (task), g_task_get_cancellable (task),
                                pack_imported_cb, task);
  else
    hd_session_return_error (task, error);
}

static void
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  GError *error = NULL;

  if (hd_pack_check (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hd_session_import_pack_async:
 * @self: an open session
 * @pack: what hd_session_open_pack_async() gave
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Checks all of a knowledge pack, then takes it; nobody else has to wait for that.  Once it is checked its file may go.
 */
void
hd_session_import_pack_async (HdSession           *self,
                              HdPack              *pack,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) checking = NULL;
  GTask *task;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (HD_IS_PACK (pack));

  hd_pack_keep_in (pack, self->folder);
  task = hd_session_task_new (self, hd_session_import_pack_async, cancellable, callback, user_data);
  g_task_set_task_data (task, g_object_ref (pack), g_object_unref);

  checking = g_task_new (NULL, cancellable, pack_checked_cb, task);
  g_task_set_source_tag (checking, check_in_thread);
  g_task_set_task_data (checking, g_object_ref (pack), g_object_unref);
  g_task_run_in_thread (checking, check_in_thread);
}

/**
 * hd_session_import_pack_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether all of it was taken; of a broken one nothing is, of others some may be (hd_store_import_pack_async())
 */
HD_SESSION_DEFINE_FINISH (import_pack)

/* --- What is kept of the last --- */

static void
pack_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *json = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    hd_session_return_error (task, error);
  else
    hd_session_return_object (task, json != NULL ? hd_record_new_from_string (HD_TYPE_PACK_MANIFEST, json, NULL) : NULL);
}

void
hd_session_load_pack_async (HdSession           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  task = hd_session_task_new (self, hd_session_load_pack_async, cancellable, callback, user_data);
  hd_store_get_value_async (self->store, HD_STORE_PACK, cancellable, pack_read_cb, task);
}

HD_SESSION_DEFINE_FINISH_POINTER (load_pack, HdPackManifest *)

/* --- Making one --- */

static void
pack_written_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  HdPackManifest *manifest = hd_store_write_pack_finish (HD_STORE (object), result, &error);

  if (manifest != NULL)
    hd_session_return_object (task, manifest);
  else
    hd_session_return_error (task, error);
}

/**
 * hd_session_write_pack_async:
 * @self: an open session
 * @path: a file, replaced when the pack is whole
 * @key: who signs; lives until the callback
 * @expires_at: until when the pack may be taken
 * @categories: (nullable): of whose articles, and of those of the categories below
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Writes what is kept of the portal, as this person sees it.
 */
void
hd_session_write_pack_async (HdSession           *self,
                             const char          *path,
                             HdPackKey           *key,
                             GDateTime           *expires_at,
                             const char *const   *categories,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (HdPackManifest) about = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (self->store != NULL);

  about = g_object_new (HD_TYPE_PACK_MANIFEST,
                        "portal", self->uri,
                        "kind", self->kind,
                        "portal-name", self->info != NULL ? hd_portal_info_get_name (self->info) : NULL,
                        "organisation", self->info != NULL ? hd_portal_info_get_organisation (self->info) : NULL,
                        "categories", categories,
                        "created-at", now,
                        "expires-at", expires_at,
                        NULL);
  hd_store_write_pack_async (self->store, path, about, key, cancellable, pack_written_cb,
                             hd_session_task_new (self, hd_session_write_pack_async, cancellable, callback, user_data));
}

HD_SESSION_DEFINE_FINISH_POINTER (write_pack, HdPackManifest *)
