/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-record-json.h"
#include "hd-store-list.h"
#include "store-support.h"

typedef struct
{
  guint n_emissions;
  guint position;
  guint removed;
  guint added;
} Changes;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Changes    *changes)
{
  changes->n_emissions++;
  changes->position = position;
  changes->removed = removed;
  changes->added = added;
}

static void
await_loaded (HdStoreList *list)
{
  while (hd_store_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

/* A long answer to another question comes in steps. */
static void
await_length (HdStoreList *list,
              guint        n)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) != n)
    g_main_context_iteration (NULL, TRUE);
}

static void
await_emission (Changes *changes)
{
  while (changes->n_emissions == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Requests "0" to n-1; the one of changed has another subject. */
static HdRequestPage *
make_page (guint n,
           int   changed)
{
  g_autoptr (GListStore) items = g_list_store_new (HD_TYPE_REQUEST);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HdRequest) request =
        make_request ("{\"id\":\"r%u\",\"number\":\"%u\",\"subject\":\"%s %u\",\"status\":\"%s\",\"kind\":\"%s\","
                      "\"updated_at\":\"2026-01-01T%02u:%02u:%02uZ\"}",
                      i, 10000 + i, (int) i == changed ? "Інша" : "Тема", i, i % 3 == 0 ? "closed" : "registered",
                      i % 2 ? "incident" : "request", i / 3600, i / 60 % 60, i % 60);

      g_list_store_append (items, request);
    }

  return g_object_new (HD_TYPE_REQUEST_PAGE, "items", items, NULL);
}

static void
put_page (HdStore *store,
          guint    n,
          int      changed)
{
  g_autoptr (HdRequestPage) page = make_page (n, changed);

  g_assert_true (CALL (store, apply_requests, page, HD_STORE_WHOLE_LIST));
}

static void
test_loads_and_follows_the_store (Fixture       *fixture,
                                  gconstpointer  data)
{
  HdRequestFilter filter = { .sort = HD_REQUEST_SORT_NUMBER };
  g_autoptr (HdStoreList) list = hd_store_list_new_requests (fixture->store, &filter);
  g_autofree char *numbers = NULL;
  Changes changes = { 0 };

  g_assert_true (hd_store_list_get_loading (list));
  await_loaded (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  put_page (fixture->store, 3, -1);
  await_emission (&changes);

  numbers = list_property (G_LIST_MODEL (list), "number");
  g_assert_cmpstr (numbers, ==, "10000 10001 10002");
  g_assert_cmpuint (changes.n_emissions, ==, 1);
  g_assert_cmpuint (changes.added, ==, 3);
}

static void
test_records_stay_the_same_objects (Fixture       *fixture,
                                    gconstpointer  data)
{
  const guint sizes[] = { 5, 1500 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint n = sizes[i];
      HdRequestFilter filter = { .sort = HD_REQUEST_SORT_NUMBER };
      g_autoptr (HdStoreList) list = NULL;
      g_autoptr (HdRequest) second = NULL;
      g_autoptr (HdRequest) after = NULL;
      Changes changes = { 0 };

      put_page (fixture->store, n, -1);
      list = hd_store_list_new_requests (fixture->store, &filter);
      await_length (list, n);
      second = g_list_model_get_item (G_LIST_MODEL (list), 1);

      /* One is renamed, two are new. */
      g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
      put_page (fixture->store, n + 2, 1);
      await_emission (&changes);

      after = g_list_model_get_item (G_LIST_MODEL (list), 1);
      g_assert_true (after == second);
      g_assert_cmpstr (hd_request_get_subject (second), ==, "Інша 1");
      g_assert_cmpuint (changes.n_emissions, ==, 1);
      g_assert_cmpuint (changes.position, ==, n);
      g_assert_cmpuint (changes.removed, ==, 0);
      g_assert_cmpuint (changes.added, ==, 2);
      put_page (fixture->store, 0, -1);
    }
}

static void
test_a_late_answer_to_an_older_filter_is_dropped (Fixture       *fixture,
                                                  gconstpointer  data)
{
  HdRequestFilter all = { .sort = HD_REQUEST_SORT_NUMBER };
  HdRequestFilter incidents = { .sort = HD_REQUEST_SORT_NUMBER, .kind = HD_KIND_INCIDENT };
  HdRequestFilter last = { .sort = HD_REQUEST_SORT_NUMBER, .descending = TRUE, .limit = 1 };
  g_autoptr (HdStoreList) list = NULL;
  g_autofree char *numbers = NULL;

  put_page (fixture->store, 10, -1);
  list = hd_store_list_new_requests (fixture->store, &all);
  hd_store_list_set_filter (list, &incidents);
  hd_store_list_set_filter (list, &last);
  await_loaded (list);

  /* Whatever else was asked has been answered when the store is closed. */
  hd_store_close (fixture->store);
  hd_test_drain ();

  numbers = list_property (G_LIST_MODEL (list), "number");
  g_assert_cmpstr (numbers, ==, "10009");
  g_clear_object (&list);
}

static void
assert_kind (HdStoreList *list,
             guint        first,
             guint        last,
             HdKind       kind)
{
  for (guint i = first; i < last; i++)
    {
      g_autoptr (HdRequest) request = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpint (hd_request_get_kind (request), ==, kind);
    }
}

static void
test_a_filter_changes_a_long_list_whole (Fixture       *fixture,
                                         gconstpointer  data)
{
  HdRequestFilter filter = { .sort = HD_REQUEST_SORT_NUMBER };
  g_autoptr (HdStoreList) list = NULL;
  Changes changes = { 0 };

  put_page (fixture->store, 2000, -1);
  list = hd_store_list_new_requests (fixture->store, &filter);
  await_length (list, 2000);

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  filter.kind = HD_KIND_INCIDENT;
  hd_store_list_set_filter (list, &filter);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2000);
  await_emission (&changes);

  /* The top is there at once. */
  assert_kind (list, 0, 12, HD_KIND_INCIDENT);
  await_length (list, 1000);
  assert_kind (list, 0, 1000, HD_KIND_INCIDENT);
}

static gboolean
is_replacing (HdStoreList *list)
{
  gboolean replacing;

  g_object_get (list, "replacing", &replacing, NULL);
  return replacing;
}

static void
note_replacing_cb (HdStoreList *list,
                   guint        position,
                   guint        removed,
                   guint        added,
                   GString     *notes)
{
  g_string_append_c (notes, is_replacing (list) ? 'r' : '-');
}

static void
await_replaced (HdStoreList *list)
{
  while (is_replacing (list))
    g_main_context_iteration (NULL, TRUE);
}

/* Views keep their rows where they are for the one, and let them go with the records for the other. */
static void
test_another_question_is_told_from_a_refresh (Fixture       *fixture,
                                              gconstpointer  data)
{
  HdRequestFilter filter = { .sort = HD_REQUEST_SORT_NUMBER };
  g_autoptr (HdStoreList) list = NULL;
  g_autoptr (GString) notes = g_string_new (NULL);

  put_page (fixture->store, 1000, -1);
  list = hd_store_list_new_requests (fixture->store, &filter);
  await_length (list, 1000);
  await_replaced (list);

  g_signal_connect (list, "items-changed", G_CALLBACK (note_replacing_cb), notes);
  put_page (fixture->store, 1001, -1);
  await_length (list, 1001);
  g_assert_cmpstr (notes->str, ==, "-");

  /* In steps, from the first to the last. */
  g_string_truncate (notes, 0);
  filter.kind = HD_KIND_INCIDENT;
  hd_store_list_set_filter (list, &filter);
  await_length (list, 500);
  await_replaced (list);
  g_assert_cmpuint (notes->len, >, 2);
  g_assert_cmpuint (strspn (notes->str, "r"), ==, notes->len);

  /* All of a few at once. */
  g_string_truncate (notes, 0);
  filter.limit = 5;
  hd_store_list_set_filter (list, &filter);
  await_length (list, 5);
  g_assert_cmpstr (notes->str, ==, "r");
  await_replaced (list);
}

/* A list that only knows what it was told. */
static void
mirror_cb (GListModel *model,
           guint       position,
           guint       removed,
           guint       added,
           GPtrArray  *mirror)
{
  g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, (int) (position + i), g_list_model_get_item (model, position + i));

  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < mirror->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_assert_true (item == g_ptr_array_index (mirror, i));
    }
  g_assert_null (g_list_model_get_item (model, mirror->len));
}

static void
test_what_is_told_is_what_is_there (Fixture       *fixture,
                                    gconstpointer  data)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  HdRequestFilter filter = { 0 };
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HdStoreList) list = NULL;

  g_test_message ("seed %u", seed);
  put_page (fixture->store, 300, -1);
  list = hd_store_list_new_requests (fixture->store, &filter);
  g_signal_connect (list, "items-changed", G_CALLBACK (mirror_cb), mirror);

  /* Other questions and changes at any moment, also in the middle of a step. */
  for (guint i = 0; i < 25; i++)
    {
      filter.kind = g_rand_int_range (rand, 0, 3);
      filter.scope = g_rand_int_range (rand, 0, 4);
      filter.sort = g_rand_int_range (rand, 0, 7);
      filter.limit = g_rand_boolean (rand) ? 0 : (guint) g_rand_int_range (rand, 1, 60);
      hd_store_list_set_filter (list, &filter);
      if (i % 5 == 0)
        put_page (fixture->store, (guint) g_rand_int_range (rand, 0, 300), (int) i);

      /* What was asked first is answered first. */
      if (i % 4 != 0)
        g_assert_null (CALL (fixture->store, get_value, "none"));

      for (int n = g_rand_int_range (rand, 0, 60); n > 0; n--)
        g_main_context_iteration (NULL, FALSE);
    }

  filter = (HdRequestFilter) { .sort = HD_REQUEST_SORT_NUMBER };
  put_page (fixture->store, 310, -1);
  hd_store_list_set_filter (list, &filter);
  await_length (list, 310);
}

static void
test_a_list_may_go_while_it_is_asking_or_merging (Fixture       *fixture,
                                                  gconstpointer  data)
{
  HdRequestFilter filter = { 0 };

  put_page (fixture->store, 2000, -1);

  for (guint n_turns = 0; n_turns < 20; n_turns++)
    {
      HdStoreList *list = hd_store_list_new_requests (fixture->store, &filter);

      for (guint i = 0; i < n_turns; i++)
        g_main_context_iteration (NULL, hd_store_list_get_loading (list));
      if (n_turns % 3 == 0)
        hd_store_list_set_filter (list, &filter);
      g_assert_finalize_object (list);
    }
}

static void
test_all_kinds_of_list_follow_their_topic (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdStoreList) drafts = hd_store_list_new_drafts (fixture->store);
  g_autoptr (HdStoreList) outbox = hd_store_list_new_outbox (fixture->store);
  g_autoptr (HdStoreList) news = hd_store_list_new_announcements (fixture->store);
  g_autoptr (HdStoreList) articles = hd_store_list_new_articles (fixture->store, NULL);
  g_autoptr (HdStoreList) categories = hd_store_list_new_categories (fixture->store);
  g_autoptr (HdStoreList) search = hd_store_list_new_search (fixture->store, "слово", 5);
  HdStoreList *lists[] = { drafts, outbox, news, articles, categories, search };
  g_autoptr (HdDraft) draft = make_draft ("d", "o", NULL, "x");
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION, "id", "s", "client-key", "k", NULL);
  g_autoptr (HdAnnouncementList) announcements =
    hd_record_new_from_string (HD_TYPE_ANNOUNCEMENT_LIST, "{\"announcements\":[{\"id\":\"a\",\"title\":\"T\"}]}", NULL);
  g_autoptr (HdArticleChanges) changes =
    hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, "{\"categories\":[{\"id\":\"c\",\"name\":\"C\"}],"
                               "\"articles\":[{\"id\":\"a\",\"title\":\"Слово\"}]}", NULL);

  g_assert_true (CALL (fixture->store, save_draft, draft));
  g_assert_true (CALL (fixture->store, enqueue, submission));
  g_assert_true (CALL (fixture->store, put_announcements, announcements));
  g_assert_true (CALL (fixture->store, apply_articles, changes));

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      while (g_list_model_get_n_items (G_LIST_MODEL (lists[i])) != 1)
        g_main_context_iteration (NULL, TRUE);
    }

  hd_store_list_set_text (search, "нічого");
  while (g_list_model_get_n_items (G_LIST_MODEL (search)) != 0)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/lists/loads-and-follows-the-store", test_loads_and_follows_the_store);
  ADD_TEST ("/store/lists/records-stay-the-same-objects", test_records_stay_the_same_objects);
  ADD_TEST ("/store/lists/a-late-answer-to-an-older-filter-is-dropped",
            test_a_late_answer_to_an_older_filter_is_dropped);
  ADD_TEST ("/store/lists/a-filter-changes-a-long-list-whole", test_a_filter_changes_a_long_list_whole);
  ADD_TEST ("/store/lists/another-question-is-told-from-a-refresh", test_another_question_is_told_from_a_refresh);
  ADD_TEST ("/store/lists/what-is-told-is-what-is-there", test_what_is_told_is_what_is_there);
  ADD_TEST ("/store/lists/a-list-may-go-while-it-is-asking-or-merging",
            test_a_list_may_go_while_it_is_asking_or_merging);
  ADD_TEST ("/store/lists/all-kinds-of-list-follow-their-topic", test_all_kinds_of_list_follow_their_topic);

  return g_test_run ();
}
