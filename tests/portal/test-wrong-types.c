/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>
#include <string.h>

#include "hd-error.h"
#include "hd-json.h"
#include "hd-portal-call.h"
#include "hd-portal-calls.h"
#include "hd-portal-factory.h"

/*
 * Answers in which one value, anywhere, is of a type that it must not be, or as
 * odd as its type allows.  The former must be an error, and none a crash or a
 * warning.
 */

typedef struct
{
  HdPortal *portal;  /* (owned) */
  char     *body;    /* (owned): of the answers */
} Walk;

typedef void (*WalkFunc) (Walk                   *walk,
                          const HdPortalCallInfo *info,
                          JsonNode               *root,
                          JsonNode               *value);

/* The server gives this one answer to everything. */
static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  char **body = user_data;

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, *body, strlen (*body));
}

static GPtrArray *
list_values (JsonNode *node)
{
  GPtrArray *values = g_ptr_array_new ();
  JsonObjectIter iter;
  JsonNode *member;

  g_ptr_array_add (values, node);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));

      while (json_object_iter_next (&iter, NULL, &member))
        {
          g_autoptr (GPtrArray) more = list_values (member);

          g_ptr_array_extend (values, more, NULL, NULL);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        {
          g_autoptr (GPtrArray) more = list_values (json_array_get_element (json_node_get_array (node), i));

          g_ptr_array_extend (values, more, NULL, NULL);
        }
    }

  return values;
}

/* Writes the document with another value in the place of one of its nodes. */
static void
write_node (GString    *text,
            JsonNode   *node,
            JsonNode   *replaced,
            const char *replacement)
{
  gboolean is_object = JSON_NODE_HOLDS_OBJECT (node);
  g_autofree char *value = NULL;
  const char *separator = "";

  if (node == replaced)
    {
      g_string_append (text, replacement);
    }
  else if (is_object)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      g_string_append_c (text, '{');
      json_object_iter_init (&iter, json_node_get_object (node));

      while (json_object_iter_next (&iter, &name, &member))
        {
          g_string_append_printf (text, "%s\"%s\":", separator, name);
          write_node (text, member, replaced, replacement);
          separator = ",";
        }

      g_string_append_c (text, '}');
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_string_append_c (text, '[');

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        {
          g_string_append (text, separator);
          write_node (text, json_array_get_element (json_node_get_array (node), i), replaced, replacement);
          separator = ",";
        }

      g_string_append_c (text, ']');
    }
  else
    {
      value = json_to_string (node, FALSE);
      g_string_append (text, value);
    }
}

/* How a call ended whose answer has the replacement: (transfer full) (nullable) */
static GError *
call_with_replacement (Walk                   *walk,
                       const HdPortalCallInfo *info,
                       JsonNode               *root,
                       JsonNode               *replaced,
                       const char             *replacement)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GError *error = NULL;

  write_node (text, root, replaced, replacement);
  g_free (walk->body);
  walk->body = g_string_free (g_steal_pointer (&text), FALSE);
  info->call (walk->portal, &error);

  return error;
}

static const char *const objects[] = { "7", "\"a\"", "[]", "[1]", "true", "1.5" };
static const char *const others[] = { "{}", "{\"id\":{}}", "[[]]", "[null]", "1.5" };

static void
assert_is_refused (Walk                   *walk,
                   const HdPortalCallInfo *info,
                   JsonNode               *root,
                   JsonNode               *value)
{
  gboolean is_object = JSON_NODE_HOLDS_OBJECT (value);

  for (guint i = 0; i < (is_object ? G_N_ELEMENTS (objects) : G_N_ELEMENTS (others)); i++)
    {
      g_autoptr (GError) error = call_with_replacement (walk, info, root, value, is_object ? objects[i] : others[i]);

      if (!g_error_matches (error, HD_ERROR, HD_ERROR_PROTOCOL))
        g_error ("%s took %s", info->name, walk->body);
    }
}

/* Of the right type, most of them, and yet nothing that anybody would send who means well. */
static const char *const odd[] = {
  "\"\"", "\"a/b\"", "\"../../etc/passwd\"", "\"\\u0000\"", "\"\\u0001\\u001b[31m\\u007f\"", "\"a\\r\\nb\"",
  "\"\\u202e\\ufeff\\uffff\"", "\"\\ud800\"", "\"<b>&\"", "\"%s%n%1000000d\"",
  "\"99999-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59+14:00\"", "\"0000-00-00T00:00:00Z\"", "\"0001-01-01T00:00:00+23:59\"",
  "\"2026-02-30T25:61:61Z\"", "\"2026-11-22\"", "\"-2026-11-22T00:00:00Z\"",
  "-1", "0", "-0", "1e3", "1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808", "18446744073709551616",
  "-9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999999999", "true", "null",
};

static void
assert_does_no_harm (Walk                   *walk,
                     const HdPortalCallInfo *info,
                     JsonNode               *root,
                     JsonNode               *value)
{
  for (guint i = 0; !JSON_NODE_HOLDS_OBJECT (value) && i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (GError) error = call_with_replacement (walk, info, root, value, odd[i]);

      if (error != NULL && !g_error_matches (error, HD_ERROR, HD_ERROR_PROTOCOL))
        g_error ("%s: %s: %s", info->name, error->message, walk->body);
    }
}

/* One of @data for each value of each answer. */
static void
test_each_value_of_each_answer (gconstpointer data)
{
  WalkFunc walk_func = *(const WalkFunc *) data;
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autofree char *uri = NULL;
  Walk walk = { NULL, NULL };
  const HdPortalCallInfo *calls;
  GSList *uris;
  guint n_calls = 0, n_replaced = 0;

  soup_server_add_handler (server, NULL, answer_cb, &walk.body, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  uri = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  walk.portal = hd_portal_new_for_kind ("open", uri, NULL, NULL, NULL);
  calls = hd_portal_calls_get (&n_calls);

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (GPtrArray) values = NULL;
      g_autoptr (GError) error = NULL;

      if (calls[i].answer == NULL)
        continue;

      root = hd_json_parse (calls[i].answer, strlen (calls[i].answer), NULL);
      error = call_with_replacement (&walk, &calls[i], root, NULL, NULL);
      g_assert_no_error (error);
      values = list_values (root);
      n_replaced += values->len;

      for (guint j = 0; j < values->len; j++)
        walk_func (&walk, &calls[i], root, values->pdata[j]);
    }

  g_assert_cmpuint (n_replaced, >, 200);
  soup_server_disconnect (server);
  g_object_unref (walk.portal);
  g_free (walk.body);
}

int
main (int    argc,
      char **argv)
{
  static const WalkFunc refused = assert_is_refused, harmless = assert_does_no_harm;

  hd_test_init (&argc, &argv);

  g_test_add_data_func ("/wrong-types/a-wrong-type-is-refused", &refused, test_each_value_of_each_answer);
  g_test_add_data_func ("/wrong-types/an-odd-value-does-no-harm", &harmless, test_each_value_of_each_answer);

  return g_test_run ();
}
