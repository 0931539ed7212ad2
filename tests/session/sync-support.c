/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-support.h"

static void
request_changed_cb (HdSync          *sync,
                    HdRequest       *before,
                    HdRequest       *now,
                    HdSyncFixture   *fixture)
{
  fixture->n_changed++;
  g_set_object (&fixture->before, before);
  g_set_object (&fixture->now, now);
}

static void
set_content (HdSyncFixture *fixture)
{
  g_autofree char *articles = g_strdup_printf ("{\"categories\":[],\"articles\":[{\"id\":\"a1\",\"title\":\"Папір\","
                                               "\"body\":\"<p>Текст</p>\",\"version\":1,\"media\":[\"%s\"]}],"
                                               "\"deleted\":[],\"as_of\":\"A1\",\"more\":false}", fixture->sum);

  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO, "{\"name\":\"HELP DESK\"}");
  hd_fake_portal_set_default (fixture->portal, "list_announcements", HD_TYPE_ANNOUNCEMENT_LIST,
                              "{\"announcements\":[{\"id\":\"n1\",\"title\":\"Новина\"}]}");
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG,
                              "{\"version\":\"C1\",\"categories\":[],\"offerings\":[{\"id\":\"vpn\",\"name\":\"VPN\"}]}");
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE,
                              "{\"items\":[{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\","
                              "\"updated_at\":\"2026-11-22T10:00:00Z\"}],\"total\":1,\"as_of\":\"R1\"}");
  hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST,
                              "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"VPN\",\"complete\":true,"
                              "\"updated_at\":\"2026-11-22T10:00:00Z\",\"messages\":[]}");
  hd_fake_portal_set_default (fixture->portal, "get_form", HD_TYPE_FORM,
                              "{\"offering_id\":\"vpn\",\"version\":1,\"fields\":[]}");
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES, articles);
}

void
hd_sync_fixture_set_up (HdSyncFixture       *fixture,
                        gconstpointer        data)
{
  fixture->directory = hd_test_make_tmp_dir ();
  fixture->store = hd_test_open_store (fixture->directory);
  fixture->portal = hd_fake_portal_new ();
  fixture->sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PICTURE, -1);
  fixture->sync = hd_sync_new (HD_PORTAL (fixture->portal), fixture->store);
  g_signal_connect (fixture->sync, "request-changed", G_CALLBACK (request_changed_cb), fixture);
  set_content (fixture);
}

void
hd_sync_fixture_tear_down (HdSyncFixture       *fixture,
                           gconstpointer        data)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->sync));
  hd_store_close (fixture->store);
  hd_test_drop (g_steal_pointer (&fixture->store));
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  g_clear_object (&fixture->before);
  g_clear_object (&fixture->now);
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->sum);
}

gboolean
hd_sync_fixture_run (HdSyncFixture  *fixture,
                     GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hd_fake_portal_forget_calls (fixture->portal);
  hd_sync_run_async (fixture->sync, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  return hd_sync_run_finish (fixture->sync, result, error);
}

void
hd_sync_fixture_run_well (HdSyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hd_sync_fixture_run (fixture, &error));
  g_assert_no_error (error);
}

guint
hd_sync_fixture_count_articles (HdSyncFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) articles = NULL;

  hd_store_list_articles_async (fixture->store, NULL, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  articles = hd_store_list_articles_finish (fixture->store, result, NULL);
  g_assert_nonnull (articles);

  return g_list_model_get_n_items (articles);
}

guint
hd_sync_fixture_count_requests (HdSyncFixture *fixture)
{
  g_autoptr (GListModel) requests = hd_test_list_requests (fixture->store);

  return g_list_model_get_n_items (requests);
}
