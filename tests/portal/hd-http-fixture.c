/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-fixture.h"

#include "hd-test-utils.h"

/* A client and its server, for each test. */

void
hd_http_fixture_set_up (HdHttpFixture *fixture,
                        gconstpointer  data)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  fixture->server = hd_canned_server_new ();
  uri = hd_canned_server_dup_uri (fixture->server);
  fixture->client = hd_http_client_new (uri, NULL, &error);
  fixture->folder = hd_test_make_tmp_dir ();
  g_assert_no_error (error);
}

void
hd_http_fixture_tear_down (HdHttpFixture *fixture,
                           gconstpointer  data)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->client));
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  hd_test_remove_tree (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

/* Waits for what was begun. */
HdHttpAnswer *
hd_http_fixture_finish (HdHttpFixture  *fixture,
                        GAsyncResult  **result,
                        GError        **error)
{
  g_autoptr (GAsyncResult) owned = NULL;

  hd_test_await (result);
  owned = g_steal_pointer (result);
  return hd_http_client_send_finish (fixture->client, owned, error);
}

HdHttpAnswer *
hd_http_fixture_send (HdHttpFixture  *fixture,
                      HdHttpRequest  *request,
                      GError        **error)
{
  GAsyncResult *result = NULL;

  hd_http_client_send_async (fixture->client, request, NULL, hd_test_store_result_cb, &result);
  return hd_http_fixture_finish (fixture, &result, error);
}

void
hd_http_fixture_assert_fails (HdHttpFixture *fixture,
                              HdHttpRequest *request,
                              HdError        code)
{
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = hd_http_fixture_send (fixture, request, &error);
  g_assert_error (error, HD_ERROR, (int) code);
  g_assert_null (answer);
}
