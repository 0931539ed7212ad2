/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-call.h"

#include <string.h>

#include "hd-json.h"
#include "hd-problem.h"
#include "hd-text.h"

/**
 * HdCall:
 *
 * One request to the API on its way to an answer: what was asked, by whom, in
 * which language, and the ways to answer.
 *
 * A handler that cannot answer at once pauses the call and keeps a reference;
 * if the client goes away meanwhile, answering does nothing.
 */

struct _HdCall
{
  GObject             parent_instance;

  HdServer           *server;     /* (unowned): outlives its calls */
  SoupServerMessage  *message;    /* (owned) */
  GHashTable         *query;      /* (owned) (nullable) */
  char              **arguments;  /* (owned): the variable parts of the path */
  HdUser             *user;       /* (owned) (nullable) */
  HdLanguage          language;
  JsonObject         *problem;    /* (owned): what an error's answer has so far */
  gboolean            is_paused;
  gboolean            is_finished;
};

G_DEFINE_FINAL_TYPE (HdCall, hd_call, G_TYPE_OBJECT)

static void
finished_cb (SoupServerMessage *message,
             HdCall            *self)
{
  self->is_finished = TRUE;
}

static void
hd_call_finalize (GObject *object)
{
  HdCall *self = HD_CALL (object);

  g_clear_object (&self->message);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_pointer (&self->user, hd_user_free);
  g_clear_pointer (&self->problem, json_object_unref);

  G_OBJECT_CLASS (hd_call_parent_class)->finalize (object);
}

static void
hd_call_class_init (HdCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_call_finalize;
}

static void
hd_call_init (HdCall *self)
{
  self->problem = json_object_new ();
}

HdCall *
hd_call_new (HdServer          *server,
             SoupServerMessage *message,
             GHashTable        *query)
{
  HdCall *self = g_object_new (HD_TYPE_CALL, NULL);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  self->server = server;
  self->message = g_object_ref (message);
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
  self->language = hd_language_choose (soup_message_headers_get_list (headers, "Accept-Language"));
  g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, 0);
  return self;
}

HdServer *
hd_call_get_server (HdCall *self)
{
  return self->server;
}

HdDatabase *
hd_call_get_database (HdCall *self)
{
  return hd_server_get_database (self->server);
}

SoupServerMessage *
hd_call_get_message (HdCall *self)
{
  return self->message;
}

HdLanguage
hd_call_get_language (HdCall *self)
{
  return self->language;
}

/* Returns: (nullable): a parameter of the address. */
const char *
hd_call_get_query (HdCall     *self,
                   const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

/**
 * hd_call_get_query_int:
 * @self: a call
 * @name: a parameter
 * @minimum: the least that makes sense
 * @maximum: what more is cut to
 * @value: (inout): the number; left alone if there is no such parameter
 * @error: return location for an #HdProblem
 *
 * Returns: whether the parameter is absent or a number
 */
gboolean
hd_call_get_query_int (HdCall      *self,
                       const char  *name,
                       gint64       minimum,
                       gint64       maximum,
                       gint64      *value,
                       GError     **error)
{
  const char *text = hd_call_get_query (self, name);
  gint64 number;

  if (text == NULL)
    return TRUE;

  if (!g_ascii_string_to_signed (text, 10, minimum, G_MAXINT64, &number, NULL))
    return hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);

  *value = MIN (number, maximum);
  return TRUE;
}

const char *
hd_call_get_argument (HdCall *self,
                      guint   position)
{
  return self->arguments[position];
}

void
hd_call_take_arguments (HdCall  *self,
                        char   **arguments)
{
  g_strfreev (self->arguments);
  self->arguments = arguments;
}

/* Returns: (nullable): who is asking. */
const HdUser *
hd_call_get_user (HdCall *self)
{
  return self->user;
}

void
hd_call_take_user (HdCall *self,
                   HdUser *user)
{
  g_clear_pointer (&self->user, hd_user_free);
  self->user = user;
}

/* Returns: (nullable): the bearer token that came along. */
const char *
hd_call_get_token (HdCall *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  if (value == NULL || g_ascii_strncasecmp (value, "Bearer ", strlen ("Bearer ")) != 0)
    return NULL;

  return value + strlen ("Bearer ");
}

/**
 * hd_call_read_json:
 * @self: a call
 * @error: return location for an #HdProblem
 *
 * Returns: (transfer full) (nullable): the object that was sent; no body at all
 *   is an empty object
 */
JsonObject *
hd_call_read_json (HdCall  *self,
                   GError **error)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  g_autoptr (JsonNode) root = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size == 0)
    return json_object_new ();

  root = hd_json_parse_object (data, size, NULL);

  if (root == NULL)
    {
      hd_problem_set (error, HD_PROBLEM_BAD_REQUEST);
      return NULL;
    }

  return json_object_ref (json_node_get_object (root));
}

/* The answer comes later; the handler keeps a reference. */
void
hd_call_pause (HdCall *self)
{
  self->is_paused = TRUE;
  soup_server_message_pause (self->message);
}

void
hd_call_set_header (HdCall     *self,
                    const char *name,
                    const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name,
                                value);
}

static void
reply_with_phrase (HdCall     *self,
                   guint       status,
                   const char *phrase,
                   const char *content_type,
                   GBytes     *bytes)
{
  if (self->is_finished)
    return;

  soup_server_message_set_status (self->message, status, phrase);
  hd_call_set_header (self, "X-Content-Type-Options", "nosniff");

  if (bytes != NULL)
    {
      hd_call_set_header (self, "Content-Type", content_type);

      if (g_bytes_get_size (bytes) > 0)
        soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
    }

  if (soup_message_headers_get_one (soup_server_message_get_response_headers (self->message),
                                    "Cache-Control") == NULL)
    hd_call_set_header (self, "Cache-Control", "no-cache");

  if (self->is_paused)
    {
      self->is_paused = FALSE;
      soup_server_message_unpause (self->message);
    }
}

static void
reply (HdCall     *self,
       guint       status,
       const char *content_type,
       GBytes     *bytes)
{
  reply_with_phrase (self, status, NULL, content_type, bytes);
}

void
hd_call_reply_text (HdCall     *self,
                    guint       status,
                    const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

  reply (self, status, "application/json", bytes);
}

/**
 * hd_call_reply_json:
 * @self: a call
 * @status: the status
 * @node: (transfer full): the answer
 */
void
hd_call_reply_json (HdCall   *self,
                    guint     status,
                    JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;
  g_autofree char *text = hd_text_from_json (owned);

  hd_call_reply_text (self, status, text);
}

static gboolean
is_known_already (HdCall     *self,
                  const char *etag)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *known = soup_message_headers_get_list (headers, "If-None-Match");
  g_auto (GStrv) tags = g_strsplit (known != NULL ? known : "", ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      const char *tag = g_strstrip (tags[i]);

      if (g_str_has_prefix (tag, "W/"))
        tag += 2;

      if (g_str_equal (tag, etag) || g_str_equal (tag, "*"))
        return TRUE;
    }

  return FALSE;
}

/**
 * hd_call_reply_cacheable:
 * @self: a call
 * @node: (transfer full): the answer
 *
 * Answers 200 with an ETag, or 304 if the client has this very answer.
 */
void
hd_call_reply_cacheable (HdCall   *self,
                         JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;
  g_autofree char *text = hd_text_from_json (owned);
  g_autofree char *hash = hd_text_hash (text);
  g_autofree char *etag = g_strdup_printf ("\"%.24s\"", hash);

  hd_call_set_header (self, "ETag", etag);

  if (is_known_already (self, etag))
    hd_call_reply_empty (self, SOUP_STATUS_NOT_MODIFIED);
  else
    hd_call_reply_text (self, SOUP_STATUS_OK, text);
}

void
hd_call_reply_empty (HdCall *self,
                     guint   status)
{
  reply (self, status, NULL, NULL);
}

void
hd_call_reply_bytes (HdCall     *self,
                     GBytes     *bytes,
                     const char *content_type)
{
  reply (self, SOUP_STATUS_OK, content_type, bytes);
}

/**
 * hd_call_add_to_problem:
 * @self: a call
 * @member: a member of the answer
 * @value: (transfer full): its value
 *
 * Adds something to the answer, should the call fail.
 */
void
hd_call_add_to_problem (HdCall     *self,
                        const char *member,
                        JsonNode   *value)
{
  json_object_set_member (self->problem, member, value);
}

/**
 * hd_call_fail:
 * @self: a call
 * @error: an #HdProblem, or any error, which is answered with 500
 *
 * Answers with `application/problem+json`.
 */
void
hd_call_fail (HdCall       *self,
              const GError *error)
{
  HdProblem problem = error->domain == HD_PROBLEM ? (HdProblem) error->code : HD_PROBLEM_SERVER;
  const char *sentence = error->domain == HD_PROBLEM ? error->message
                                                     : "The portal failed; try again later.";
  guint status = hd_problem_get_status (problem);
  JsonObject *object = self->problem;
  g_autoptr (JsonNode) node = hd_text_take_object (json_object_ref (object));
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (error->domain != HD_PROBLEM)
    g_message ("a call failed: %s", error->message);

  hd_text_add_string (object, "type", "about:blank");
  hd_text_add_string (object, "title", hd_problem_get_title (problem));
  json_object_set_int_member (object, "status", status);
  hd_text_add_string (object, "code", hd_problem_get_code (problem));
  hd_text_add_string (object, "detail", hd_words_translate (self->language, sentence));

  if (status == SOUP_STATUS_UNAUTHORIZED)
    hd_call_set_header (self, "WWW-Authenticate", "Bearer");

  text = hd_text_from_json (node);
  bytes = g_bytes_new (text, strlen (text));
  hd_call_set_header (self, "Content-Language", hd_language_get_code (self->language));
  reply_with_phrase (self, status, hd_problem_get_title (problem), "application/problem+json", bytes);
}
