/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-api.h"

#include "hd-blobs.h"
#include "hd-info.h"
#include "hd-problem.h"
#include "hd-text.h"
#include "hd-uploads.h"

/* Files that come before what they belong to, piece by piece; the words are those of tus 1.0 (tus.io). */

static void
reply_offset (HdCall *call,
              gint64  offset)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "offset", offset);
  hd_call_reply_json (call, SOUP_STATUS_OK, hd_text_take_object (object));
}

static gint64
get_size (HdCall *call)
{
  return hd_uploads_get_size (hd_database_get_data_dir (hd_call_get_database (call)), hd_call_get_user (call)->id,
                              hd_call_get_argument (call, 0));
}

void
hd_api_get_upload (HdCall *call)
{
  gint64 size = get_size (call);
  g_autoptr (GError) error = NULL;

  if (size >= 0)
    {
      reply_offset (call, size);
      return;
    }

  hd_problem_set (&error, HD_PROBLEM_NOT_FOUND);
  hd_call_fail (call, error);
}

static gboolean
read_header (HdCall      *call,
             const char  *name,
             gint64      *value,
             GError     **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (hd_call_get_message (call));
  const char *text = soup_message_headers_get_one (headers, name);

  return (text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, value, NULL)) ||
         hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);
}

/* Whether the piece goes where the file ends now, and makes it no longer than it may be.  @length: (out): of the whole file */
static gboolean
check_piece (HdCall  *call,
             gint64   size,
             GBytes  *piece,
             gint64  *length,
             GError **error)
{
  HdLimits limits = hd_info_get_limits (hd_call_get_database (call));
  gint64 offset = 0;

  if (!hd_blobs_is_hash (hd_call_get_argument (call, 0)))
    return hd_problem_set (error, HD_PROBLEM_NOT_FOUND);

  if (!read_header (call, "Upload-Offset", &offset, error) || !read_header (call, "Upload-Length", length, error))
    return FALSE;

  if (limits.max_file_size > 0 && *length > limits.max_file_size)
    return hd_problem_set (error, HD_PROBLEM_TOO_LARGE);

  if (offset != size)
    return hd_problem_set (error, HD_PROBLEM_CONFLICT);

  return size + (gint64) g_bytes_get_size (piece) <= *length || hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);
}

/* @offset: (inout): where the file ends */
static gboolean
add_piece (HdCall  *call,
           GBytes  *piece,
           gint64  *offset,
           GError **error)
{
  const char *data_dir = hd_database_get_data_dir (hd_call_get_database (call));
  const char *owner = hd_call_get_user (call)->id;
  const char *sha256 = hd_call_get_argument (call, 0);
  gint64 length = 0;

  if (!check_piece (call, *offset, piece, &length, error) ||
      !hd_uploads_append (data_dir, owner, sha256, piece, error))
    return FALSE;

  *offset += (gint64) g_bytes_get_size (piece);
  return *offset < length || hd_uploads_check (data_dir, owner, sha256) || hd_problem_set (error, HD_PROBLEM_CONFLICT);
}

void
hd_api_add_to_upload (HdCall *call)
{
  g_autoptr (GBytes) piece = soup_message_body_flatten (soup_server_message_get_request_body (hd_call_get_message (call)));
  gint64 offset = MAX (get_size (call), 0);
  g_autoptr (GError) error = NULL;

  if (add_piece (call, piece, &offset, &error))
    reply_offset (call, offset);
  else
    hd_call_fail (call, error);
}
