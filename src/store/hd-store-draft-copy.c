/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hd-error.h"

/*
 * Files for drafts are copied by a thread of GTask's pool, that a large one may
 * not hold up the store's; the copy is on disk before the row that names it is
 * written.
 */

#define COPY_CHUNK (256 * 1024)
/* How often a copy says how far it is. */
#define PROGRESS_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  char                *draft_id; /* (owned) */
  GFile               *source; /* (owned) (nullable) */
  GBytes              *bytes; /* (owned) (nullable) */
  guint64              max_size;
  char                *directory; /* (owned) */
  char                *path; /* (owned) */
  HdDraftFile         *file; /* (owned) */

  HdStoreProgressFunc  progress;  /* (nullable) */
  gpointer             progress_data;  /* (unowned): lives until the task is done */
  GMainContext        *context;  /* (owned): where to call it */
  gint64               told_at;
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
  g_clear_pointer (&copy->context, g_main_context_unref);
  g_free (copy);
}

typedef struct
{
  HdStoreProgressFunc progress;
  gpointer            data;
  guint64             done;
} Telling;

static gboolean
told_cb (gpointer user_data)
{
  Telling *telling = user_data;

  telling->progress (telling->done, telling->data);
  return G_SOURCE_REMOVE;
}

/* From the copying thread.  The end of the task comes after this: of one context and priority, first come first served. */
static void
tell_progress (Copy    *copy,
               guint64  done)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  Telling *telling;

  if (copy->progress == NULL || now - copy->told_at < PROGRESS_INTERVAL)
    return;

  copy->told_at = now;
  telling = g_new0 (Telling, 1);
  telling->progress = copy->progress;
  telling->data = copy->progress_data;
  telling->done = done;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, told_cb, telling, g_free);
  g_source_attach (source, copy->context);
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
copy_stream (Copy          *copy,
             GInputStream  *stream,
             int            fd,
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
      if (copy->max_size > 0 && *size > copy->max_size)
        return set_too_large (error);

      g_checksum_update (checksum, buffer, n);
      if (!write_all (fd, buffer, (gsize) n, error))
        return FALSE;

      tell_progress (copy, *size);
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

  copied = copy_stream (copy, stream, fd, checksum, &size, cancellable, error);
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
taken_back_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (hd_store_remove_draft_file_finish (HD_STORE (object), result, &error))
    g_task_return_error_if_cancelled (task);
  else
    g_task_return_error (task, error);
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
      /* Whoever stopped it is told that it is not there, so it must not be sent along. */
      if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        {
          hd_store_remove_draft_file_async (HD_STORE (object), copy->draft_id, hd_draft_file_get_id (copy->file), NULL,
                                            taken_back_cb, g_steal_pointer (&task));
          return;
        }

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
  HdStore *self = g_task_get_source_object (task);
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
  /* Without a source: a thread may drop the last reference, and that must never be the store's. */
  g_autoptr (GTask) thread_task = g_task_new (NULL, g_task_get_cancellable (task), copied_cb, task);
  g_autofree char *id = g_uuid_string_random ();

  copy->draft_id = g_strdup (draft_id);
  copy->directory = hd_store_dup_draft_directory (self, draft_id);
  copy->path = g_build_filename (copy->directory, id, NULL);
  copy->context = g_main_context_ref_thread_default ();
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
 * @progress: (nullable) (scope async): called where this is called, several times
 *   a second and never after @callback
 * @progress_data: for @progress
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
                               HdStoreProgressFunc  progress,
                               gpointer             progress_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Copy *copy = g_new0 (Copy, 1);

  g_task_set_source_tag (task, hd_store_add_draft_file_async);
  copy->source = g_object_ref (source);
  copy->max_size = max_size;
  copy->progress = progress;
  copy->progress_data = progress_data;
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
