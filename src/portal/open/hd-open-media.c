/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-private.h"

#include <gnutls/crypto.h>
#include <libsoup/soup.h>

#include "hd-error.h"

/* The pictures of articles and offerings, by the SHA-256 of their bytes. */

#define SHA256_LENGTH 32
#define SUM_SIZE (2 * SHA256_LENGTH + 1)

enum
{
  INLINE_LIMIT = 1024 * 1024,      /* larger pictures are hashed on a thread */
  BUNDLE_LIMIT = 8 * 1024 * 1024,  /* the portal's own is 2 MiB and what is around the parts */
};

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

/* GnuTLS does it with the processor's own instructions, several times as fast as GLib. */
static void
get_sum (GBytes *bytes,
         char   *hex)
{
  static const char digits[] = "0123456789abcdef";
  guint8 digest[SHA256_LENGTH] = { 0 };
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, data, size, digest) != 0)
    size = 0;

  for (guint i = 0; i < SHA256_LENGTH && size > 0; i++)
    {
      *hex++ = digits[digest[i] >> 4];
      *hex++ = digits[digest[i] & 0xf];
    }

  *hex = '\0';
}

static gboolean
check_media (Media   *media,
             GError **error)
{
  char sum[SUM_SIZE];

  get_sum (media->bytes, sum);

  if (g_ascii_strcasecmp (sum, media->sha256) == 0)
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

/*
 * Many at once: multipart/mixed (RFC 2046), of which each part is what its sum says.
 */

typedef struct
{
  char   *content_type;  /* (owned) (nullable) */
  GStrv   names;         /* (owned) */
  GBytes *bytes;         /* (owned) */
} Bundle;

static void
bundle_free (gpointer data)
{
  Bundle *bundle = data;

  g_free (bundle->content_type);
  g_strfreev (bundle->names);
  g_clear_pointer (&bundle->bytes, g_bytes_unref);
  g_free (bundle);
}

/* What was not asked for is not taken. */
static void
take_part (Bundle     *bundle,
           GBytes     *bytes,
           GHashTable *pictures)
{
  char sum[SUM_SIZE];

  get_sum (bytes, sum);

  if (g_strv_contains ((const char *const *) bundle->names, sum))
    g_hash_table_insert (pictures, g_strdup (sum), g_bytes_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
}

static void
open_bundle_in_thread (GTask        *task,
                       gpointer      source_object,
                       gpointer      task_data,
                       GCancellable *cancellable)
{
  Bundle *bundle = task_data;
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr (GHashTable) pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  SoupMultipart *multipart;

  soup_message_headers_append (headers, "Content-Type", bundle->content_type != NULL ? bundle->content_type : "");
  multipart = soup_multipart_new_from_message (headers, bundle->bytes);
  soup_message_headers_unref (headers);

  if (multipart == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_PROTOCOL, "the answer is no bundle of pictures");
      return;
    }

  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      GBytes *part = NULL;

      if (soup_multipart_get_part (multipart, i, &headers, &part))
        take_part (bundle, part, pictures);
    }

  soup_multipart_free (multipart);
  g_task_return_pointer (task, g_steal_pointer (&pictures), (GDestroyNotify) g_hash_table_unref);
}

static void
bundle_opened_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GHashTable *pictures = g_task_propagate_pointer (G_TASK (result), &error);

  if (pictures != NULL)
    g_task_return_pointer (task, pictures, (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, error);
}

static void
bundle_received_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) opening = NULL;
  g_autoptr (HdHttpAnswer) answer = NULL;
  Bundle *bundle = g_task_get_task_data (task);
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  bundle->bytes = g_steal_pointer (&answer->bytes);
  bundle->content_type = g_steal_pointer (&answer->content_type);

  /* As start_checking(). */
  opening = g_task_new (NULL, g_task_get_cancellable (task), bundle_opened_cb, g_object_ref (task));
  g_task_set_source_tag (opening, bundle_received_cb);
  g_task_set_task_data (opening, bundle, NULL);
  g_task_run_in_thread (opening, open_bundle_in_thread);
}

void
hd_open_portal_get_media_bundle (HdPortal          *portal,
                                 const char *const *names,
                                 GTask             *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "media", NULL);
  g_autofree char *list = g_strjoinv (",", (GStrv) names);
  Bundle *bundle = g_new0 (Bundle, 1);

  bundle->names = g_strdupv ((GStrv) names);
  g_task_set_task_data (task, bundle, bundle_free);
  hd_http_request_add_query (request, "sha256", list);
  hd_http_request_expect_bytes (request);
  hd_http_request_set_limit (request, BUNDLE_LIMIT);
  hd_http_client_send_async (HD_OPEN_PORTAL (portal)->client, request, g_task_get_cancellable (task),
                             bundle_received_cb, g_object_ref (task));
}
