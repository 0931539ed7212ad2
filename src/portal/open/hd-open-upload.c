/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-private.h"

#include "hd-error.h"
#include "hd-json.h"

/*
 * Large files go up before what they belong to, piece by piece: after a cut line, or
 * another start of the program, they go on where the portal has got to.  Nothing of
 * that is kept here, for the portal knows a file by its SHA-256.
 *
 *   next_file → ask → asked_cb → opened_cb → read_piece → piece_read_cb → piece_sent_cb ⇄ read_piece … → next_file
 *
 * The words are those of tus 1.0 (https://tus.io/protocols/resumable-upload), the rest is docs/portal-api.yaml.
 */

#define LARGE (1024 * 1024)
#define PIECE (192 * 1024)
#define MAX_RESTARTS 3
#define PIECE_TYPE "application/offset+octet-stream"

typedef struct
{
  GPtrArray    *files;       /* (owned) (element-type HdDraftFile) */
  HdProgress   *progress;    /* (owned) (nullable) */
  GInputStream *stream;      /* (owned) (nullable): of the file that is being sent */
  guint         position;    /* of that file */
  gint64        offset;      /* in it */
  gint64        n_before;    /* bytes of the files before it */
  gint64        total;
  guint         n_restarts;  /* of that file */
} Upload;

static void ask (GTask *task);
static void read_piece (GTask *task);

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_ptr_array_unref (upload->files);
  g_clear_object (&upload->progress);
  g_clear_object (&upload->stream);
  g_free (upload);
}

static HdDraftFile *
get_file (Upload *upload)
{
  return g_ptr_array_index (upload->files, upload->position);
}

/* Whether the file goes up by itself. */
gboolean
hd_open_portal_uploads (HdOpenPortal *self,
                        HdDraftFile  *file)
{
  return (self->capabilities & HD_PORTAL_UPLOADS) != 0 && hd_draft_file_get_size (file) >= LARGE &&
         hd_draft_file_get_sha256 (file) != NULL && hd_draft_file_get_path (file) != NULL;
}

static HdHttpRequest *
create_request (Upload     *upload,
                const char *method)
{
  HdHttpRequest *request = hd_http_request_new (method, "uploads", hd_draft_file_get_sha256 (get_file (upload)), NULL);

  hd_http_request_expect_bytes (request);
  return request;
}

/* It is not complete with them: what they belong to is still to be sent. */
static void
tell (Upload *upload)
{
  if (upload->progress != NULL)
    hd_progress_set (upload->progress, upload->n_before + upload->offset, upload->total + 1);
}

/* Returns: how much of the file the portal has, or -1 with @error */
static gint64
read_offset (Upload        *upload,
             HdHttpAnswer  *answer,
             GError       **error)
{
  g_autoptr (JsonNode) node = hd_json_parse_object (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes),
                                                    error);
  gint64 offset = node != NULL ? hd_json_get_int (json_node_get_object (node), "offset", -1) : -1;

  if (offset >= 0 && offset <= hd_draft_file_get_size (get_file (upload)))
    return offset;

  if (node != NULL)
    g_set_error_literal (error, HD_ERROR, HD_ERROR_PROTOCOL, "the portal is where no file is");

  return -1;
}

/* @task: (transfer full) */
static void
next_file (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);

  g_clear_object (&upload->stream);
  upload->n_restarts = 0;

  if (upload->position < upload->files->len)
    {
      ask (task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
end_file (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);

  upload->n_before += hd_draft_file_get_size (get_file (upload));
  upload->offset = 0;
  upload->position++;
  tell (upload);
  next_file (task);
}

static void
end_with_error (GTask  *task,
                GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Somebody else has sent the same, or what has come was not it. */
static void
restart (GTask  *task,
         GError *error)
{
  Upload *upload = g_task_get_task_data (task);

  g_clear_object (&upload->stream);

  if (upload->n_restarts++ < MAX_RESTARTS)
    {
      g_error_free (error);
      ask (task);
      return;
    }

  g_error_free (error);
  end_with_error (task, g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "the portal does not keep what goes up"));
}

static void
piece_sent_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  gint64 before = upload->offset;

  if (answer != NULL)
    upload->offset = read_offset (upload, answer, &error);

  /* A piece that was taken and is not there would be sent for ever. */
  if (error == NULL && upload->offset <= before)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_CONFLICT, "the file did not grow");

  if (g_error_matches (error, HD_ERROR, HD_ERROR_CONFLICT))
    {
      restart (task, error);
      return;
    }

  if (error != NULL)
    {
      end_with_error (task, error);
      return;
    }

  tell (upload);

  if (upload->offset == hd_draft_file_get_size (get_file (upload)))
    end_file (task);
  else
    read_piece (task);
}

static void
send_piece (GTask  *task,
            GBytes *piece)
{
  Upload *upload = g_task_get_task_data (task);
  HdOpenPortal *self = g_task_get_source_object (task);
  g_autoptr (HdHttpRequest) request = create_request (upload, "PATCH");
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, upload->offset);
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, hd_draft_file_get_size (get_file (upload)));

  hd_http_request_set_header (request, "Upload-Offset", offset);
  hd_http_request_set_header (request, "Upload-Length", length);
  hd_http_request_set_bytes (request, PIECE_TYPE, piece);
  /* It has a place of its own in the file; and a connection for each of a thousand pieces is a handshake for each. */
  hd_http_request_set_idempotent (request);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), piece_sent_cb, task);
}

static void
piece_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (hd_error_is_cancelled (error))
    end_with_error (task, g_steal_pointer (&error));
  else if (piece == NULL || g_bytes_get_size (piece) == 0)
    end_with_error (task, g_error_new_literal (HD_ERROR, HD_ERROR_STORAGE, "a file cannot be read to its end"));
  else
    send_piece (task, piece);
}

/* Where the portal goes on is where it said, be that as it may. */
static void
read_piece (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);

  if (!g_seekable_seek (G_SEEKABLE (upload->stream), upload->offset, G_SEEK_SET, NULL, NULL))
    end_with_error (task, g_error_new_literal (HD_ERROR, HD_ERROR_STORAGE, "a file cannot be read"));
  else
    g_input_stream_read_bytes_async (upload->stream, PIECE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                     piece_read_cb, task);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GFileInputStream *stream = g_file_read_finish (G_FILE (object), result, &error);

  if (hd_error_is_cancelled (error))
    {
      end_with_error (task, g_steal_pointer (&error));
      return;
    }

  if (stream == NULL)
    {
      end_with_error (task, g_error_new_literal (HD_ERROR, HD_ERROR_STORAGE, "a file cannot be read"));
      return;
    }

  upload->stream = G_INPUT_STREAM (stream);
  read_piece (task);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  g_autoptr (GFile) file = g_file_new_for_path (hd_draft_file_get_path (get_file (upload)));

  upload->offset = answer != NULL ? read_offset (upload, answer, &error) : 0;

  if (g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND))
    g_clear_error (&error);

  if (error != NULL)
    {
      end_with_error (task, error);
      return;
    }

  tell (upload);

  if (upload->offset == hd_draft_file_get_size (get_file (upload)))
    end_file (task);
  else
    g_file_read_async (file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), opened_cb, task);
}

/* How much of the file the portal has. */
static void
ask (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);
  HdOpenPortal *self = g_task_get_source_object (task);
  g_autoptr (HdHttpRequest) request = create_request (upload, "GET");

  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), asked_cb, task);
}

typedef struct
{
  GTask           *task;     /* (owned) */
  HdOpenPortalSend send;
  HdSubmission    *submission; /* (owned) */
  HdForm          *form;     /* (owned) (nullable) */
  HdProgress      *progress; /* (owned) (nullable) */
} Rest;

static void
rest_free (Rest *rest)
{
  g_object_unref (rest->task);
  g_object_unref (rest->submission);
  g_clear_object (&rest->form);
  g_clear_object (&rest->progress);
  g_free (rest);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rest, rest_free)

static void
files_up_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Rest) rest = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    rest->send (rest->task, rest->submission, rest->form, rest->progress);
  else
    g_task_return_error (rest->task, error);
}

/**
 * hd_open_portal_upload_first:
 * @task: of the portal; it fails where the files do not go up
 * @files: (element-type HdDraftFile): what hd_open_portal_uploads() is true of
 * @send: sends the rest when they are up
 * @submission: for @send
 * @form: (nullable): for @send
 * @progress: (nullable): for @send; told before that how far the files are
 */
void
hd_open_portal_upload_first (GTask            *task,
                             GPtrArray        *files,
                             HdOpenPortalSend  send,
                             HdSubmission     *submission,
                             HdForm           *form,
                             HdProgress       *progress)
{
  Rest *rest = g_new0 (Rest, 1);
  Upload *upload = g_new0 (Upload, 1);
  GTask *files_task = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), files_up_cb, rest);

  rest->task = g_object_ref (task);
  rest->send = send;
  rest->submission = g_object_ref (submission);
  rest->form = form != NULL ? g_object_ref (form) : NULL;
  rest->progress = progress != NULL ? g_object_ref (progress) : NULL;

  upload->files = g_ptr_array_ref (files);
  upload->progress = progress != NULL ? g_object_ref (progress) : NULL;
  for (guint i = 0; i < files->len; i++)
    upload->total += hd_draft_file_get_size (g_ptr_array_index (files, i));

  g_task_set_source_tag (files_task, hd_open_portal_upload_first);
  g_task_set_task_data (files_task, upload, upload_free);
  next_file (files_task);
}
