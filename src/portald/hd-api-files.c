/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-api.h"

#include "hd-blobs.h"
#include "hd-problem.h"
#include "hd-requests.h"

/* One year; what has a hash for a name never changes. */
#define FOREVER "private, max-age=31536000, immutable"

enum
{
  MAX_BUNDLE = 64,
  MAX_BUNDLE_SIZE = 2 * 1024 * 1024,
};

/* Whether a name can stand in a header as it is. */
static gboolean
is_plain (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isprint (*p) || *p == '"' || *p == '\\' || *p == '%')
        return FALSE;
    }

  return TRUE;
}

/**
 * hd_api_format_disposition:
 * @name: a file name in UTF-8
 *
 * Returns: (transfer full): a Content-Disposition; other than ASCII names are
 *   there twice, for those who know RFC 8187 and for those who do not
 */
char *
hd_api_format_disposition (const char *name)
{
  g_autofree char *encoded = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  if (is_plain (name))
    return g_strdup_printf ("attachment; filename=\"%s\"", name);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_c (plain, c < 128 && g_ascii_isprint ((char) c) &&
                         c != '"' && c != '\\' && c != '%' ? (char) c : '_');
    }

  encoded = g_uri_escape_string (name, "!#$&+^`|", FALSE);
  return g_strdup_printf ("attachment; filename=\"%s\"; filename*=UTF-8''%s", plain->str, encoded);
}

static void
reply_blob (HdCall     *call,
            const char *sha256,
            const char *content_type)
{
  const char *data_dir = hd_database_get_data_dir (hd_call_get_database (call));
  g_autofree char *etag = g_strdup_printf ("\"%.24s\"", sha256);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hd_blobs_load (data_dir, sha256, &error);

  if (bytes == NULL)
    {
      hd_call_fail (call, error);
      return;
    }

  hd_call_set_header (call, "ETag", etag);
  hd_call_set_header (call, "Accept-Ranges", "bytes");
  hd_call_set_header (call, "Cache-Control", FOREVER);
  hd_call_set_header (call, "Content-Security-Policy", "default-src 'none'; sandbox");
  hd_call_reply_bytes (call, bytes, content_type);
}

void
hd_api_get_attachment (HdCall *call)
{
  HdDatabase *database = hd_call_get_database (call);
  const char *request_id = hd_call_get_argument (call, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *status = NULL;
  g_autofree char *disposition = NULL;
  g_autoptr (HdRows) rows = NULL;

  status = hd_requests_find (database, hd_call_get_user (call)->id, request_id, NULL, &error);

  if (status != NULL)
    rows = hd_database_query (database, &error,
                              "SELECT sha256, content_type, name FROM attachments"
                              " WHERE request_id = ? AND id = ?", "ss",
                              request_id, hd_call_get_argument (call, 1));

  if (rows != NULL && hd_rows_next (rows, &error))
    {
      disposition = hd_api_format_disposition (hd_rows_get_text (rows, 2));
      hd_call_set_header (call, "Content-Disposition", disposition);
      reply_blob (call, hd_rows_get_text (rows, 0), hd_rows_get_text (rows, 1));
      return;
    }

  if (error == NULL)
    hd_problem_set (&error, HD_PROBLEM_NOT_FOUND);

  hd_call_fail (call, error);
}

void
hd_api_get_media (HdCall *call)
{
  const char *sha256 = hd_call_get_argument (call, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (hd_call_get_database (call), &error,
                            "SELECT content_type FROM media WHERE sha256 = ?", "s", sha256);

  if (rows != NULL && hd_rows_next (rows, &error))
    {
      reply_blob (call, sha256, hd_rows_get_text (rows, 0));
      return;
    }

  if (error == NULL)
    hd_problem_set (&error, HD_PROBLEM_NOT_FOUND);

  hd_call_fail (call, error);
}

/* Adds the picture of that sum, if there is one and there is room for it. */
static gboolean
add_to_bundle (HdCall         *call,
               SoupMultipart  *bundle,
               const char     *sha256,
               gsize          *room,
               GError        **error)
{
  HdDatabase *database = hd_call_get_database (call);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (HdRows) rows = NULL;
  SoupMessageHeaders *headers;

  rows = hd_database_query (database, error, "SELECT content_type FROM media WHERE sha256 = ?", "s", sha256);

  if (rows == NULL || !hd_rows_next (rows, error))
    return *error == NULL;

  bytes = hd_blobs_load (hd_database_get_data_dir (database), sha256, error);

  if (bytes == NULL)
    return FALSE;

  if (g_bytes_get_size (bytes) > *room)
    return TRUE;

  *room -= g_bytes_get_size (bytes);
  headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  soup_message_headers_append (headers, "Content-Type", hd_rows_get_text (rows, 0));
  soup_multipart_append_part (bundle, headers, bytes);
  soup_message_headers_unref (headers);
  return TRUE;
}

static void
reply_bundle (HdCall        *call,
              SoupMultipart *bundle)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (GBytes) body = NULL;

  soup_multipart_to_message (bundle, headers, &body);
  hd_call_set_header (call, "Cache-Control", FOREVER);
  hd_call_reply_bytes (call, body, soup_message_headers_get_one (headers, "Content-Type"));
  soup_message_headers_unref (headers);
}

/* Many small pictures in one answer; what is not in it is asked for by itself. */
void
hd_api_get_media_bundle (HdCall *call)
{
  const char *list = hd_call_get_query (call, "sha256");
  g_auto (GStrv) sums = g_strsplit (list != NULL ? list : "", ",", -1);
  SoupMultipart *bundle = soup_multipart_new ("multipart/mixed");
  gsize room = MAX_BUNDLE_SIZE;
  g_autoptr (GError) error = NULL;

  if (sums[0] == NULL || g_strv_length (sums) > MAX_BUNDLE)
    hd_problem_set (&error, HD_PROBLEM_BAD_REQUEST);

  for (guint i = 0; error == NULL && sums[i] != NULL; i++)
    add_to_bundle (call, bundle, sums[i], &room, &error);

  if (error == NULL)
    reply_bundle (call, bundle);
  else
    hd_call_fail (call, error);

  soup_multipart_free (bundle);
}
