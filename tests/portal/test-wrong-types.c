/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>
#include <string.h>

#include "hd-error.h"
#include "hd-json.h"
#include "hd-portal-call.h"
#include "hd-portal-calls.h"
#include "hd-portal-factory.h"
#include "hd-wrong-types.h"

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

/* The server gives this one answer to everything, and hangs up: of those that hang up on it libsoup keeps the sockets. */
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
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

/* How a call ended whose answer has the replacement: (transfer full) (nullable) */
static GError *
call_with_replacement (Walk                   *walk,
                       const HdPortalCallInfo *info,
                       JsonNode               *root,
                       JsonNode               *replaced,
                       const char             *replacement)
{
  GError *error = NULL;

  g_free (walk->body);
  walk->body = hd_wrong_types_dup_replaced (root, replaced, replacement);
  info->call (walk->portal, &error);

  return error;
}

static void
assert_is_refused (Walk                   *walk,
                   const HdPortalCallInfo *info,
                   JsonNode               *root,
                   JsonNode               *value)
{
  const char *const *replacements = hd_wrong_types_get_replacements (value);

  for (guint i = 0; replacements[i] != NULL; i++)
    {
      g_autoptr (GError) error = call_with_replacement (walk, info, root, value, replacements[i]);

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
      values = hd_wrong_types_list_values (root);
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
