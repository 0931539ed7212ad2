/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hd-error.h"

/*
 * The files of drafts: files/DRAFT/FILE below the store's folder, with ids for
 * names, so that no name a person or another program gave ever becomes a path.
 *
 * Copying is done by a thread of GTask's pool, that a large file may not hold up
 * the store's; the copy is on disk before the row that names it is written.
 */

#define COPY_CHUNK (256 * 1024)
/* Files that no draft names are another process's that it is about to name, or rests of a crash. */
#define STRAY_AGE_SECONDS (24 * 60 * 60)

typedef struct
{
  char        *draft_id;  /* (owned) */
  GFile       *source;  /* (owned) (nullable) */
  GBytes      *bytes;  /* (owned) (nullable) */
  guint64      max_size;
  char        *directory;  /* (owned) */
  char        *path;  /* (owned) */
  HdDraftFile *file;  /* (owned) */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_free (copy->draft_id);
  g_clear_object (&copy->source);
  g_clear_pointer (&copy->bytes, g_bytes_unref);
  g_free (copy->directory);
  g_free (copy->path);
  g_clear_object (&copy->file);
  g_free (copy);
}

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

/* Removes a folder with all there is in it; links are removed, not followed. */
void
hd_store_remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          hd_store_remove_tree (child);
        }
    }

  g_remove (path);
}

static gboolean
storage_error (GError     **error,
               const char  *what)
{
  int code = errno;

  g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "%s: %s", what, g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int             fd,
           const guint8   *data,
           gsize           size,
           GError        **error)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return storage_error (error, "could not write a file");

      data += n;
      size -= (gsize) n;
    }

  return TRUE;
}

static gboolean
set_too_large (GError **error)
{
  g_set_error_literal (error, HD_ERROR, HD_ERROR_TOO_LARGE, "the file is larger than allowed");
  return FALSE;
}

static gboolean
copy_stream (GInputStream  *stream,
             int            fd,
             guint64        max_size,
             GChecksum     *checksum,
             guint64       *size,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree guint8 *buffer = g_malloc (COPY_CHUNK);
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, COPY_CHUNK, cancellable, error)) > 0)
    {
      *size += (guint64) n;

      /* It may have grown since its size was asked for. */
      if (max_size > 0 && *size > max_size)
        return set_too_large (error);

      g_checksum_update (checksum, buffer, n);
      if (!write_all (fd, buffer, (gsize) n, error))
        return FALSE;
    }

  return n == 0;
}

static void
sync_folder (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      fsync (fd);
      g_close (fd, NULL);
    }
}

/* The folder of the draft, the one of all drafts, and the store's: any of them may be new. */
static void
sync_folders (const char *directory)
{
  g_autofree char *files = g_path_get_dirname (directory);
  g_autofree char *store = g_path_get_dirname (files);

  sync_folder (directory);
  sync_folder (files);
  sync_folder (store);
}

/* Nothing is left of a copy that did not come to its end. */
static gboolean
write_copy (Copy          *copy,
            GInputStream  *stream,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint64 size = 0;
  gboolean copied;
  int fd;

  if (g_mkdir_with_parents (copy->directory, 0700) != 0)
    return storage_error (error, "could not make a folder");

  fd = g_open (copy->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return storage_error (error, "could not make a file");

  copied = copy_stream (stream, fd, copy->max_size, checksum, &size, cancellable, error);
  if (copied && fsync (fd) != 0)
    copied = storage_error (error, "could not write a file");
  if (close (fd) != 0 && copied)
    copied = storage_error (error, "could not write a file");

  if (!copied)
    {
      g_unlink (copy->path);
      return FALSE;
    }

  sync_folders (copy->directory);
  g_object_set (copy->file, "size", (gint64) size, "sha256", g_checksum_get_string (checksum), NULL);
  return TRUE;
}

/* Looks at the source: what it is called, what it holds, whether it fits. */
static gboolean
examine_source (Copy          *copy,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (copy->source,
                       G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE ","
                       G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                       G_FILE_QUERY_INFO_NONE, cancellable, error);
  g_autofree char *mime_type = NULL;
  g_autofree char *name = NULL;

  if (info == NULL)
    return FALSE;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
      return FALSE;
    }

  if (copy->max_size > 0 && (guint64) g_file_info_get_size (info) > copy->max_size)
    return set_too_large (error);

  if (g_file_info_get_content_type (info) != NULL)
    mime_type = g_content_type_get_mime_type (g_file_info_get_content_type (info));
  name = g_utf8_make_valid (g_file_info_get_display_name (info), -1);

  g_object_set (copy->file,
                "name", name,
                "content-type", mime_type != NULL ? mime_type : "application/octet-stream",
                NULL);
  return TRUE;
}

static void
copy_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Copy *copy = task_data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  if (copy->source == NULL)
    stream = g_memory_input_stream_new_from_bytes (copy->bytes);
  else if (examine_source (copy, cancellable, &error))
    stream = G_INPUT_STREAM (g_file_read (copy->source, cancellable, &error));

  if (stream != NULL && write_copy (copy, stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
run_add_file (HdStoreCall  *call,
              HdDatabase   *database,
              GError      **error)
{
  call->topics = HD_STORE_DRAFTS;
  return hd_database_run (database, error, "INSERT INTO drafts.draft_files (draft_id, id, json) VALUES (?, ?, ?)",
                          "sss", call->id, call->other_id, call->text);
}

static void
row_written_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Copy *copy = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (hd_store_call_finish_boolean (HD_STORE (object), result, row_written_cb, &error))
    {
      g_object_set (copy->file, "path", copy->path, NULL);
      g_task_return_pointer (task, g_object_ref (copy->file), g_object_unref);
      return;
    }

  g_unlink (copy->path);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdStore *self = HD_STORE (object);
  Copy *copy = g_task_get_task_data (task);
  HdStoreCall *call;
  GError *error = NULL;

  /* The copy may have come to its end before it was cancelled. */
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_unlink (copy->path);
      g_task_return_error (task, error);
      return;
    }

  /* Not to be cancelled: it would not be known whether the row was written. */
  call = hd_store_call_new (self, HD_STORE_WRITE, run_add_file, row_written_cb,
                            NULL, row_written_cb, g_object_ref (task));
  call->id = g_strdup (copy->draft_id);
  call->other_id = g_strdup (hd_draft_file_get_id (copy->file));
  call->text = hd_record_to_string (HD_RECORD (copy->file));
  hd_store_call_push (call);
}

/* Takes the task; its data is a copy that says what to copy. */
static void
start_copy (HdStore    *self,
            GTask      *task,
            Copy       *copy,
            const char *draft_id,
            const char *field_id)
{
  g_autoptr (GTask) thread_task = g_task_new (self, g_task_get_cancellable (task), copied_cb, task);
  g_autofree char *id = g_uuid_string_random ();

  copy->draft_id = g_strdup (draft_id);
  copy->directory = hd_store_dup_draft_directory (self, draft_id);
  copy->path = g_build_filename (copy->directory, id, NULL);
  g_object_set (copy->file, "id", id, "field-id", field_id, NULL);

  g_task_set_task_data (task, copy, copy_free);
  g_task_set_source_tag (thread_task, start_copy);
  g_task_set_task_data (thread_task, copy, NULL);
  g_task_run_in_thread (thread_task, copy_in_thread);
}

/**
 * hd_store_add_draft_file_async:
 * @self: a store
 * @draft_id: a draft, which may be saved later
 * @field_id: (nullable): the field that the file answers
 * @source: a file of any name
 * @max_size: at most so many bytes; 0 for any number
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Copies a file.  Fails with %HD_ERROR_TOO_LARGE, with %HD_ERROR_STORAGE where
 * the copy cannot be written, and with a #GIOErrorEnum where @source cannot be read.
 */
void
hd_store_add_draft_file_async (HdStore             *self,
                               const char          *draft_id,
                               const char          *field_id,
                               GFile               *source,
                               guint64              max_size,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Copy *copy = g_new0 (Copy, 1);

  g_task_set_source_tag (task, hd_store_add_draft_file_async);
  copy->source = g_object_ref (source);
  copy->max_size = max_size;
  copy->file = g_object_new (HD_TYPE_DRAFT_FILE, NULL);
  start_copy (self, task, copy, draft_id, field_id);
}

HD_STORE_DEFINE_FINISH_POINTER (add_draft_file, HdDraftFile *)

void
hd_store_add_draft_bytes_async (HdStore             *self,
                                const char          *draft_id,
                                const char          *field_id,
                                const char          *name,
                                const char          *content_type,
                                GBytes              *bytes,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Copy *copy = g_new0 (Copy, 1);

  g_task_set_source_tag (task, hd_store_add_draft_bytes_async);
  copy->bytes = g_bytes_ref (bytes);
  copy->file = g_object_new (HD_TYPE_DRAFT_FILE, "name", name, "content-type", content_type, NULL);
  start_copy (self, task, copy, draft_id, field_id);
}

HD_STORE_DEFINE_FINISH_POINTER (add_draft_bytes, HdDraftFile *)

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
        hd_store_remove_tree (child);
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
