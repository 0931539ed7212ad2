/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hd-error.h"
#include "hd-remove-tree.h"
#include "hd-session-private.h"

/*
 * Attachments of requests.
 *
 *   open_attachment_async → make_place (thread) → place_made_cb → ask → opened_cb → finish
 *   save_attachment_async → ask → saved_cb → finish
 *
 * What is opened is downloaded into a folder of this portal that only its owner
 * can read, and that goes when the person signs out.
 */

#define MAX_NAME 120

typedef struct
{
  char       *request_id;     /* (owned) */
  char       *attachment_id;  /* (owned) */
  gint64      size;
  GFile      *destination;    /* (owned) */
  HdProgress *progress;       /* (owned) (nullable) */
} Download;

static void
download_free (Download *download)
{
  g_free (download->request_id);
  g_free (download->attachment_id);
  g_clear_object (&download->destination);
  g_clear_object (&download->progress);
  g_free (download);
}

static Download *
download_new (const char   *request_id,
              HdAttachment *attachment,
              GFile        *destination,
              HdProgress   *progress)
{
  Download *download = g_new0 (Download, 1);

  download->request_id = g_strdup (request_id);
  download->attachment_id = g_strdup (hd_attachment_get_id (attachment));
  download->size = hd_attachment_get_size (attachment);
  download->destination = g_object_ref (destination);
  download->progress = progress != NULL ? g_object_ref (progress) : NULL;

  return download;
}

/* Returns: (transfer full): what was opened is there */
char *
hd_session_dup_opened_folder (HdSession *self)
{
  return g_build_filename (self->folder, "opened", NULL);
}

/* --- Names --- */

static gboolean
is_safe (gunichar c)
{
  return g_unichar_isprint (c) && c != '/' && c != '\\' && c != ':' && !g_unichar_iszerowidth (c);
}

/* Cuts @name to MAX_NAME bytes, keeping what looks like an extension. */
static void
shorten (GString *name)
{
  const char *dot = strrchr (name->str, '.');
  gsize extension = dot != NULL ? strlen (dot) : 0;
  gsize length;

  if (name->len <= MAX_NAME)
    return;

  if (extension > 16)
    extension = 0;

  length = MAX_NAME - extension;

  while (length > 0 && ((guchar) name->str[length] & 0xc0) == 0x80)
    length--;

  g_string_erase (name, (gssize) length, (gssize) (name->len - extension - length));
}

/*
 * Returns: (transfer full): a name for the file that is safe whatever the portal
 * calls it, and that still says what it is
 */
static char *
dup_safe_name (const char *name)
{
  g_autoptr (GString) safe = g_string_new (NULL);

  for (const char *p = name != NULL ? name : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (safe, is_safe (c) ? c : '_');
    }

  if (safe->len == 0)
    g_string_assign (safe, "attachment");
  else if (safe->str[0] == '.' || safe->str[0] == '-')
    safe->str[0] = '_';

  shorten (safe);
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/* Returns: (transfer full): a place of its own for each attachment, so that equal names do not meet */
static GFile *
get_place (HdSession    *self,
           const char   *request_id,
           HdAttachment *attachment)
{
  g_autofree char *folder = hd_session_dup_opened_folder (self);
  g_autofree char *whole = g_strconcat (request_id, "\n", hd_attachment_get_id (attachment), NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  g_autofree char *name = dup_safe_name (hd_attachment_get_name (attachment));

  sum[16] = '\0';
  return g_file_new_build_filename (folder, sum, name, NULL);
}

/* --- Downloading --- */

static void
ask (HdSession           *self,
     GTask               *task,
     GAsyncReadyCallback  callback)
{
  Download *download = g_task_get_task_data (task);

  hd_portal_download_async (self->portal, download->request_id, download->attachment_id, download->destination,
                            download->progress, g_task_get_cancellable (task), callback, task);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  gboolean saved = hd_portal_download_finish (HD_PORTAL (object), result, &error);

  hd_session_note (g_task_get_source_object (task), error);

  if (saved)
    hd_session_return_true (task);
  else
    hd_session_return_error (task, error);
}

static void
ask_to_save (HdSession *self,
             GTask     *task)
{
  ask (self, task, saved_cb);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean downloaded = hd_portal_download_finish (HD_PORTAL (object), result, &error);

  hd_session_note (g_task_get_source_object (task), error);

  if (downloaded)
    hd_session_return_object (task, g_object_ref (download->destination));
  else
    hd_session_return_error (task, error);
}

static void
ask_to_open (HdSession *self,
             GTask     *task)
{
  ask (self, task, opened_cb);
}

/* Returns TRUE if the whole file is there already: attachments never change. */
static void
make_place (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  GFile *destination = task_data;
  g_autoptr (GFile) folder = g_file_get_parent (destination);
  GStatBuf about;

  if (g_mkdir_with_parents (g_file_peek_path (folder), 0700) != 0)
    g_task_return_new_error (task, HD_ERROR, HD_ERROR_STORAGE, "no place for an attachment: %s",
                             g_strerror (errno));
  else if (g_stat (g_file_peek_path (destination), &about) == 0)
    g_task_return_int (task, (gssize) about.st_size);
  else
    g_task_return_int (task, -1);
}

static void
place_made_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;
  gssize size = g_task_propagate_int (G_TASK (result), &error);

  if (error != NULL)
    hd_session_return_error (task, error);
  else if (size > 0 && size == download->size)
    hd_session_return_object (task, g_object_ref (download->destination));
  else
    hd_session_call (self, task, ask_to_open);
}

/**
 * hd_session_open_attachment_async:
 * @self: an open session
 * @request_id: a request
 * @attachment: one of its attachments, or of its messages’
 * @progress: (nullable): told about the bytes received
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Downloads an attachment, unless that was done before, for another program to open.
 */
void
hd_session_open_attachment_async (HdSession           *self,
                                  const char          *request_id,
                                  HdAttachment        *attachment,
                                  HdProgress          *progress,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GFile) destination = NULL;
  g_autoptr (GTask) place_task = NULL;
  GTask *task;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (request_id != NULL);
  g_return_if_fail (HD_IS_ATTACHMENT (attachment));

  destination = get_place (self, request_id, attachment);
  task = hd_session_task_new (self, hd_session_open_attachment_async, cancellable, callback, user_data);
  g_task_set_task_data (task, download_new (request_id, attachment, destination, progress),
                        (GDestroyNotify) download_free);

  /* Without a source: a thread may drop the last reference, and that must never be the session's. */
  place_task = g_task_new (NULL, cancellable, place_made_cb, task);
  g_task_set_source_tag (place_task, make_place);
  g_task_set_task_data (place_task, g_object_ref (destination), g_object_unref);
  g_task_run_in_thread (place_task, make_place);
}

/**
 * hd_session_open_attachment_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the file
 */
HD_SESSION_DEFINE_FINISH_POINTER (open_attachment, GFile *)

/**
 * hd_session_save_attachment_async:
 * @self: an open session
 * @request_id: a request
 * @attachment: one of its attachments, or of its messages’
 * @destination: where to; replaced only when complete
 * @progress: (nullable): told about the bytes received
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Saves an attachment where the person says.
 */
void
hd_session_save_attachment_async (HdSession           *self,
                                  const char          *request_id,
                                  HdAttachment        *attachment,
                                  GFile               *destination,
                                  HdProgress          *progress,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HD_IS_SESSION (self));
  g_return_if_fail (request_id != NULL);
  g_return_if_fail (HD_IS_ATTACHMENT (attachment));
  g_return_if_fail (G_IS_FILE (destination));

  task = hd_session_task_new (self, hd_session_save_attachment_async, cancellable, callback, user_data);
  g_task_set_task_data (task, download_new (request_id, attachment, destination, progress),
                        (GDestroyNotify) download_free);
  hd_session_call (self, task, ask_to_save);
}

/**
 * hd_session_save_attachment_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the whole file is there
 */
HD_SESSION_DEFINE_FINISH (save_attachment)

/* --- Cleaning up --- */

static void
remove_opened (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  if (!hd_remove_tree (task_data))
    g_debug ("an opened attachment is left");

  g_task_return_boolean (task, TRUE);
}

/* Deletes what was downloaded for opening. */
void
hd_session_remove_opened (HdSession *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, hd_session_remove_opened);
  g_task_set_task_data (task, hd_session_dup_opened_folder (self), g_free);
  g_task_run_in_thread (task, remove_opened);
}
