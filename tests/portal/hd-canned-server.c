/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-canned-server.h"

#include <string.h>

/**
 * HdCannedServer:
 *
 * A server on the loopback interface that gives canned answers and remembers
 * the last question.
 *
 * It runs on the test's own main context: no thread, no port to agree on and no
 * sleeping.  A call is a method and a path as they stand on the request line,
 * so escapes show: "GET /api/v1/requests/a%2Fb".
 */

typedef struct
{
  guint               status;
  GBytes             *body;
  SoupMessageHeaders *headers;
} Answer;

struct _HdCannedServer
{
  GObject             parent_instance;

  SoupServer         *server;
  GHashTable         *answers;       /* (element-type utf8 Answer) */
  GHashTable         *clients;       /* (element-type utf8 utf8): their addresses, a set */
  SoupMessageHeaders *headers;       /* of the last request */
  GBytes             *body;
  char               *call;
  char               *query;
  guint               n_requests;
};

G_DEFINE_FINAL_TYPE (HdCannedServer, hd_canned_server, G_TYPE_OBJECT)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_bytes_unref (answer->body);
  soup_message_headers_unref (answer->headers);
  g_free (answer);
}

static void
copy_header_cb (const char *name,
                const char *value,
                gpointer    user_data)
{
  soup_message_headers_append (user_data, name, value);
}

static void
remember (HdCannedServer    *self,
          SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  GSocketAddress *client = soup_server_message_get_remote_address (message);

  self->n_requests++;
  soup_message_headers_clear (self->headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), copy_header_cb, self->headers);

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  g_free (self->call);
  self->call = g_strdup_printf ("%s %s", soup_server_message_get_method (message), g_uri_get_path (uri));
  g_free (self->query);
  self->query = g_strdup (g_uri_get_query (uri));
  g_hash_table_add (self->clients, g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (client)));
}

static void
handle_request_cb (SoupServer        *server,
                   SoupServerMessage *message,
                   const char        *path,
                   GHashTable        *query,
                   gpointer           user_data)
{
  HdCannedServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  const Answer *answer;

  remember (self, message);
  answer = g_hash_table_lookup (self->answers, self->call);

  if (answer == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_IMPLEMENTED, NULL);
      return;
    }

  if (answer->status == HD_CANNED_SILENT)
    {
      soup_server_message_pause (message);
      return;
    }

  soup_server_message_set_status (message, answer->status, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_headers_foreach (answer->headers, copy_header_cb, headers);

  if (g_bytes_get_size (answer->body) > 0)
    soup_message_body_append_bytes (body, answer->body);

  soup_message_body_complete (body);
}

static void
hd_canned_server_finalize (GObject *object)
{
  HdCannedServer *self = HD_CANNED_SERVER (object);

  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->clients, g_hash_table_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->call, g_free);
  g_clear_pointer (&self->query, g_free);

  G_OBJECT_CLASS (hd_canned_server_parent_class)->finalize (object);
}

static void
hd_canned_server_class_init (HdCannedServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_canned_server_finalize;
}

static void
hd_canned_server_init (HdCannedServer *self)
{
  g_autoptr (GError) error = NULL;

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  self->server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, handle_request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
}

HdCannedServer *
hd_canned_server_new (void)
{
  return g_object_new (HD_TYPE_CANNED_SERVER, NULL);
}

char *
hd_canned_server_dup_uri (HdCannedServer *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  char *uri = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return uri;
}

void
hd_canned_server_add_bytes (HdCannedServer *self,
                            const char     *call,
                            guint           status,
                            GBytes         *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->body = g_bytes_ref (body);
  answer->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_hash_table_replace (self->answers, g_strdup (call), answer);
}

void
hd_canned_server_add (HdCannedServer *self,
                      const char     *call,
                      guint           status,
                      const char     *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  hd_canned_server_add_bytes (self, call, status, bytes);
}

/* To an answer that was added before. */
void
hd_canned_server_add_header (HdCannedServer *self,
                             const char     *call,
                             const char     *name,
                             const char     *value)
{
  Answer *answer = g_hash_table_lookup (self->answers, call);

  g_assert_nonnull (answer);
  soup_message_headers_append (answer->headers, name, value);
}

guint
hd_canned_server_get_n_requests (HdCannedServer *self)
{
  return self->n_requests;
}

/* How many connections there were. */
guint
hd_canned_server_get_n_clients (HdCannedServer *self)
{
  return g_hash_table_size (self->clients);
}

const char *
hd_canned_server_get_call (HdCannedServer *self)
{
  return self->call;
}

const char *
hd_canned_server_get_query (HdCannedServer *self)
{
  return self->query;
}

const char *
hd_canned_server_get_header (HdCannedServer *self,
                             const char     *name)
{
  return soup_message_headers_get_list (self->headers, name);
}

GBytes *
hd_canned_server_get_body (HdCannedServer *self)
{
  return self->body;
}
