/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-test-portal.h"
#include "hd-test-utils.h"

static GUri *
parse_url (HdTestPortal *portal)
{
  g_autoptr (GError) error = NULL;
  GUri *uri = g_uri_parse (hd_test_portal_get_url (portal), G_URI_FLAGS_NONE, &error);

  g_assert_no_error (error);
  return uri;
}

/* A TLS handshake that is checked like any client's. */
static void
assert_reachable (HdTestPortal *portal)
{
  g_autoptr (GUri) uri = parse_url (portal);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("localhost", 443);
  g_autoptr (GError) error = NULL;

  database = g_tls_file_database_new (hd_test_portal_get_ca_file (portal), &error);
  g_assert_no_error (error);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri),
                                                (guint16) g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  tls = g_tls_client_connection_new (G_IO_STREAM (connection), identity, &error);
  g_assert_no_error (error);
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), database);
  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error);
  g_assert_no_error (error);
}

static void
the_portal_comes_back_where_it_was (void)
{
  g_autoptr (HdTestPortal) portal = hd_test_portal_new (NULL, NULL);
  g_autofree char *url = NULL;

  hd_test_portal_start (portal);
  url = g_strdup (hd_test_portal_get_url (portal));
  assert_reachable (portal);
  hd_test_portal_stop (portal);

  hd_test_portal_start (portal);
  g_assert_cmpstr (hd_test_portal_get_url (portal), ==, url);
  assert_reachable (portal);
}

static void
two_portals_do_not_meet (void)
{
  g_autoptr (HdTestPortal) one = hd_test_portal_new (NULL, NULL);
  g_autoptr (HdTestPortal) other = hd_test_portal_new ("--practice", NULL);

  hd_test_portal_start (one);
  hd_test_portal_start (other);
  g_assert_cmpstr (hd_test_portal_get_url (one), !=, hd_test_portal_get_url (other));
  assert_reachable (one);
  assert_reachable (other);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/test-portal/the-portal-comes-back-where-it-was", the_portal_comes_back_where_it_was);
  g_test_add_func ("/test-portal/two-portals-do-not-meet", two_portals_do_not_meet);

  return g_test_run ();
}
