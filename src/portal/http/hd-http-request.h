/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-http-multipart.h"
#include "hd-progress.h"

G_BEGIN_DECLS

#define HD_TYPE_HTTP_REQUEST (hd_http_request_get_type ())
G_DECLARE_FINAL_TYPE (HdHttpRequest, hd_http_request, HD, HTTP_REQUEST, GObject)

/**
 * HdHttpExpect:
 * @HD_HTTP_EXPECT_JSON: a JSON object
 * @HD_HTTP_EXPECT_RECORD: a JSON object that makes a record
 * @HD_HTTP_EXPECT_BYTES: anything
 * @HD_HTTP_EXPECT_NOTHING: whatever comes is left unread
 *
 * What a good answer to a request holds.
 */
typedef enum
{
  HD_HTTP_EXPECT_JSON,
  HD_HTTP_EXPECT_RECORD,
  HD_HTTP_EXPECT_BYTES,
  HD_HTTP_EXPECT_NOTHING,
} HdHttpExpect;

/**
 * HdHttpRedirect:
 * @HD_HTTP_REDIRECT_REFUSED: no answer of this API
 * @HD_HTTP_REDIRECT_SIGN_IN: the way of this server to say that nobody is signed in
 * @HD_HTTP_REDIRECT_ANSWER: a good answer by itself
 *
 * What a redirection means.  None is ever followed.
 */
typedef enum
{
  HD_HTTP_REDIRECT_REFUSED,
  HD_HTTP_REDIRECT_SIGN_IN,
  HD_HTTP_REDIRECT_ANSWER,
} HdHttpRedirect;

HdHttpRequest   *hd_http_request_new             (const char      *method,
                                                  const char      *segment,
                                                  ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void             hd_http_request_add_query       (HdHttpRequest   *self,
                                                  const char      *name,
                                                  const char      *value);
void             hd_http_request_set_idempotent  (HdHttpRequest   *self);
void             hd_http_request_set_header      (HdHttpRequest   *self,
                                                  const char      *name,
                                                  const char      *value);
void             hd_http_request_set_anonymous   (HdHttpRequest   *self,
                                                  gboolean         anonymous);
void             hd_http_request_set_redirect    (HdHttpRequest   *self,
                                                  HdHttpRedirect   redirect);
void             hd_http_request_set_bytes       (HdHttpRequest   *self,
                                                  const char      *type,
                                                  GBytes          *body);
void             hd_http_request_set_json        (HdHttpRequest   *self,
                                                  JsonNode        *body);
void             hd_http_request_add_form_value  (HdHttpRequest   *self,
                                                  const char      *name,
                                                  const char      *value);
void             hd_http_request_set_multipart   (HdHttpRequest   *self,
                                                  HdHttpMultipart *body);
void             hd_http_request_set_progress    (HdHttpRequest   *self,
                                                  HdProgress      *progress);
void             hd_http_request_expect_record   (HdHttpRequest   *self,
                                                  GType            type);
void             hd_http_request_expect_bytes    (HdHttpRequest   *self);
void             hd_http_request_expect_nothing  (HdHttpRequest   *self);
void             hd_http_request_set_limit       (HdHttpRequest   *self,
                                                  guint64          limit);

const char      *hd_http_request_get_method      (HdHttpRequest   *self);
const char      *hd_http_request_get_path        (HdHttpRequest   *self);
const char      *hd_http_request_get_query       (HdHttpRequest   *self);
gboolean         hd_http_request_get_idempotent  (HdHttpRequest   *self);
GHashTable      *hd_http_request_get_headers     (HdHttpRequest   *self);
const char      *hd_http_request_get_header      (HdHttpRequest   *self,
                                                  const char      *name);
gboolean         hd_http_request_get_anonymous   (HdHttpRequest   *self);
HdHttpRedirect   hd_http_request_get_redirect    (HdHttpRequest   *self);
GBytes          *hd_http_request_get_body        (HdHttpRequest   *self);
const char      *hd_http_request_get_body_type   (HdHttpRequest   *self);
HdHttpMultipart *hd_http_request_get_multipart   (HdHttpRequest   *self);
HdProgress      *hd_http_request_get_progress    (HdHttpRequest   *self);
HdHttpExpect     hd_http_request_get_expect      (HdHttpRequest   *self);
GType            hd_http_request_get_record_type (HdHttpRequest   *self);
guint64          hd_http_request_get_limit       (HdHttpRequest   *self);
gboolean         hd_http_request_is_read_ahead   (HdHttpRequest   *self);
void             hd_http_request_tell_next       (HdHttpRequest   *self,
                                                  const char      *uri);

G_END_DECLS
