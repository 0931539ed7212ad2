/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-fixture.h"

#include "hd-portal-factory.h"
#include "hd-test-utils.h"

/* The open portal and a server of canned answers, for each test. */

void
hd_open_fixture_set_up (HdOpenFixture *fixture,
                        gconstpointer  data)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  fixture->server = hd_canned_server_new ();
  uri = hd_canned_server_dup_uri (fixture->server);
  fixture->portal = hd_portal_new_for_kind ("open", uri, NULL, NULL, &error);
  fixture->folder = hd_test_make_tmp_dir ();
  g_assert_no_error (error);
}

void
hd_open_fixture_tear_down (HdOpenFixture *fixture,
                           gconstpointer  data)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  hd_test_remove_tree (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

/* What was asked last. */
void
hd_open_fixture_assert_call (HdOpenFixture *fixture,
                             const char    *call,
                             const char    *query)
{
  g_assert_cmpstr (hd_canned_server_get_call (fixture->server), ==, call);
  g_assert_cmpstr (hd_canned_server_get_query (fixture->server), ==, query);
}

/* What was sent last. */
void
hd_open_fixture_assert_body (HdOpenFixture *fixture,
                             const char    *expected)
{
  GBytes *body = hd_canned_server_get_body (fixture->server);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_cmpstr (text, ==, expected);
}
