/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-upload.h"

#include <string.h>

#include "hd-blobs.h"
#include "hd-json.h"
#include "hd-problem.h"
#include "hd-text.h"
#include "hd-uploads.h"

/*
 * Reading what is sent with files: a multipart body, of which one part is JSON
 * and names the others.  A file that has no part has come before, piece by piece,
 * and is named by its hash.
 *
 * Names of files come from the JSON, in UTF-8; those in the parts' headers are
 * not looked at.
 */

#define MAX_NAME_BYTES 240
#define DEFAULT_TYPE "application/octet-stream"

static void
file_free (gpointer data)
{
  HdUploadFile *file = data;

  g_free (file->name);
  g_free (file->content_type);
  g_free (file->field_id);
  g_free (file->announced);
  g_free (file->sha256);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

void
hd_upload_free (HdUpload *self)
{
  g_clear_pointer (&self->description, json_node_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

/**
 * hd_upload_clean_name:
 * @name: (nullable): what a client calls a file
 *
 * Returns: (transfer full): a name that is one, without folders and control
 *   characters and not too long
 */
char *
hd_upload_clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autoptr (GString) clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '/' || c == '\\' || g_unichar_iscntrl (c))
        c = '_';

      if (clean->len + g_unichar_to_utf8 (c, NULL) <= MAX_NAME_BYTES)
        g_string_append_unichar (clean, c);
    }

  if (g_str_equal (clean->str, ".") || g_str_equal (clean->str, "..") || clean->len == 0)
    return g_strdup ("file");

  return g_strdup (clean->str);
}

/* What a browser would take for something else is not served as such. */
static char *
clean_type (const char *type)
{
  g_autofree char *lower = g_ascii_strdown (type != NULL ? type : DEFAULT_TYPE, -1);
  const char *slash = strchr (lower, '/');

  if (slash == NULL || slash == lower || slash[1] == '\0' ||
      lower[strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-/")] != '\0')
    return g_strdup (DEFAULT_TYPE);

  return g_steal_pointer (&lower);
}

/* Returns: (transfer none) (nullable): the body of the part with this name. */
static GBytes *
find_part (SoupMultipart *multipart,
           const char    *name)
{
  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *headers;
      GBytes *body;
      g_autofree char *disposition = NULL;
      GHashTable *parameters = NULL;
      gboolean is_it;

      if (!soup_multipart_get_part (multipart, i, &headers, &body) ||
          !soup_message_headers_get_content_disposition (headers, &disposition, &parameters))
        continue;

      is_it = g_strcmp0 (g_hash_table_lookup (parameters, "name"), name) == 0;
      g_hash_table_unref (parameters);

      if (is_it)
        return body;
    }

  return NULL;
}

/* Returns: (transfer full) (nullable): the file's bytes, wherever they have come */
static GBytes *
find_file (HdCall        *call,
           SoupMultipart *multipart,
           JsonObject    *object)
{
  const char *part = hd_json_get_string (object, "part");
  const char *sha256 = hd_json_get_string (object, "sha256");
  GBytes *bytes = part != NULL ? find_part (multipart, part) : NULL;

  if (bytes != NULL)
    return g_bytes_ref (bytes);

  return sha256 != NULL ? hd_uploads_load (hd_database_get_data_dir (hd_call_get_database (call)),
                                           hd_call_get_user (call)->id, sha256) : NULL;
}

static gboolean
read_file (HdUpload       *self,
           HdCall         *call,
           SoupMultipart  *multipart,
           JsonObject     *object,
           const HdLimits *limits,
           GError        **error)
{
  gint64 size = hd_json_get_int (object, "size", -1);
  g_autoptr (GBytes) bytes = find_file (call, multipart, object);
  HdUploadFile *file;

  if (bytes == NULL)
    return hd_problem_set_literal (error, HD_PROBLEM_BAD_REQUEST, "An announced file is missing.");

  if (size >= 0 && (gsize) size != g_bytes_get_size (bytes))
    return hd_problem_set_literal (error, HD_PROBLEM_BAD_REQUEST,
                                   "A file does not have the size that was announced.");

  if (limits->max_file_size > 0 && g_bytes_get_size (bytes) > (gsize) limits->max_file_size)
    return hd_problem_set (error, HD_PROBLEM_TOO_LARGE);

  file = g_new0 (HdUploadFile, 1);
  file->name = hd_upload_clean_name (hd_json_get_string (object, "name"));
  file->content_type = clean_type (hd_json_get_string (object, "content_type"));
  file->field_id = g_strdup (hd_json_get_string (object, "field_id"));
  file->announced = g_strdup (hd_json_get_string (object, "sha256"));
  file->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->files, file);
  return TRUE;
}

static gboolean
read_files (HdUpload        *self,
            HdCall          *call,
            SoupMultipart   *multipart,
            const HdLimits  *limits,
            GError         **error)
{
  JsonArray *array = hd_json_get_array (json_node_get_object (self->description), "attachments");
  guint n_files = array != NULL ? json_array_get_length (array) : 0;
  gsize total = 0;

  if (limits->max_files > 0 && n_files > (guint) limits->max_files)
    return hd_problem_set (error, HD_PROBLEM_TOO_LARGE);

  for (guint i = 0; i < n_files; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      HdUploadFile *file;

      if (!read_file (self, call, multipart, object, limits, error))
        return FALSE;

      file = g_ptr_array_index (self->files, i);
      total += g_bytes_get_size (file->bytes);
    }

  if (limits->max_total_size > 0 && total > (gsize) limits->max_total_size)
    return hd_problem_set (error, HD_PROBLEM_TOO_LARGE);

  return TRUE;
}

/**
 * hd_upload_parse:
 * @call: what was sent, and by whom
 * @part_name: the part with the description
 * @limits: the portal's limits
 * @error: return location for an #HdProblem
 *
 * Returns: (transfer full) (nullable): the upload, not stored yet
 */
HdUpload *
hd_upload_parse (HdCall          *call,
                 const char      *part_name,
                 const HdLimits  *limits,
                 GError         **error)
{
  SoupServerMessage *message = hd_call_get_message (call);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (SoupMultipart) multipart = NULL;
  g_autoptr (HdUpload) self = g_new0 (HdUpload, 1);
  GBytes *part;
  gsize size = 0;
  const char *data;

  self->files = g_ptr_array_new_with_free_func (file_free);
  multipart = soup_multipart_new_from_message (soup_server_message_get_request_headers (message), body);
  part = multipart != NULL ? find_part (multipart, part_name) : NULL;
  data = part != NULL ? g_bytes_get_data (part, &size) : NULL;

  if (data == NULL || !g_utf8_validate (data, (gssize) size, NULL))
    {
      hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);
      return NULL;
    }

  self->description = hd_json_parse_object (data, size, NULL);

  if (self->description == NULL)
    {
      hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);
      return NULL;
    }

  return read_files (self, call, multipart, limits, error) ? g_steal_pointer (&self) : NULL;
}

typedef struct
{
  HdUpload *upload;    /* (unowned): the caller's, until the task ends */
  char     *data_dir;  /* (owned) */
} Store;

static void
store_free (gpointer data)
{
  Store *store = data;

  g_free (store->data_dir);
  g_free (store);
}

static void
store_files (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Store *store = task_data;

  for (guint i = 0; i < store->upload->files->len; i++)
    {
      HdUploadFile *file = g_ptr_array_index (store->upload->files, i);
      GError *error = NULL;

      file->sha256 = hd_blobs_hold (store->data_dir, file->bytes, &error);

      if (file->sha256 == NULL)
        {
          g_task_return_error (task, error);
          return;
        }

      if (file->announced != NULL && !g_str_equal (file->announced, file->sha256))
        {
          hd_problem_set_literal (&error, HD_PROBLEM_BAD_REQUEST, "A file is not the one that was announced.");
          g_task_return_error (task, error);
          return;
        }
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * hd_upload_store_async:
 * @self: an upload, which must stay until the callback
 * @data_dir: the data folder
 * @cancellable: (nullable): to stop
 * @callback: called when all files are on the disk and have their hashes
 * @user_data: for @callback
 *
 * Stores the files, on a thread, until hd_upload_release().
 */
void
hd_upload_store_async (HdUpload            *self,
                       const char          *data_dir,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Store *store = g_new0 (Store, 1);

  store->upload = self;
  store->data_dir = g_strdup (data_dir);
  g_task_set_source_tag (task, hd_upload_store_async);
  g_task_set_task_data (task, store, store_free);
  g_task_run_in_thread (task, store_files);
}

gboolean
hd_upload_store_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_upload_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_named (HdDatabase *database,
          const char *sha256)
{
  return hd_database_count (database,
                            "SELECT EXISTS (SELECT 1 FROM attachments WHERE sha256 = ?)"
                            " OR EXISTS (SELECT 1 FROM media WHERE sha256 = ?)", "ss", sha256, sha256) > 0;
}

/**
 * hd_upload_release:
 * @self: an upload whose files are stored, or of which that failed
 * @database: the database
 * @is_used: whether the files belong to something now
 *
 * Lets go of the stored files: those that nothing names are deleted.
 */
void
hd_upload_release (HdUpload   *self,
                   HdDatabase *database,
                   gboolean    is_used)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      HdUploadFile *file = g_ptr_array_index (self->files, i);

      if (file->sha256 != NULL)
        hd_blobs_release (hd_database_get_data_dir (database), file->sha256,
                          is_used || is_named (database, file->sha256));

      g_clear_pointer (&file->sha256, g_free);
    }
}

/**
 * hd_upload_fingerprint:
 * @self: an upload whose files are stored
 *
 * Returns: (transfer full): a text that is the same for the same content only
 */
char *
hd_upload_fingerprint (const HdUpload *self)
{
  g_autofree char *description = hd_text_from_json (self->description);
  GString *text = g_string_new (description);

  for (guint i = 0; i < self->files->len; i++)
    {
      const HdUploadFile *file = g_ptr_array_index (self->files, i);

      g_string_append_printf (text, "\n%s", file->sha256);
    }

  return g_string_free (text, FALSE);
}
