/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-http-request.h"

G_BEGIN_DECLS

/**
 * HdHttpAnswer:
 * @status: 2xx, or 304 where the request was conditional
 * @etag: (nullable): what to ask with next time
 * @content_type: (nullable): what the bytes are, with the parameters
 * @root: (nullable): the JSON object, for %HD_HTTP_EXPECT_JSON
 * @record: (nullable): an #HdRecord, for %HD_HTTP_EXPECT_RECORD
 * @bytes: (nullable): for %HD_HTTP_EXPECT_BYTES
 *
 * A good answer.  A 304 has none of the last three.
 */
typedef struct
{
  guint     status;
  char     *etag;
  char     *content_type;
  JsonNode *root;
  gpointer  record;
  GBytes   *bytes;
} HdHttpAnswer;

void     hd_http_answer_free  (HdHttpAnswer   *self);
gboolean hd_http_answer_parse (HdHttpAnswer   *self,
                               GByteArray     *body,
                               HdHttpRequest  *request,
                               GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdHttpAnswer, hd_http_answer_free)

G_END_DECLS
