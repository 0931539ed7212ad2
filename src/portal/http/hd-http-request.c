/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-request.h"

/**
 * HdHttpRequest:
 *
 * What to ask a server, and what a good answer looks like.
 *
 * The path is made of segments, each of which is escaped: what the server once
 * called an identifier can never lead to another path.  Filled in by one caller,
 * then only read.
 */

#define JSON_LIMIT (32u * 1024 * 1024)
#define BYTES_LIMIT (64u * 1024 * 1024)

struct _HdHttpRequest
{
  GObject          parent_instance;

  char            *method;
  char            *path;         /* (owned) (nullable): NULL where a segment cannot be one */
  GString         *query;        /* (owned) */
  gboolean         idempotent;
  GHashTable      *headers;      /* (owned) (element-type utf8 utf8) */
  GBytes          *body;         /* (owned) (nullable) */
  const char      *body_type;    /* (nullable) */
  HdHttpMultipart *multipart;    /* (owned) (nullable) */
  HdProgress      *progress;     /* (owned) (nullable) */
  HdHttpExpect     expect;
  GType            record_type;
  guint64          limit;
  gboolean         anonymous;
  HdHttpRedirect   redirect;
};

G_DEFINE_FINAL_TYPE (HdHttpRequest, hd_http_request, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_NEXT_LINK,
} HdHttpRequestSignal;

static guint signals[SIGNAL_NEXT_LINK + 1];

static void
hd_http_request_finalize (GObject *object)
{
  HdHttpRequest *self = HD_HTTP_REQUEST (object);

  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->path, g_free);
  g_string_free (self->query, TRUE);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_object (&self->multipart);
  g_clear_object (&self->progress);

  G_OBJECT_CLASS (hd_http_request_parent_class)->finalize (object);
}

static void
hd_http_request_class_init (HdHttpRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_http_request_finalize;

  /* Where the next part of a collection is, as soon as the headers say so. */
  signals[SIGNAL_NEXT_LINK] = g_signal_new ("next-link", HD_TYPE_HTTP_REQUEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hd_http_request_init (HdHttpRequest *self)
{
  self->query = g_string_new (NULL);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->limit = JSON_LIMIT;
}

/* FALSE where the segment would disappear, or climb, when the path is read. */
static gboolean
append_segment (GString    *path,
                const char *segment)
{
  g_autofree char *escaped = NULL;

  if (*segment == '\0' || g_str_equal (segment, ".") || g_str_equal (segment, "..") ||
      !g_utf8_validate (segment, -1, NULL))
    return FALSE;

  escaped = g_uri_escape_string (segment, NULL, FALSE);
  g_string_append_printf (path, "%s%s", path->len > 0 ? "/" : "", escaped);
  return TRUE;
}

/**
 * hd_http_request_new:
 * @method: a method
 * @segment: the first segment of the path below the client's base
 * @...: more segments, then %NULL
 *
 * Sending it fails with %HD_ERROR_NOT_FOUND where one of the segments can be no
 * identifier.
 *
 * Returns: (transfer full): a request that expects a JSON object
 */
HdHttpRequest *
hd_http_request_new (const char *method,
                     const char *segment,
                     ...)
{
  HdHttpRequest *self = g_object_new (HD_TYPE_HTTP_REQUEST, NULL);
  g_autoptr (GString) path = g_string_new (NULL);
  gboolean valid = TRUE;
  va_list args;

  self->method = g_strdup (method);

  va_start (args, segment);
  for (const char *next = segment; next != NULL; next = va_arg (args, const char *))
    valid = append_segment (path, next) && valid;
  va_end (args);

  if (valid)
    self->path = g_strdup (path->str);

  return self;
}

/* Adds nothing if the value is NULL. */
void
hd_http_request_add_query (HdHttpRequest *self,
                           const char    *name,
                           const char    *value)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  if (value == NULL)
    return;

  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (self->query, "%s%s=%s", self->query->len > 0 ? "&" : "", name, escaped);
}

/* Sent twice it does what it does once, whatever its method: else libsoup makes a connection for each, lest it be lost
 * half-way. */
void
hd_http_request_set_idempotent (HdHttpRequest *self)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  self->idempotent = TRUE;
}

/* Sets nothing if the value is NULL. */
void
hd_http_request_set_header (HdHttpRequest *self,
                            const char    *name,
                            const char    *value)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  if (value != NULL)
    g_hash_table_replace (self->headers, g_strdup (name), g_strdup (value));
}

/* An anonymous request goes without the client's token. */
void
hd_http_request_set_anonymous (HdHttpRequest *self,
                               gboolean       anonymous)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  self->anonymous = anonymous;
}

void
hd_http_request_set_redirect (HdHttpRequest  *self,
                              HdHttpRedirect  redirect)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  self->redirect = redirect;
}

void
hd_http_request_set_json (HdHttpRequest *self,
                          JsonNode      *body)
{
  g_autofree char *text = json_to_string (body, FALSE);
  gsize length = strlen (text);

  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (g_steal_pointer (&text), length);
  self->body_type = "application/json";
}

/* @type: (transfer none): its media type, which must stay */
void
hd_http_request_set_bytes (HdHttpRequest *self,
                           const char    *type,
                           GBytes        *body)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_ref (body);
  self->body_type = type;
}

/* Adds to a body as a form of a web page sends it. */
void
hd_http_request_add_form_value (HdHttpRequest *self,
                                const char    *name,
                                const char    *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
  g_autofree char *before = NULL;
  char *text;

  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  if (self->body != NULL)
    before = g_strndup (g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body));

  text = g_strdup_printf ("%s%s%s=%s", before != NULL ? before : "", before != NULL ? "&" : "", name, escaped);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (text, strlen (text));
  self->body_type = "application/x-www-form-urlencoded";
}

void
hd_http_request_set_multipart (HdHttpRequest   *self,
                               HdHttpMultipart *body)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  g_set_object (&self->multipart, body);
}

/* Told about the bytes sent where there are files to send, else about those received. */
void
hd_http_request_set_progress (HdHttpRequest *self,
                              HdProgress    *progress)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  g_set_object (&self->progress, progress);
}

void
hd_http_request_expect_record (HdHttpRequest *self,
                               GType          type)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  self->expect = HD_HTTP_EXPECT_RECORD;
  self->record_type = type;
}

void
hd_http_request_expect_bytes (HdHttpRequest *self)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  self->expect = HD_HTTP_EXPECT_BYTES;
  self->limit = BYTES_LIMIT;
}

void
hd_http_request_expect_nothing (HdHttpRequest *self)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  self->expect = HD_HTTP_EXPECT_NOTHING;
}

/* How many bytes of an answer are taken, after decompression. */
void
hd_http_request_set_limit (HdHttpRequest *self,
                           guint64        limit)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  self->limit = limit;
}

const char *
hd_http_request_get_method (HdHttpRequest *self)
{
  return self->method;
}

/* Escaped; NULL where there can be no such thing at the server. */
const char *
hd_http_request_get_path (HdHttpRequest *self)
{
  return self->path;
}

/* Escaped; NULL if empty. */
const char *
hd_http_request_get_query (HdHttpRequest *self)
{
  return self->query->len > 0 ? self->query->str : NULL;
}

gboolean
hd_http_request_get_idempotent (HdHttpRequest *self)
{
  return self->idempotent;
}

GHashTable *
hd_http_request_get_headers (HdHttpRequest *self)
{
  return self->headers;
}

const char *
hd_http_request_get_header (HdHttpRequest *self,
                            const char    *name)
{
  return g_hash_table_lookup (self->headers, name);
}

gboolean
hd_http_request_get_anonymous (HdHttpRequest *self)
{
  return self->anonymous;
}

HdHttpRedirect
hd_http_request_get_redirect (HdHttpRequest *self)
{
  return self->redirect;
}

GBytes *
hd_http_request_get_body (HdHttpRequest *self)
{
  return self->body;
}

/* The media type of the body; NULL without one. */
const char *
hd_http_request_get_body_type (HdHttpRequest *self)
{
  return self->body_type;
}

HdHttpMultipart *
hd_http_request_get_multipart (HdHttpRequest *self)
{
  return self->multipart;
}

HdProgress *
hd_http_request_get_progress (HdHttpRequest *self)
{
  return self->progress;
}

HdHttpExpect
hd_http_request_get_expect (HdHttpRequest *self)
{
  return self->expect;
}

GType
hd_http_request_get_record_type (HdHttpRequest *self)
{
  return self->record_type;
}

guint64
hd_http_request_get_limit (HdHttpRequest *self)
{
  return self->limit;
}

/* Returns: whether somebody wants to know what comes next */
gboolean
hd_http_request_is_read_ahead (HdHttpRequest *self)
{
  g_return_val_if_fail (HD_IS_HTTP_REQUEST (self), FALSE);

  return g_signal_has_handler_pending (self, signals[SIGNAL_NEXT_LINK], 0, FALSE);
}

void
hd_http_request_tell_next (HdHttpRequest *self,
                           const char    *uri)
{
  g_return_if_fail (HD_IS_HTTP_REQUEST (self));

  g_signal_emit (self, signals[SIGNAL_NEXT_LINK], 0, uri);
}
