/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-database.h"
#include "hd-error.h"
#include "hd-record-json.h"
#include "store-support.h"

static gpointer
parse (GType       type,
       const char *json)
{
  g_autoptr (GError) error = NULL;
  gpointer record = hd_record_new_from_string (type, json, &error);

  g_assert_no_error (error);
  return record;
}

static void
test_nothing_kept_is_no_error (Fixture       *fixture,
                               gconstpointer  data)
{
  g_auto (GStrv) used = CALL (fixture->store, list_used_offerings, 5);
  g_auto (GStrv) favourites = CALL (fixture->store, list_favourites);
  g_auto (GStrv) missing = CALL (fixture->store, list_missing_media, 5);
  g_autoptr (GListModel) articles = CALL (fixture->store, list_articles, NULL);

  g_assert_null (CALL (fixture->store, get_info));
  g_assert_null (CALL (fixture->store, get_catalog));
  g_assert_null (CALL (fixture->store, get_form, "o"));
  g_assert_null (CALL (fixture->store, get_options, "s", "q", NULL));
  g_assert_null (CALL (fixture->store, get_article, "a"));
  g_assert_null (CALL (fixture->store, get_media, "m"));
  g_assert_null (CALL (fixture->store, get_announcement, "n"));
  g_assert_null (CALL (fixture->store, get_account));
  g_assert_null (CALL (fixture->store, get_value, "v"));
  g_assert_cmpuint (g_strv_length (used) + g_strv_length (favourites) + g_strv_length (missing), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (articles), ==, 0);
}

static void
test_what_the_portal_says_comes_back_after_reopening (Fixture       *fixture,
                                                      gconstpointer  data)
{
  g_autoptr (HdPortalInfo) info =
    parse (HD_TYPE_PORTAL_INFO, "{\"name\":\"Портал\",\"contacts\":[{\"kind\":\"phone\",\"value\":\"1\"}],"
           "\"capabilities\":[\"delta\"],\"max_files\":5,\"outage\":{\"message\":\"!\"}}");
  g_autoptr (HdCatalog) catalog =
    parse (HD_TYPE_CATALOG, "{\"version\":\"7\",\"categories\":[{\"id\":\"c\",\"name\":\"C\",\"kind\":\"incident\"}],"
           "\"offerings\":[{\"id\":\"o\",\"name\":\"O\",\"category_id\":\"c\",\"keywords\":[\"k\"]}]}");
  g_autoptr (HdForm) form =
    parse (HD_TYPE_FORM, "{\"offering_id\":\"o\",\"version\":3,\"fields\":[{\"id\":\"f\",\"type\":\"date\",\"label\":\"L\","
           "\"visible_when\":[{\"field\":\"g\",\"op\":\"filled\"}]}]}");
  g_autoptr (HdAccount) account = parse (HD_TYPE_ACCOUNT, "{\"id\":\"1\",\"user_name\":\"olena\",\"name\":\"Олена\"}");
  g_autoptr (HdPortalInfo) kept_info = NULL;
  g_autoptr (HdCatalog) kept_catalog = NULL;
  g_autoptr (HdForm) kept_form = NULL;
  g_autoptr (HdAccount) kept_account = NULL;

  g_assert_true (CALL (fixture->store, put_info, info));
  g_assert_true (CALL (fixture->store, put_catalog, catalog));
  g_assert_true (CALL (fixture->store, put_catalog, catalog));
  g_assert_true (CALL (fixture->store, put_form, form));
  g_assert_true (CALL (fixture->store, put_account, account));
  fixture_reopen (fixture);

  kept_info = CALL (fixture->store, get_info);
  kept_catalog = CALL (fixture->store, get_catalog);
  kept_form = CALL (fixture->store, get_form, "o");
  kept_account = CALL (fixture->store, get_account);
  g_assert_true (hd_record_equal (HD_RECORD (kept_info), HD_RECORD (info)));
  g_assert_true (hd_record_equal (HD_RECORD (kept_catalog), HD_RECORD (catalog)));
  g_assert_true (hd_record_equal (HD_RECORD (kept_form), HD_RECORD (form)));
  g_assert_true (hd_record_equal (HD_RECORD (kept_account), HD_RECORD (account)));
}

static void
assert_options (HdStore    *store,
                const char *query,
                const char *parent,
                const char *expected)
{
  g_autoptr (HdOptionList) options = CALL (store, get_options, "people", query, parent);
  g_autofree char *values = NULL;

  g_test_message ("%s", query);
  g_assert_nonnull (options);
  values = list_property (hd_option_list_get_options (options), "value");
  g_assert_cmpstr (values, ==, expected);
}

static void
test_options_that_were_seen_are_found_offline (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autoptr (HdOptionList) first =
    parse (HD_TYPE_OPTION_LIST, "{\"options\":[{\"value\":\"b\",\"label\":\"Іван Борщ\"},{\"value\":\"a\",\"label\":\"Іван Абакум\"}]}");
  g_autoptr (HdOptionList) second =
    parse (HD_TYPE_OPTION_LIST, "{\"options\":[{\"value\":\"c\",\"label\":\"Олена Борщ\",\"detail\":\"Київ\"}]}");
  g_autoptr (HdOptionList) none = parse (HD_TYPE_OPTION_LIST, "{}");

  g_assert_true (CALL (fixture->store, put_options, "people", "Іва", "p", first));
  g_assert_true (CALL (fixture->store, put_options, "people", "київ", "p", second));
  g_assert_true (CALL (fixture->store, put_options, "people", "борщ і", "p", none));

  /* The portal's own order and answer, even if it was "nothing"; else all that was seen. */
  assert_options (fixture->store, " ІВА ", "p", "b a");
  assert_options (fixture->store, "борщ і", "p", "");
  assert_options (fixture->store, "борщ", "p", "b c");
  assert_options (fixture->store, "БОР іва", "p", "b");
  assert_options (fixture->store, NULL, "p", "a b c");
  assert_options (fixture->store, "%_'", "p", "a b c");
  assert_options (fixture->store, "zzz", "p", "");
  g_assert_null (CALL (fixture->store, get_options, "people", "борщ", "q"));
  g_assert_null (CALL (fixture->store, get_options, "other", "борщ", "p"));
}

static void
test_articles_are_applied_as_changes (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (HdArticleChanges) all =
    parse (HD_TYPE_ARTICLE_CHANGES,
           "{\"as_of\":\"5\",\"categories\":[{\"id\":\"c2\",\"name\":\"Два\",\"position\":2},{\"id\":\"c1\",\"name\":\"Один\",\"position\":1}],"
           "\"articles\":[{\"id\":\"b\",\"title\":\"Б\",\"category_id\":\"c1\",\"body\":\"<p>x\",\"media\":[\"m1\",\"m2\"],\"version\":1},"
           "{\"id\":\"a\",\"title\":\"А\",\"category_id\":\"c2\",\"body\":\"<p>y\",\"media\":[\"m2\"]}]}");
  g_autoptr (HdArticleChanges) changes =
    parse (HD_TYPE_ARTICLE_CHANGES, "{\"as_of\":\"6\",\"deleted\":[\"a\",\"none\"],"
           "\"articles\":[{\"id\":\"b\",\"title\":\"Б\",\"category_id\":\"c1\",\"body\":\"<p>z\",\"media\":[\"m3\"],\"version\":2}]}");
  g_autoptr (GListModel) listed = NULL;
  g_autoptr (GListModel) in_category = NULL;
  g_autoptr (GListModel) categories = NULL;
  g_autoptr (HdArticle) article = NULL;
  g_autoptr (HdArticle) light = NULL;
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) missing_then = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *category_ids = NULL;
  g_autofree char *as_of = NULL;

  g_assert_true (CALL (fixture->store, apply_articles, all));
  listed = CALL (fixture->store, list_articles, NULL);
  categories = CALL (fixture->store, list_article_categories);
  missing = CALL (fixture->store, list_missing_media, 0);
  ids = list_property (listed, "id");
  category_ids = list_property (categories, "id");
  light = g_list_model_get_item (listed, 0);
  g_assert_cmpstr (ids, ==, "a b");
  g_assert_cmpstr (category_ids, ==, "c1 c2");
  g_assert_null (hd_article_get_body (light));
  g_assert_cmpuint (g_strv_length (missing), ==, 2);

  g_assert_true (CALL (fixture->store, apply_articles, changes));
  fixture_reopen (fixture);
  article = CALL (fixture->store, get_article, "b");
  in_category = CALL (fixture->store, list_articles, "c2");
  missing_then = CALL (fixture->store, list_missing_media, 0);
  as_of = CALL (fixture->store, get_value, HD_STORE_ARTICLES_AS_OF);
  g_assert_cmpstr (hd_article_get_body (article), ==, "<p>z");
  g_assert_cmpint (hd_article_get_version (article), ==, 2);
  g_assert_null (CALL (fixture->store, get_article, "a"));
  g_assert_cmpuint (g_list_model_get_n_items (in_category), ==, 0);
  g_assert_cmpuint (g_strv_length (missing_then), ==, 1);
  g_assert_cmpstr (missing_then[0], ==, "m3");
  g_assert_cmpstr (as_of, ==, "6");
}

static void
test_a_picture_is_kept_while_an_article_shows_it (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0picture\xff", 9);
  g_autoptr (HdArticleChanges) changes =
    parse (HD_TYPE_ARTICLE_CHANGES, "{\"articles\":[{\"id\":\"a\",\"title\":\"A\",\"media\":[\"cf-17\"]}]}");
  g_autoptr (HdArticleChanges) deleted = parse (HD_TYPE_ARTICLE_CHANGES, "{\"deleted\":[\"a\"]}");
  g_autoptr (GHashTable) media = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) kept = NULL;
  g_auto (GStrv) missing = NULL;

  g_hash_table_insert (media, (gpointer) "cf-17", bytes);
  g_assert_true (CALL (fixture->store, apply_articles, changes));
  g_assert_true (CALL (fixture->store, put_media, media));
  kept = CALL (fixture->store, get_media, "cf-17");
  missing = CALL (fixture->store, list_missing_media, 0);
  g_assert_true (g_bytes_equal (kept, bytes));
  g_assert_cmpuint (g_strv_length (missing), ==, 0);

  /* Pictures go with the last article that shows them. */
  g_assert_true (CALL (fixture->store, apply_articles, deleted));
  g_assert_null (CALL (fixture->store, get_media, "cf-17"));
}

static void
test_a_picture_is_kept_while_an_offering_has_it_for_an_icon (Fixture       *fixture,
                                                             gconstpointer  data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr (HdCatalog) catalog =
    parse (HD_TYPE_CATALOG, "{\"offerings\":[{\"id\":\"a\",\"name\":\"A\",\"icon\":\"media:cf-3\"},"
           "{\"id\":\"b\",\"name\":\"B\",\"icon\":\"media:cf-4\"},{\"id\":\"c\",\"name\":\"C\",\"icon\":\"printer\"},"
           "{\"id\":\"d\",\"name\":\"D\",\"icon\":\"media:\"},{\"id\":\"e\",\"name\":\"E\"}]}");
  g_autoptr (HdCatalog) other = parse (HD_TYPE_CATALOG, "{\"offerings\":[{\"id\":\"b\",\"name\":\"B\"}]}");
  g_autoptr (HdArticleChanges) changes =
    parse (HD_TYPE_ARTICLE_CHANGES, "{\"articles\":[{\"id\":\"a\",\"title\":\"A\",\"media\":[\"cf-4\",\"cf-5\"]}]}");
  g_autoptr (HdArticleChanges) deleted = parse (HD_TYPE_ARTICLE_CHANGES, "{\"deleted\":[\"a\"]}");
  g_autoptr (GHashTable) media = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) kept = NULL;
  g_auto (GStrv) missing = NULL;
  g_autofree char *names = NULL;

  g_assert_true (CALL (fixture->store, put_catalog, catalog));
  g_assert_true (CALL (fixture->store, apply_articles, changes));
  missing = CALL (fixture->store, list_missing_media, 0);
  names = g_strjoinv (" ", missing);
  g_assert_cmpstr (names, ==, "cf-3 cf-4 cf-5");

  g_hash_table_insert (media, (gpointer) "cf-3", bytes);
  g_hash_table_insert (media, (gpointer) "cf-4", bytes);
  g_hash_table_insert (media, (gpointer) "cf-5", bytes);
  g_assert_true (CALL (fixture->store, put_media, media));
  g_assert_true (CALL (fixture->store, apply_articles, deleted));
  kept = CALL (fixture->store, get_media, "cf-4");
  g_assert_nonnull (kept);
  g_assert_null (CALL (fixture->store, get_media, "cf-5"));

  g_assert_true (CALL (fixture->store, put_catalog, other));
  g_assert_true (CALL (fixture->store, apply_articles, deleted));
  g_assert_null (CALL (fixture->store, get_media, "cf-3"));
}

static void
test_news_are_replaced_and_expire (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr (HdAnnouncementList) first =
    parse (HD_TYPE_ANNOUNCEMENT_LIST, "{\"announcements\":[{\"id\":\"old\",\"title\":\"T\"}]}");
  g_autoptr (HdAnnouncementList) second =
    parse (HD_TYPE_ANNOUNCEMENT_LIST, "{\"announcements\":["
           "{\"id\":\"a\",\"title\":\"T\",\"published_at\":\"2026-01-01T00:00:00Z\"},"
           "{\"id\":\"gone\",\"title\":\"T\",\"published_at\":\"2026-01-02T00:00:00Z\",\"expires_at\":\"2026-01-03T00:00:00Z\"},"
           "{\"id\":\"b\",\"title\":\"T\",\"published_at\":\"2026-01-02T00:00:00Z\",\"expires_at\":\"2999-01-03T00:00:00Z\"}]}");
  g_autoptr (GListModel) list = NULL;
  g_autoptr (HdAnnouncement) one = NULL;
  g_autofree char *ids = NULL;

  g_assert_true (CALL (fixture->store, put_announcements, first));
  g_assert_true (CALL (fixture->store, put_announcements, second));
  list = CALL (fixture->store, list_announcements);
  one = CALL (fixture->store, get_announcement, "a");
  ids = list_property (list, "id");
  g_assert_cmpstr (ids, ==, "b a");
  g_assert_cmpstr (hd_announcement_get_id (one), ==, "a");
  g_assert_null (CALL (fixture->store, get_announcement, "old"));
}

static void
test_values_and_use_are_kept (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *value = NULL;
  g_autofree char *portal_value = NULL;
  g_auto (GStrv) used = NULL;
  g_auto (GStrv) favourites = NULL;

  g_assert_true (CALL (fixture->store, set_value, "synced-at", "1"));
  g_assert_true (CALL (fixture->store, set_value, "synced-at", "2"));
  g_assert_true (CALL (fixture->store, set_value, "portal-x", "3"));
  g_assert_true (CALL (fixture->store, set_value, "account", "not the account"));
  g_assert_true (CALL (fixture->store, note_offering_used, "a"));
  g_assert_true (CALL (fixture->store, note_offering_used, "b"));
  g_assert_true (CALL (fixture->store, note_offering_used, "b"));
  g_assert_true (CALL (fixture->store, set_favourite, "z", TRUE));
  g_assert_true (CALL (fixture->store, set_favourite, "y", TRUE));
  g_assert_true (CALL (fixture->store, set_favourite, "z", TRUE));
  fixture_reopen (fixture);

  value = CALL (fixture->store, get_value, "synced-at");
  portal_value = CALL (fixture->store, get_value, "portal-x");
  used = CALL (fixture->store, list_used_offerings, 0);
  favourites = CALL (fixture->store, list_favourites);
  g_assert_cmpstr (value, ==, "2");
  g_assert_cmpstr (portal_value, ==, "3");
  g_assert_null (CALL (fixture->store, get_account));
  g_assert_cmpstr (used[0], ==, "b");
  g_assert_cmpstr (used[1], ==, "a");
  g_assert_cmpstr (favourites[0], ==, "z");
  g_assert_cmpstr (favourites[1], ==, "y");

  g_assert_true (CALL (fixture->store, set_favourite, "z", FALSE));
  g_assert_true (CALL (fixture->store, set_value, "synced-at", NULL));
  g_strfreev (favourites);
  favourites = CALL (fixture->store, list_favourites);
  g_assert_cmpuint (g_strv_length (favourites), ==, 1);
  g_assert_null (CALL (fixture->store, get_value, "synced-at"));
}

typedef struct
{
  guint    n_emissions;
  guint    topics;
  gboolean on_main_thread;
} Changes;

static void
changed_cb (HdStore *store,
            guint    topics,
            Changes *changes)
{
  changes->n_emissions++;
  changes->topics |= topics;
  changes->on_main_thread = g_main_context_is_owner (g_main_context_default ());
}

static void
test_changes_are_told_together_and_on_the_main_thread (Fixture       *fixture,
                                                       gconstpointer  data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) last = NULL;
  Changes changes = { 0 };
  gulong id = g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &changes);
  g_autoptr (HdPortalInfo) info = parse (HD_TYPE_PORTAL_INFO, "{\"name\":\"P\"}");
  g_autoptr (HdPortalInfo) kept = CALL (fixture->store, get_info);

  g_assert_cmpuint (changes.n_emissions, ==, 0);

  hd_store_put_info_async (fixture->store, info, NULL, hd_test_store_result_cb, &first);
  hd_store_note_offering_used_async (fixture->store, "o", NULL, hd_test_store_result_cb, &last);
  /* Both are done before the main loop turns. */
  hd_store_close (fixture->store);
  g_assert_cmpuint (changes.n_emissions, ==, 0);
  hd_test_await (&last);

  g_assert_cmpuint (changes.n_emissions, ==, 1);
  g_assert_cmpuint (changes.topics, ==, HD_STORE_INFO | HD_STORE_CATALOG);
  g_assert_true (changes.on_main_thread);
  g_signal_handler_disconnect (fixture->store, id);
}

static void
test_a_cancelled_call_is_dropped (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  hd_store_set_value_async (fixture->store, "k", "v", cancellable, hd_test_store_result_cb, &result);
  hd_test_await (&result);

  g_assert_false (hd_store_set_value_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (CALL (fixture->store, get_value, "k"));
}

static void
test_a_closed_store_answers_no_more (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GAsyncResult) begun = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_set_value_async (fixture->store, "k", "v", NULL, hd_test_store_result_cb, &begun);
  hd_store_close (fixture->store);
  hd_store_close (fixture->store);
  g_assert_null (TRY (fixture->store, &error, get_value, "k"));
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);

  /* What was begun was finished. */
  hd_test_await (&begun);
  g_assert_true (hd_store_set_value_finish (fixture->store, begun, NULL));
  g_clear_object (&begun);
  fixture_reopen (fixture);
  {
    g_autofree char *value = CALL (fixture->store, get_value, "k");

    g_assert_cmpstr (value, ==, "v");
  }
}

static void
flag_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GString *order = user_data;

  g_string_append_c (order, g_task_get_source_tag (G_TASK (result)) == hd_store_get_value_async ? 'r' : 'w');
}

static void
test_a_read_does_not_wait_behind_a_long_batch (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (HdArticleChanges) changes = g_object_new (HD_TYPE_ARTICLE_CHANGES, "articles", articles, NULL);
  g_autoptr (GString) order = g_string_new (NULL);
  g_autofree char *path = g_build_filename (fixture->directory, "cache.db", NULL);
  g_autoptr (HdDatabase) other = hd_database_open (path, NULL);
  g_autoptr (GAsyncResult) held_up = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);
      g_autoptr (HdArticle) article = g_object_new (HD_TYPE_ARTICLE, "id", id, "title", id, "body", "<p>x", NULL);

      g_list_store_append (articles, article);
    }

  /* The thread is kept busy until both calls are in the queue. */
  g_assert_true (hd_database_begin (other, NULL));
  hd_store_set_value_async (fixture->store, "portal-k", "v", NULL, hd_test_store_result_cb, &held_up);
  hd_store_apply_articles_async (fixture->store, changes, NULL, flag_cb, order);
  hd_store_get_value_async (fixture->store, "k", NULL, flag_cb, order);
  hd_database_rollback (other);
  while (order->len < 2)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (order->str, ==, "rw");
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/portal/nothing-kept-is-no-error", test_nothing_kept_is_no_error);
  ADD_TEST ("/store/portal/what-the-portal-says-comes-back-after-reopening",
            test_what_the_portal_says_comes_back_after_reopening);
  ADD_TEST ("/store/portal/options-that-were-seen-are-found-offline", test_options_that_were_seen_are_found_offline);
  ADD_TEST ("/store/portal/articles-are-applied-as-changes", test_articles_are_applied_as_changes);
  ADD_TEST ("/store/portal/a-picture-is-kept-while-an-article-shows-it", test_a_picture_is_kept_while_an_article_shows_it);
  ADD_TEST ("/store/portal/a-picture-is-kept-while-an-offering-has-it-for-an-icon", test_a_picture_is_kept_while_an_offering_has_it_for_an_icon);
  ADD_TEST ("/store/portal/news-are-replaced-and-expire", test_news_are_replaced_and_expire);
  ADD_TEST ("/store/portal/values-and-use-are-kept", test_values_and_use_are_kept);
  ADD_TEST ("/store/portal/changes-are-told-together-and-on-the-main-thread",
            test_changes_are_told_together_and_on_the_main_thread);
  ADD_TEST ("/store/portal/a-cancelled-call-is-dropped", test_a_cancelled_call_is_dropped);
  ADD_TEST ("/store/portal/a-closed-store-answers-no-more", test_a_closed_store_answers_no_more);
  ADD_TEST ("/store/portal/a-read-does-not-wait-behind-a-long-batch", test_a_read_does_not_wait_behind_a_long_batch);

  return g_test_run ();
}
