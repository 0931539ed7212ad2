/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-multipart.h"

#include "hd-error.h"

/**
 * HdHttpMultipart:
 *
 * A form with files, as RFC 7578 sends it: names in plain UTF-8, in which a
 * quotation mark and line ends are percent-escaped.
 *
 * The files are opened all at once, on a thread, before anything is sent: one
 * that is gone or has another size fails the request while nothing happened yet.
 */

typedef struct
{
  GBytes  *head;  /* (owned) */
  GBytes  *data;  /* (owned) (nullable): NULL for a file */
  GFile   *file;  /* (owned) (nullable) */
  guint64  size;  /* of the file */
} Part;

struct _HdHttpMultipart
{
  GObject    parent_instance;

  char      *boundary;
  char      *content_type;
  GPtrArray *parts;            /* (owned) (element-type Part) */
};

G_DEFINE_FINAL_TYPE (HdHttpMultipart, hd_http_multipart, G_TYPE_OBJECT)

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->head, g_bytes_unref);
  g_clear_pointer (&part->data, g_bytes_unref);
  g_clear_object (&part->file);
  g_free (part);
}

static void
hd_http_multipart_finalize (GObject *object)
{
  HdHttpMultipart *self = HD_HTTP_MULTIPART (object);

  g_clear_pointer (&self->boundary, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->parts, g_ptr_array_unref);

  G_OBJECT_CLASS (hd_http_multipart_parent_class)->finalize (object);
}

static void
hd_http_multipart_class_init (HdHttpMultipartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_http_multipart_finalize;
}

static void
hd_http_multipart_init (HdHttpMultipart *self)
{
  self->boundary = g_uuid_string_random ();
  self->content_type = g_strdup_printf ("multipart/form-data; boundary=\"%s\"", self->boundary);
  self->parts = g_ptr_array_new_with_free_func (part_free);
}

HdHttpMultipart *
hd_http_multipart_new (void)
{
  return g_object_new (HD_TYPE_HTTP_MULTIPART, NULL);
}

const char *
hd_http_multipart_get_content_type (HdHttpMultipart *self)
{
  g_return_val_if_fail (HD_IS_HTTP_MULTIPART (self), NULL);

  return self->content_type;
}

static GBytes *
bytes_take_string (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static char *
escape_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr (GString) escaped = g_string_new (valid);

  g_string_replace (escaped, "\"", "%22", 0);
  g_string_replace (escaped, "\r", "%0D", 0);
  g_string_replace (escaped, "\n", "%0A", 0);
  return g_strdup (escaped->str);
}

/* A type that came with a file is not to add lines to the head. */
static gboolean
is_content_type (const char *content_type)
{
  return content_type != NULL &&
         g_regex_match_simple ("^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+\\z", content_type,
                               G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

static Part *
add_part (HdHttpMultipart *self,
          const char      *name,
          const char      *file_name,
          const char      *content_type)
{
  Part *part = g_new0 (Part, 1);
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *escaped = escape_name (name);

  g_string_append_printf (head, "--%s\r\nContent-Disposition: form-data; name=\"%s\"", self->boundary, escaped);

  if (file_name != NULL)
    {
      g_autofree char *escaped_file_name = escape_name (file_name);

      g_string_append_printf (head, "; filename=\"%s\"", escaped_file_name);
    }

  g_string_append_printf (head, "\r\nContent-Type: %s\r\n\r\n",
                          is_content_type (content_type) ? content_type : "application/octet-stream");
  part->head = bytes_take_string (g_strdup (head->str));
  g_ptr_array_add (self->parts, part);
  return part;
}

void
hd_http_multipart_add_json (HdHttpMultipart *self,
                            const char      *name,
                            JsonNode        *node)
{
  g_return_if_fail (HD_IS_HTTP_MULTIPART (self));

  add_part (self, name, NULL, "application/json")->data = bytes_take_string (json_to_string (node, FALSE));
}

/**
 * hd_http_multipart_add_file:
 * @self: a form
 * @name: the part's name
 * @file: where the bytes are
 * @file_name: what to call it; anything a file can be called
 * @content_type: (nullable): its type
 * @size: the size that was announced
 */
void
hd_http_multipart_add_file (HdHttpMultipart *self,
                            const char      *name,
                            GFile           *file,
                            const char      *file_name,
                            const char      *content_type,
                            guint64          size)
{
  Part *part;

  g_return_if_fail (HD_IS_HTTP_MULTIPART (self));
  g_return_if_fail (file_name != NULL);

  part = add_part (self, name, file_name, content_type);
  part->file = g_object_ref (file);
  part->size = size;
}

static void
append_bytes (HdHttpBody *body,
              GBytes     *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  hd_http_body_add (body, stream, g_bytes_get_size (bytes));
}

static gboolean
append_file (HdHttpBody    *body,
             Part          *part,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (part->file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;

  if (stream != NULL)
    info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, error);

  if (info == NULL)
    return FALSE;

  if ((guint64) g_file_info_get_size (info) != part->size)
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_STORAGE, "a file is not of the size it was");
      return FALSE;
    }

  hd_http_body_add (body, G_INPUT_STREAM (stream), part->size);
  return TRUE;
}

/* On a thread. */
static void
open_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  HdHttpMultipart *self = source_object;
  g_autoptr (HdHttpBody) body = hd_http_body_new ();
  g_autoptr (GBytes) line_end = g_bytes_new_static ("\r\n", 2);
  g_autoptr (GBytes) end = bytes_take_string (g_strdup_printf ("--%s--\r\n", self->boundary));

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);
      g_autoptr (GError) error = NULL;

      append_bytes (body, part->head);

      if (part->data != NULL)
        {
          append_bytes (body, part->data);
        }
      else if (!append_file (body, part, cancellable, &error))
        {
          if (error->domain != HD_ERROR && !hd_error_is_cancelled (error))
            g_task_return_new_error (task, HD_ERROR, HD_ERROR_STORAGE, "a file cannot be read");
          else
            g_task_return_error (task, g_steal_pointer (&error));

          return;
        }

      append_bytes (body, line_end);
    }

  append_bytes (body, end);
  g_task_return_pointer (task, g_steal_pointer (&body), g_object_unref);
}

/**
 * hd_http_multipart_open_async:
 * @self: a form to which nothing is added any more
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Opens the files.
 */
void
hd_http_multipart_open_async (HdHttpMultipart     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HD_IS_HTTP_MULTIPART (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hd_http_multipart_open_async);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * hd_http_multipart_open_finish:
 * @self: a form
 * @result: what the callback was given
 * @error: return location for %HD_ERROR_STORAGE or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what to send
 */
HdHttpBody *
hd_http_multipart_open_finish (HdHttpMultipart  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_http_multipart_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
