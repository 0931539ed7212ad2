/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hd-dictionary.h"
#include "hd-error.h"
#include "hd-record-json.h"
#include "hd-store-list.h"
#include "store-support.h"

/*
 * What happens while the dictionary is read.  It is a small one, of a pipe: its
 * reading begins and ends when the test says so.
 */

#define RULES "SET UTF-8\n"
#define WORDS "4\nйти\nйдуть\tst:йти\nклавіатура\nкулька\n"

static const char articles_json[] =
  "{\"articles\":["
  " {\"id\":\"keys\",\"title\":\"Клавіатура\",\"body\":\"<p>Розкладки.</p>\"},"
  " {\"id\":\"walk\",\"title\":\"Прогулянка\",\"body\":\"<p>Куди йти.</p>\"}]}";

typedef struct
{
  Fixture store;
  char   *directory;  /* (owned) */
  char   *words;  /* (owned): where the dictionary's words are */
} Held;

static void
keep_articles (Held       *held,
               const char *json)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, json, NULL);

  g_assert_nonnull (changes);
  g_assert_true (CALL (held->store.store, apply_articles, changes));
}

static void
keep_portal (Held       *held,
             const char *names)
{
  g_autofree char *json = g_strdup_printf ("{\"name\":\"П\",\"synonyms\":%s}", names);
  g_autoptr (HdPortalInfo) info = hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json, NULL);

  g_assert_nonnull (info);
  g_assert_true (CALL (held->store.store, put_info, info));
}

static void
keep_request (Held *held)
{
  g_autoptr (HdRequest) request =
    make_request ("{\"id\":\"r1\",\"number\":\"1\",\"subject\":\"Куди йти\",\"updated_at\":\"2026-11-02T10:00:00Z\"}");

  g_assert_true (CALL (held->store.store, put_request, request));
}

/* With an index that is complete. */
static void
set_up (Held          *held,
        gconstpointer  data)
{
  g_autofree char *rules = NULL;

  held->directory = hd_test_make_tmp_dir ();
  held->words = g_build_filename (held->directory, "uk_UA.dic", NULL);
  rules = g_build_filename (held->directory, "uk_UA.aff", NULL);
  g_assert_true (g_file_set_contents (rules, RULES, -1, NULL));
  g_assert_true (g_file_set_contents (held->words, WORDS, -1, NULL));
  g_setenv ("HELPDESK_DICTIONARIES", held->directory, TRUE);
  hd_dictionary_unload ();

  held->store.synonyms_file = g_build_filename (held->directory, "names", NULL);
  g_assert_true (g_file_set_contents (held->store.synonyms_file, "тека, клавіатура\n", -1, NULL));
  fixture_set_up (&held->store, data);
  keep_articles (held, articles_json);
  keep_request (held);
  g_assert_true (CALL (held->store.store, complete_index));
}

static void
tear_down (Held          *held,
           gconstpointer  data)
{
  fixture_tear_down (&held->store, data);
  hd_dictionary_unload ();
  g_unsetenv ("HELPDESK_DICTIONARIES");
  hd_test_remove_tree (held->directory);
  g_free (held->directory);
  g_free (held->words);
}

/* Whoever reads the dictionary from now on waits for it. */
static void
hold (Held *held)
{
  g_assert_cmpint (g_unlink (held->words), ==, 0);
  g_assert_cmpint (mkfifo (held->words, 0600), ==, 0);
  hd_dictionary_unload ();
}

/* Waits until somebody reads it. */
static int
await_reader (Held *held)
{
  int fd = g_open (held->words, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static void
let_go (Held *held,
        int   fd)
{
  g_assert_cmpint (write (fd, WORDS, strlen (WORDS)), ==, strlen (WORDS));
  g_unlink (held->words);
  g_assert_true (g_file_set_contents (held->words, WORDS, -1, NULL));
  g_close (fd, NULL);
}

static void
await_items (HdStoreList *list,
             const char  *ids)
{
  for (;;)
    {
      g_autofree char *there = list_property (G_LIST_MODEL (list), "id");

      if (g_str_equal (there, ids))
        break;
      g_main_context_iteration (NULL, TRUE);
    }
}

/* What wants no words is answered. */
static void
assert_at_hand (Held *held)
{
  g_autoptr (HdArticle) article = CALL (held->store.store, get_article, "keys");
  g_autoptr (HdDraft) draft = make_draft ("d1", "o1", NULL, "Текст");

  g_assert_nonnull (article);
  g_assert_true (CALL (held->store.store, save_draft, draft));
}

#define SEARCH(held, words, cancellable, result) \
  hd_store_search_async (held->store.store, words, 20, cancellable, hd_test_store_result_cb, result)

static char *
finish_search (Held          *held,
               GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = NULL;

  hd_test_await (result);
  found = hd_store_search_finish (held->store.store, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
  return list_property (found, "id");
}

static void
test_what_is_typed_is_answered_at_once (Held          *held,
                                        gconstpointer  data)
{
  HdRequestFilter filter = { .text = "йдуть" };
  g_autoptr (HdStoreList) list = NULL;
  g_autoptr (HdStoreList) requests = NULL;
  g_autoptr (GAsyncResult) searched = NULL;
  g_autofree char *found = NULL;
  int fd;

  hold (held);
  SEARCH (held, "йдуть", NULL, &searched);
  list = hd_store_list_new_search (held->store.store, "клавіатура йдуть", 20);
  requests = hd_store_list_new_requests (held->store.store, &filter);
  fd = await_reader (held);

  await_items (list, "keys");
  g_assert_false (hd_store_list_get_loading (list));
  hd_store_list_set_text (list, "тека");
  assert_at_hand (held);
  /* Nobody is told that there is nothing before that is known. */
  await_items (list, "keys");
  g_assert_true (hd_store_list_get_loading (list));
  hd_store_list_set_text (list, "клавіатура йдуть");
  while (hd_store_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  await_items (list, "keys");
  g_assert_true (hd_store_list_get_loading (requests));
  g_assert_null (searched);
  g_assert_false (hd_dictionary_is_ready ());

  let_go (held, fd);
  await_items (list, "keys walk r1");
  await_items (requests, "r1");
  found = finish_search (held, &searched);
  g_assert_cmpstr (found, ==, "walk r1");
  hd_store_list_set_text (list, "тека");
  await_items (list, "keys");
}

/* Both those that were told before it was read, and what came meanwhile; nobody has to search for it. */
static void
test_what_comes_is_indexed_by_the_dictionary (Held          *held,
                                              gconstpointer  data)
{
  g_autoptr (HdStoreList) list = NULL;
  g_autoptr (GAsyncResult) searched = NULL;
  g_autofree char *found = NULL;
  int fd;

  hold (held);
  keep_articles (held, "{\"articles\":[{\"id\":\"new\",\"title\":\"Клавіатура\",\"body\":\"<p>Усі йдуть.</p>\"}],"
                 "\"deleted\":[\"walk\"]}");
  fd = await_reader (held);
  list = hd_store_list_new_search (held->store.store, "клавіатура", 20);
  await_items (list, "keys");
  assert_at_hand (held);
  let_go (held, fd);

  await_items (list, "keys new");
  SEARCH (held, "йти", NULL, &searched);
  found = finish_search (held, &searched);
  g_assert_cmpstr (found, ==, "new r1");
}

static void
add_result_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_ptr_array_add (user_data, g_object_ref (result));
}

static void
test_who_waits_can_be_cancelled (Held          *held,
                                 gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  hold (held);
  hd_store_search_async (held->store.store, "йдуть", 20, NULL, add_result_cb, results);
  SEARCH (held, "йдуть", cancellable, &cancelled);
  hd_store_suggest_spelling_async (held->store.store, "йдуть", NULL, add_result_cb, results);
  hd_store_suggest_async (held->store.store, "йдуть", 3, NULL, add_result_cb, results);
  fd = await_reader (held);
  assert_at_hand (held);

  g_cancellable_cancel (cancellable);
  hd_test_await (&cancelled);
  g_assert_null (hd_store_search_finish (held->store.store, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_at_hand (held);
  g_assert_cmpuint (results->len, ==, 0);

  let_go (held, fd);
  while (results->len < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_async_result_is_tagged (results->pdata[0], hd_store_search_async));
  g_assert_true (g_async_result_is_tagged (results->pdata[1], hd_store_suggest_spelling_async));
  g_assert_true (g_async_result_is_tagged (results->pdata[2], hd_store_suggest_async));
}

static void
test_a_store_is_closed_while_somebody_waits (Held          *held,
                                             gconstpointer  data)
{
  g_autoptr (HdSearchResult) opened = g_object_new (HD_TYPE_SEARCH_RESULT, "id", "keys", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  const gpointer tags[] = { hd_store_search_async, hd_store_note_opened_async, hd_store_complete_index_async, hd_store_search_async };
  int fd;

  hold (held);
  hd_store_search_async (held->store.store, "йдуть", 20, cancellable, add_result_cb, results);
  hd_store_note_opened_async (held->store.store, "йдуть", opened, NULL, add_result_cb, results);
  hd_store_complete_index_async (held->store.store, NULL, add_result_cb, results);
  fd = await_reader (held);
  assert_at_hand (held);
  /* In the queue, behind which there is the end. */
  hd_store_search_async (held->store.store, "йдуть", 20, NULL, add_result_cb, results);

  hd_store_close (held->store.store);
  while (results->len < 4)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < results->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_async_result_is_tagged (results->pdata[i], tags[i]));
      g_assert_null (g_task_propagate_pointer (results->pdata[i], &error));
      g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
    }

  g_cancellable_cancel (cancellable);
  g_ptr_array_set_size (results, 0);
  fixture_close (&held->store);
  let_go (held, fd);
  hd_dictionary_read ();
}

/* Not what a person opened who is gone, or wants it forgotten. */
static void
test_what_waits_is_forgotten_too (Held          *held,
                                  gconstpointer  data)
{
  g_autofree char *path = g_build_filename (held->store.directory, "items.db", NULL);
  g_autoptr (HdSearchResult) opened = g_object_new (HD_TYPE_SEARCH_RESULT, "id", "keys", NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) noted = NULL;
      g_autoptr (GError) error = NULL;
      int fd;

      hold (held);
      hd_store_note_opened_async (held->store.store, "йдуть", opened, NULL, hd_test_store_result_cb, &noted);
      fd = await_reader (held);
      g_assert_true (i == 0 ? CALL (held->store.store, forget_opened) : CALL (held->store.store, wipe_person));
      hd_test_await (&noted);
      g_assert_false (hd_store_note_opened_finish (held->store.store, noted, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      let_go (held, fd);
      g_assert_true (CALL (held->store.store, complete_index));
    }

  fixture_close (&held->store);
  run_sql (path, "CREATE TABLE proof (n INTEGER CHECK (n = 0)); INSERT INTO proof SELECT count (*) FROM opened");
}

/* Nobody has to type again, but where a file has changed, of which nobody is told. */
static void
test_other_names_that_change_are_followed (Held          *held,
                                           gconstpointer  data)
{
  g_autoptr (HdStoreList) list = hd_store_list_new_search (held->store.store, "кулька", 20);
  g_autoptr (HdStoreList) of_file = hd_store_list_new_search (held->store.store, "тека", 20);

  await_items (of_file, "keys");
  keep_portal (held, "[[\"кулька\",\"клавіатура\"]]");
  await_items (list, "keys");
  keep_portal (held, "[[\"кулька\",\"прогулянка\"]]");
  await_items (list, "walk");
  keep_portal (held, "[]");
  await_items (list, "");

  g_assert_true (g_file_set_contents (held->store.synonyms_file, "тека, прогулянка, ніщо\n", -1, NULL));
  hd_store_list_set_text (of_file, "тека");
  await_items (of_file, "walk");
}

/* As nothing is changed for it, not even what was put into the index before. */
static void
test_what_is_gone_leaves_the_index (Held          *held,
                                    gconstpointer  data)
{
  g_autofree char *cache = g_build_filename (held->store.directory, "cache.db", NULL);
  g_autofree char *items = g_build_filename (held->store.directory, "items.db", NULL);
  g_autoptr (HdRequestPage) none = g_object_new (HD_TYPE_REQUEST_PAGE, NULL);
  g_autoptr (GAsyncResult) searched = NULL;
  g_autofree char *found = NULL;

  /* The last row, which the next one has again. */
  keep_articles (held, "{\"deleted\":[\"walk\"]}");
  keep_articles (held, "{\"articles\":[{\"id\":\"new\",\"title\":\"Кулька\"}]}");
  SEARCH (held, "кулька йти", NULL, &searched);
  found = finish_search (held, &searched);
  g_assert_cmpstr (found, ==, "new r1");

  keep_articles (held, "{\"deleted\":[\"new\"]}");
  g_assert_true (CALL (held->store.store, apply_requests, none, HD_STORE_WHOLE_LIST));
  g_assert_true (CALL (held->store.store, complete_index));
  fixture_close (&held->store);
  run_sql (cache, "CREATE TABLE proof (n INTEGER CHECK (n = 1)); INSERT INTO proof SELECT count (*) FROM portal_search_content");
  run_sql (items, "CREATE TABLE proof (n INTEGER CHECK (n = 0)); INSERT INTO proof SELECT count (*) FROM request_search_content");
}

/* With another dictionary nothing is lost of what only the index has put together. */
static void
test_requests_follow_the_dictionary (Held          *held,
                                     gconstpointer  data)
{
  g_autoptr (GAsyncResult) searched = NULL;
  g_autofree char *found = NULL;

  fixture_close (&held->store);
  g_assert_true (g_file_set_contents (held->words, WORDS "йшов\tst:йти\n", -1, NULL));
  hd_dictionary_unload ();
  fixture_reopen (&held->store);
  g_assert_false (hd_dictionary_is_loaded ());

  SEARCH (held, "йшов", NULL, &searched);
  found = finish_search (held, &searched);
  g_assert_cmpstr (found, ==, "walk r1");
}

#define ADD(name, function) \
  g_test_add ("/store/search-waits/" name, Held, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD ("what-is-typed-is-answered-at-once", test_what_is_typed_is_answered_at_once);
  ADD ("what-comes-is-indexed-by-the-dictionary", test_what_comes_is_indexed_by_the_dictionary);
  ADD ("who-waits-can-be-cancelled", test_who_waits_can_be_cancelled);
  ADD ("a-store-is-closed-while-somebody-waits", test_a_store_is_closed_while_somebody_waits);
  ADD ("what-waits-is-forgotten-too", test_what_waits_is_forgotten_too);
  ADD ("other-names-that-change-are-followed", test_other_names_that_change_are_followed);
  ADD ("what-is-gone-leaves-the-index", test_what_is_gone_leaves_the_index);
  ADD ("requests-follow-the-dictionary", test_requests_follow_the_dictionary);

  return g_test_run ();
}
