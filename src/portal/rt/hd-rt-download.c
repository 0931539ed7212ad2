/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-error.h"
#include "hd-json.h"
#include "hd-rt-field.h"

/*
 * Files and pictures.
 *
 *   download ─┬ of a field → downloaded_cb → finish
 *             └ of a correspondence → raw_downloaded_cb → finish, or encoded_received_cb → written_cb → finish
 *
 * REST gives the files of a correspondence as base64 in JSON only; the web
 * interface gives their bytes, but only to a session.
 */

#define LIMIT (G_GUINT64_CONSTANT (1) << 30)
#define ENCODED_LIMIT (G_GUINT64_CONSTANT (96) * 1024 * 1024)

typedef struct
{
  char  *number;       /* (owned): of the attachment */
  GFile *destination;  /* (owned) */
} Download;

static void
download_free (gpointer data)
{
  Download *download = data;

  g_free (download->number);
  g_clear_object (&download->destination);
  g_free (download);
}

static void
downloaded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (hd_http_client_download_finish (HD_HTTP_CLIENT (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- Base64 in JSON --- */

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else if (hd_error_is_cancelled (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, HD_ERROR, HD_ERROR_STORAGE, "the file cannot be written: %s", error->message);
}

static void
encoded_received_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  const char *content = answer != NULL ? hd_json_get_string (json_node_get_object (answer->root), "Content") : NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size = 0;
  guchar *data;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_base64_decode (content != NULL ? content : "", &size);
  bytes = g_bytes_new_take (data, size);
  g_file_replace_contents_bytes_async (download->destination, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       g_task_get_cancellable (task), written_cb, g_object_ref (task));
}

static void
raw_downloaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpRequest) request = NULL;

  if (hd_http_client_download_finish (HD_HTTP_CLIENT (object), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (!g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_error (&error);
  request = hd_rt_request_new ("GET", "attachment", download->number);
  hd_http_request_set_limit (request, ENCODED_LIMIT);
  hd_http_client_send_async (HD_HTTP_CLIENT (object), request, g_task_get_cancellable (task), encoded_received_cb,
                             g_object_ref (task));
}

/* --- Which it is --- */

static void
start (HdRtPortal          *self,
       HdHttpRequest       *request,
       HdProgress          *progress,
       GFile               *destination,
       GAsyncReadyCallback  callback,
       GTask               *task)
{
  hd_http_request_expect_bytes (request);
  hd_http_request_set_limit (request, LIMIT);
  hd_http_request_set_progress (request, progress);
  hd_http_client_download_async (self->client, request, destination, g_task_get_cancellable (task), callback,
                                 g_object_ref (task));
}

void
hd_rt_portal_download (HdPortal   *portal,
                       const char *request_id,
                       const char *attachment_id,
                       GFile      *destination,
                       HdProgress *progress,
                       GTask      *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  g_auto (GStrv) parts = g_strsplit (attachment_id, "-", 2);
  g_autoptr (HdHttpRequest) request = NULL;
  Download *download;

  if (parts[0] == NULL || parts[1] == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_NOT_FOUND, "no identifier of an attachment");
      return;
    }

  if (g_str_has_prefix (attachment_id, HD_RT_FIELD_PREFIX))
    {
      request = hd_rt_request_new ("GET", "download", "cf", parts[1]);
      start (self, request, progress, destination, downloaded_cb, task);
      return;
    }

  download = g_new0 (Download, 1);
  download->number = g_strdup (parts[1]);
  download->destination = g_object_ref (destination);
  g_task_set_task_data (task, download, download_free);
  request = hd_rt_request_prepare (hd_http_request_new ("GET", "SelfService", "Attachment", parts[0], parts[1], "file", NULL));
  start (self, request, progress, destination, raw_downloaded_cb, task);
}

/* --- Pictures --- */

static void
media_received_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, g_steal_pointer (&answer->bytes), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* A picture is the value of a custom field; another picture is another value, with a number of its own. */
void
hd_rt_portal_get_media (HdPortal   *portal,
                        const char *name,
                        GTask      *task)
{
  g_autoptr (HdHttpRequest) request = NULL;

  if (!g_str_has_prefix (name, HD_RT_FIELD_PREFIX))
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_NOT_FOUND, "no name of a picture");
      return;
    }

  request = hd_rt_request_new ("GET", "download", "cf", name + strlen (HD_RT_FIELD_PREFIX));
  hd_http_request_expect_bytes (request);
  hd_http_client_send_async (HD_RT_PORTAL (portal)->client, request, g_task_get_cancellable (task), media_received_cb,
                             g_object_ref (task));
}
