/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-error.h"
#include "hd-fake-portal.h"
#include "hd-record-json.h"
#include "hd-store-search.h"
#include "hd-sync.h"
#include "session-support.h"

/*
 * Content that is right by the letter and that no portal should have: it goes
 * the whole way through a sync into the store and out again.
 */

enum
{
  MEGABYTE = 1024 * 1024,
  MANY = 100 * 1000,
};

typedef struct
{
  HdFakePortal *portal;
  HdStore      *store;
  HdSync       *sync;
  char         *directory;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = hd_test_make_tmp_dir ();
  fixture->store = hd_test_open_store (fixture->directory);
  fixture->portal = hd_fake_portal_new ();
  fixture->sync = hd_sync_new (HD_PORTAL (fixture->portal), fixture->store);
  hd_fake_portal_set_default (fixture->portal, "get_info", HD_TYPE_PORTAL_INFO, "{\"name\":\"HELP DESK\"}");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hd_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->sync));
  hd_store_close (fixture->store);
  hd_test_drop (g_steal_pointer (&fixture->store));
  g_assert_finalize_object (g_steal_pointer (&fixture->portal));
  hd_test_remove_tree (fixture->directory);
  g_free (fixture->directory);
}

static void
run (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_sync_run_async (fixture->sync, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  g_assert_true (hd_sync_run_finish (fixture->sync, result, &error));
  g_assert_no_error (error);
}

static HdCatalog *
get_catalog (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdCatalog *catalog;

  hd_store_get_catalog_async (fixture->store, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  catalog = hd_store_get_catalog_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (catalog);

  return catalog;
}

static GListModel *
search (Fixture    *fixture,
        const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *found;

  hd_store_search_async (fixture->store, words, 10, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  found = hd_store_search_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  return found;
}

/* --- Too much of it --- */

static void
test_a_hundred_thousand_categories (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GString) categories = g_string_new (NULL);
  g_autofree char *catalog_json = NULL;
  g_autofree char *articles_json = NULL;
  g_autoptr (HdCatalog) catalog = NULL;

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (categories, "%s{\"id\":\"c%u\",\"parent_id\":\"c%u\",\"name\":\"Розділ %u\"}", i > 0 ? "," : "",
                            i, (i + 1) % MANY, i);

  catalog_json = g_strdup_printf ("{\"version\":\"C1\",\"categories\":[%s],\"offerings\":[]}", categories->str);
  articles_json = g_strdup_printf ("{\"categories\":[%s],\"articles\":[],\"deleted\":[],\"as_of\":\"A1\",\"more\":false}",
                                   categories->str);
  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, catalog_json);
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES, articles_json);
  run (fixture);

  catalog = get_catalog (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (hd_catalog_get_categories (catalog)), ==, MANY);
}

static void
test_titles_of_a_megabyte (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *title = g_strnfill (MEGABYTE, 't');
  g_autofree char *catalog = g_strdup_printf ("{\"version\":\"C1\",\"categories\":[],\"offerings\":[{\"id\":\"o\",\"name\":\"%s\","
                                              "\"keywords\":[\"%s\"]}]}", title, title);
  g_autofree char *articles = g_strdup_printf ("{\"categories\":[],\"articles\":[{\"id\":\"a\",\"title\":\"%s\",\"body\":\"<p>%s</p>\","
                                               "\"version\":1}],\"deleted\":[],\"as_of\":\"A1\",\"more\":false}", title, title);
  g_autofree char *news = g_strdup_printf ("{\"announcements\":[{\"id\":\"n\",\"title\":\"%s\"}]}", title);
  g_autofree char *requests = g_strdup_printf ("{\"items\":[{\"id\":\"r\",\"number\":\"1\",\"subject\":\"%s\"}],\"total\":1,"
                                               "\"as_of\":\"R1\"}", title);
  g_autoptr (GListModel) kept = NULL;
  g_autoptr (GListModel) found = NULL;
  g_autoptr (HdRequest) request = NULL;

  hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, catalog);
  hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES, articles);
  hd_fake_portal_set_default (fixture->portal, "list_announcements", HD_TYPE_ANNOUNCEMENT_LIST, news);
  hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE, requests);
  run (fixture);

  kept = hd_test_list_requests (fixture->store);
  request = g_list_model_get_item (kept, 0);
  g_assert_cmpuint (strlen (hd_request_get_subject (request)), ==, MEGABYTE);
  found = search (fixture, "ttt");
  g_assert_cmpuint (g_list_model_get_n_items (found), >=, 1);
}

/* --- Odd in itself --- */

static const char *const odd_ids[] = {
  "", "a/b", "../../etc/passwd", "a\\nb", "\\u0001", "\\u001b[31m", "%2f", "a?b#c", "'; DROP TABLE requests; --", "\\\"", "\\\\", "\\u202e",
};

static void
test_odd_ids (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (odd_ids); i++)
    {
      g_autofree char *catalog = g_strdup_printf ("{\"version\":\"C%u\",\"categories\":[{\"id\":\"%s\",\"parent_id\":\"%s\",\"name\":\"К\"}],"
                                                  "\"offerings\":[{\"id\":\"%s\",\"category_id\":\"%s\",\"name\":\"П\"}]}",
                                                  i, odd_ids[i], odd_ids[i], odd_ids[i], odd_ids[i]);
      g_autofree char *articles = g_strdup_printf ("{\"categories\":[],\"articles\":[{\"id\":\"%s\",\"title\":\"Т\",\"category_id\":\"%s\","
                                                   "\"media\":[\"%s\"],\"version\":%u}],\"deleted\":[\"%s\"],\"as_of\":\"%s\",\"more\":true}",
                                                   odd_ids[i], odd_ids[i], odd_ids[i], i, odd_ids[i], odd_ids[i]);
      g_autofree char *news = g_strdup_printf ("{\"announcements\":[{\"id\":\"%s\",\"title\":\"Н\"},{\"id\":\"%s\",\"title\":\"Н\"}]}",
                                               odd_ids[i], odd_ids[i]);
      g_autofree char *requests = g_strdup_printf ("{\"items\":[{\"id\":\"%s\",\"number\":\"%s\"},{\"id\":\"%s\"}],\"total\":-1,\"as_of\":\"%s\"}",
                                                   odd_ids[i], odd_ids[i], odd_ids[i], odd_ids[i]);

      hd_fake_portal_set_default (fixture->portal, "get_catalog", HD_TYPE_CATALOG, catalog);
      hd_fake_portal_set_default (fixture->portal, "list_articles", HD_TYPE_ARTICLE_CHANGES, articles);
      hd_fake_portal_set_default (fixture->portal, "list_announcements", HD_TYPE_ANNOUNCEMENT_LIST, news);
      hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE, requests);
      run (fixture);
    }

  g_assert_true (g_file_test (fixture->directory, G_FILE_TEST_IS_DIR));
}

static const char *const odd_times[] = {
  "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59Z",
};

static void
test_odd_times_and_numbers (Fixture       *fixture,
                            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (odd_times); i++)
    {
      g_autofree char *requests = g_strdup_printf ("{\"items\":[{\"id\":\"r\",\"updated_at\":\"%s\",\"created_at\":\"%s\","
                                                   "\"message_count\":-9223372036854775808}],\"total\":9223372036854775807,\"as_of\":\"%u\"}",
                                                   odd_times[i], odd_times[i], i);
      g_autofree char *request = g_strdup_printf ("{\"id\":\"r\",\"updated_at\":\"%s\",\"message_count\":9223372036854775807,\"complete\":true,"
                                                  "\"messages\":[{\"id\":\"m\",\"text\":\"Т\",\"created_at\":\"%s\",\"attachments\":[{\"id\":\"f\","
                                                  "\"name\":\"../../f\",\"size\":-1}]}]}", odd_times[i], odd_times[i]);
      g_autofree char *news = g_strdup_printf ("{\"announcements\":[{\"id\":\"n\",\"title\":\"Н\",\"published_at\":\"%s\",\"expires_at\":\"%s\"}]}",
                                               odd_times[i], odd_times[i]);

      hd_fake_portal_set_default (fixture->portal, "list_requests", HD_TYPE_REQUEST_PAGE, requests);
      hd_fake_portal_set_default (fixture->portal, "get_request", HD_TYPE_REQUEST, request);
      hd_fake_portal_set_default (fixture->portal, "list_announcements", HD_TYPE_ANNOUNCEMENT_LIST, news);
      run (fixture);
    }
}

static void
add (const char  *path,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  add ("/odd-content/a-hundred-thousand-categories", test_a_hundred_thousand_categories);
  add ("/odd-content/titles-of-a-megabyte", test_titles_of_a_megabyte);
  add ("/odd-content/odd-ids", test_odd_ids);
  add ("/odd-content/odd-times-and-numbers", test_odd_times_and_numbers);

  return g_test_run ();
}
