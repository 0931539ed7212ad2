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
 * Answers in which one value, anywhere, is of a type that it must not be.  Each
 * must be an error, and none a crash or a warning.
 */

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

static void
assert_replacement_is_refused (HdPortal                *portal,
                               char                   **body,
                               const HdPortalCallInfo  *info,
                               JsonNode                *root,
                               JsonNode                *replaced,
                               const char              *replacement)
{
  g_autoptr (GError) error = NULL;

  g_free (*body);
  *body = hd_wrong_types_dup_replaced (root, replaced, replacement);

  info->call (portal, &error);

  if (!g_error_matches (error, HD_ERROR, HD_ERROR_PROTOCOL))
    g_error ("%s took %s", info->name, *body);
}

static void
test_each_value_of_each_answer (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autofree char *body = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (HdPortal) portal = NULL;
  const HdPortalCallInfo *calls;
  GSList *uris;
  guint n_calls = 0, n_replaced = 0;

  soup_server_add_handler (server, NULL, answer_cb, &body, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  uri = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  portal = hd_portal_new_for_kind ("open", uri, NULL, NULL, NULL);
  calls = hd_portal_calls_get (&n_calls);

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (GPtrArray) values = NULL;
      g_autoptr (GError) error = NULL;

      if (calls[i].answer == NULL)
        continue;

      g_free (body);
      body = g_strdup (calls[i].answer);
      calls[i].call (portal, &error);
      g_assert_no_error (error);

      root = hd_json_parse (body, strlen (body), NULL);
      values = hd_wrong_types_list_values (root);

      for (guint j = 0; j < values->len; j++)
        {
          JsonNode *value = g_ptr_array_index (values, j);
          const char *const *replacements = hd_wrong_types_get_replacements (value);

          for (guint k = 0; replacements[k] != NULL; k++)
            assert_replacement_is_refused (portal, &body, &calls[i], root, value, replacements[k]);

          n_replaced++;
        }
    }

  g_test_message ("%u values replaced", n_replaced);
  g_assert_cmpuint (n_replaced, >, 200);
  soup_server_disconnect (server);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/wrong-types/each-value-of-each-answer", test_each_value_of_each_answer);

  return g_test_run ();
}
