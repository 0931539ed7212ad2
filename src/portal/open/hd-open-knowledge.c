/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-private.h"

#include <gnutls/crypto.h>
#include <string.h>

#include "hd-error.h"

/* What the portal publishes, but for the articles: their pictures, announcements. */

#define SHA256_LENGTH 32

enum { INLINE_LIMIT = 1024 * 1024 };   /* larger pictures are hashed on a thread */

typedef struct
{
  char   *sha256;  /* (owned) */
  GBytes *bytes;   /* (owned) (nullable) */
} Media;

static void
media_free (gpointer data)
{
  Media *media = data;

  g_free (media->sha256);
  g_clear_pointer (&media->bytes, g_bytes_unref);
  g_free (media);
}

void
hd_open_portal_list_announcements (HdPortal *portal,
                                   GTask    *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "announcements", NULL);

  hd_open_portal_ask_cached (HD_OPEN_PORTAL (portal), request, HD_TYPE_ANNOUNCEMENT_LIST, task);
}

/* GnuTLS does it with the processor's own instructions, several times as fast as GLib. */
static gboolean
has_sum (GBytes     *bytes,
         const char *sha256)
{
  guint8 digest[SHA256_LENGTH];
  char hex[2 * SHA256_LENGTH + 1];
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, data, size, digest) != 0)
    return FALSE;

  for (guint i = 0; i < SHA256_LENGTH; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", digest[i]);

  return g_ascii_strcasecmp (hex, sha256) == 0;
}

static gboolean
check_media (Media   *media,
             GError **error)
{
  if (has_sum (media->bytes, media->sha256))
    return TRUE;

  g_set_error_literal (error, HD_ERROR, HD_ERROR_PROTOCOL, "the picture is not the one that was asked for");
  return FALSE;
}

static void
return_media (GTask  *task,
              GError *error)
{
  Media *media = g_task_get_task_data (task);

  if (error == NULL)
    g_task_return_pointer (task, g_bytes_ref (media->bytes), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
media_checked_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  return_media (task, error);
}

static void
check_media_in_thread (GTask        *task,
                       gpointer      source_object,
                       gpointer      task_data,
                       GCancellable *cancellable)
{
  GError *error = NULL;

  if (check_media (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* With a task that does not hold the portal, which must not end on a thread. */
static void
start_checking (GTask *task)
{
  g_autoptr (GTask) checking = g_task_new (NULL, g_task_get_cancellable (task), media_checked_cb, g_object_ref (task));

  g_task_set_source_tag (checking, start_checking);
  g_task_set_task_data (checking, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (checking, check_media_in_thread);
}

static void
media_received_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Media *media = g_task_get_task_data (task);
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  media->bytes = g_steal_pointer (&answer->bytes);

  if (g_bytes_get_size (media->bytes) > INLINE_LIMIT)
    {
      start_checking (task);
      return;
    }

  check_media (media, &error);
  return_media (task, error);
}

void
hd_open_portal_get_media (HdPortal   *portal,
                          const char *sha256,
                          GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "media", sha256, NULL);
  Media *media = g_new0 (Media, 1);

  media->sha256 = g_strdup (sha256);
  g_task_set_task_data (task, media, media_free);
  hd_http_request_expect_bytes (request);
  hd_http_client_send_async (HD_OPEN_PORTAL (portal)->client, request, g_task_get_cancellable (task),
                             media_received_cb, g_object_ref (task));
}

static void
feedback_sent_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static JsonNode *
create_feedback (HdSubmission *submission)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "helpful");
  json_builder_add_boolean_value (builder, hd_submission_get_helpful (submission));

  if (hd_submission_get_comment (submission) != NULL)
    {
      json_builder_set_member_name (builder, "comment");
      json_builder_add_string_value (builder, hd_submission_get_comment (submission));
    }

  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

void
hd_open_portal_send_feedback (HdPortal     *portal,
                              HdSubmission *submission,
                              GTask        *task)
{
  const char *article_id = hd_submission_get_article_id (submission);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("POST", "articles", article_id != NULL ? article_id : "",
                                                           "feedback", NULL);
  g_autoptr (JsonNode) body = create_feedback (submission);

  hd_http_request_set_header (request, "Idempotency-Key", hd_submission_get_client_key (submission));
  hd_http_request_set_json (request, body);
  hd_http_request_expect_nothing (request);
  hd_http_client_send_async (HD_OPEN_PORTAL (portal)->client, request, g_task_get_cancellable (task),
                             feedback_sent_cb, g_object_ref (task));
}
