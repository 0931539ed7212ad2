/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-answer.h"

#include "hd-json.h"
#include "hd-record-json.h"

void
hd_http_answer_free (HdHttpAnswer *self)
{
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_object (&self->record);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * hd_http_answer_parse:
 * @self: an answer
 * @body: what came
 * @request: what was asked, which says what is expected
 * @error: return location for %HD_ERROR_PROTOCOL
 *
 * Makes the document or the record.  The record is made in the same go, since
 * making many is more work than parsing them.  Any thread.
 *
 * Returns: whether the body is what was expected
 */
gboolean
hd_http_answer_parse (HdHttpAnswer   *self,
                      GByteArray     *body,
                      HdHttpRequest  *request,
                      GError        **error)
{
  g_autoptr (JsonNode) root = hd_json_parse_object ((const char *) body->data, body->len, error);

  if (root == NULL)
    return FALSE;

  if (hd_http_request_get_expect (request) == HD_HTTP_EXPECT_JSON)
    self->root = g_steal_pointer (&root);
  else
    self->record = hd_record_new_from_json (hd_http_request_get_record_type (request), root, error);

  return self->root != NULL || self->record != NULL;
}
