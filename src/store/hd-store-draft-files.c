/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-remove-tree.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * The files of drafts: files/DRAFT/FILE below the store's folder, with ids for
 * names, so that no name a person or another program gave ever becomes a path.
 * They come in by hd-store-draft-copy.c.
 */

/* Files that no draft names are another process's that it is about to name, or rests of a crash. */
#define STRAY_AGE_SECONDS (24 * 60 * 60)

/* Ids are made by us, but nothing hangs on it. */
static char *
dup_safe_name (const char *id)
{
  if (id[0] != '\0' && id[0] != '.' && strlen (id) <= 100 &&
      strspn (id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == strlen (id))
    return g_strdup (id);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
}

/* Returns: (transfer full): where the files of a draft are */
char *
hd_store_dup_draft_directory (HdStore    *self,
                              const char *draft_id)
{
  g_autofree char *name = dup_safe_name (draft_id);

  return g_build_filename (hd_store_get_directory (self), "files", name, NULL);
}

static gboolean
run_remove_file (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autofree char *directory = hd_store_dup_draft_directory (call->store, call->id);
  g_autofree char *name = dup_safe_name (call->other_id);

  call->topics = HD_STORE_DRAFTS;
  if (!hd_database_run (database, error, "DELETE FROM drafts.draft_files WHERE draft_id = ? AND id = ?",
                        "ss", call->id, call->other_id))
    return FALSE;

  if (hd_database_count_changes (database) > 0)
    hd_store_call_doom (call, g_build_filename (directory, name, NULL));
  return TRUE;
}

void
hd_store_remove_draft_file_async (HdStore             *self,
                                  const char          *draft_id,
                                  const char          *file_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_remove_file, hd_store_remove_draft_file_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (draft_id);
  call->other_id = g_strdup (file_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (remove_draft_file)

static gboolean
run_move_file (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  call->topics = HD_STORE_DRAFTS;
  return hd_database_run (database, error,
                          "UPDATE drafts.draft_files SET json = json_set (json, '$.field_id', ?)"
                          " WHERE draft_id = ? AND id = ?", "sss", call->extra, call->id, call->other_id);
}

/**
 * hd_store_move_draft_file_async:
 * @self: a store
 * @draft_id: a draft
 * @file_id: one of its files
 * @field_id: the field that it answers from now on
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * The field that it answered is gone from the form.
 */
void
hd_store_move_draft_file_async (HdStore             *self,
                                const char          *draft_id,
                                const char          *file_id,
                                const char          *field_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_move_file, hd_store_move_draft_file_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (draft_id);
  call->other_id = g_strdup (file_id);
  call->extra = g_strdup (field_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (move_draft_file)

/**
 * hd_store_load_draft_files:
 * @self: a store, on its thread
 * @database: its connection
 * @draft_id: a draft
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type HdDraftFile): in the order in which they were added
 */
GListModel *
hd_store_load_draft_files (HdStore     *self,
                           HdDatabase  *database,
                           const char  *draft_id,
                           GError     **error)
{
  g_autoptr (GListStore) files = g_list_store_new (HD_TYPE_DRAFT_FILE);
  g_autofree char *directory = hd_store_dup_draft_directory (self, draft_id);
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT json FROM drafts.draft_files WHERE draft_id = ? ORDER BY position", "s", draft_id);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      g_autoptr (HdDraftFile) file =
        hd_record_new_from_string (HD_TYPE_DRAFT_FILE, hd_statement_get_text (statement, 0), NULL);
      g_autofree char *name = file != NULL ? dup_safe_name (hd_draft_file_get_id (file)) : NULL;
      g_autofree char *path = name != NULL ? g_build_filename (directory, name, NULL) : NULL;

      if (file == NULL)
        continue;

      g_object_set (file, "path", path, NULL);
      g_list_store_append (files, file);
    }

  return step == HD_STEP_DONE ? G_LIST_MODEL (g_steal_pointer (&files)) : NULL;
}

static gboolean
is_old (const char *path)
{
  GStatBuf info;

  return g_lstat (path, &info) == 0 && g_get_real_time () / G_USEC_PER_SEC - info.st_mtime > STRAY_AGE_SECONDS;
}

static gboolean
collect_paths (HdStore     *self,
               HdStatement *statement,
               GHashTable  *paths,
               GError     **error)
{
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      char *directory = hd_store_dup_draft_directory (self, hd_statement_get_text (statement, 0));
      g_autofree char *name = dup_safe_name (hd_statement_get_text (statement, 1));

      g_hash_table_add (paths, g_build_filename (directory, name, NULL));
      g_hash_table_add (paths, directory);
    }

  return step == HD_STEP_DONE;
}

static void
remove_old (const char *path,
            GHashTable *wanted,
            guint       depth)
{
  g_autoptr (GDir) dir = depth < 2 ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_hash_table_contains (wanted, child))
        remove_old (child, wanted, depth + 1);
      else if (is_old (child))
        hd_remove_tree (child);
    }
}

/**
 * hd_store_remove_strays:
 * @self: a store, on its thread
 * @database: its connection
 * @error: return location for an error
 *
 * Deletes the files that are named by no draft and by no entry of the outbox:
 * what a crash left.
 */
gboolean
hd_store_remove_strays (HdStore     *self,
                        HdDatabase  *database,
                        GError     **error)
{
  g_autofree char *root = g_build_filename (hd_store_get_directory (self), "files", NULL);
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT draft_id, id FROM drafts.draft_files WHERE draft_id IN"
                       " (SELECT id FROM drafts.drafts UNION SELECT draft_id FROM drafts.outbox)", "");

  if (!collect_paths (self, statement, wanted, error))
    return FALSE;

  remove_old (root, wanted, 0);
  return TRUE;
}
