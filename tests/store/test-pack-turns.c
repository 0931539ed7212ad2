/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hd-error.h"
#include "pack-support.h"

/*
 * A large knowledge pack is taken in many turns: others get theirs, and what ends it halfway or comes between leaves
 * nothing that taking it again does not finish.
 */

#define N_ARTICLES 1000
#define N_DRAFTS 10
#define OLD_AT "2026-05-02T00:00:00Z"
#define SYNC_AT "2026-05-20T00:00:00Z"

typedef struct
{
  PackFixture  pack;
  char        *path;  /* (owned): of the large pack */
  char        *whole;  /* (owned): what the store has once it was taken */
} LargeFixture;

/* What was there before: articles that the pack does not have, and some that it has. */
static void
fill (HdStore *store)
{
  g_autoptr (GString) json = g_string_new ("{\"as_of\":\"own\",\"articles\":[");

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (json, "%s{\"id\":\"%c%u\",\"title\":\"Своє\",\"body\":\"<p>старе</p>\"}", i > 0 ? "," : "",
                            i % 2 == 0 ? 'l' : 'g', i);

  g_string_append (json, "]}");
  pack_sync (store, json->str, OLD_AT);
  g_assert_true (CALL (store, complete_index));
}

static void
write_large (PackFixture *fixture,
             const char  *path)
{
  g_autoptr (GString) json = g_string_new ("{\"as_of\":\"large\",\"deleted\":[\"a1\",\"a2\"],\"articles\":[");
  g_autofree char *comment = g_strnfill (20000, 'x');

  for (guint i = 0; i < N_ARTICLES; i++)
    g_string_append_printf (json, "%s{\"id\":\"l%u\",\"title\":\"Нове\",\"body\":\"<p>%u</p><!-- %s -->\"}", i > 0 ? "," : "",
                            i, i, comment);

  g_string_append (json, "]}");
  pack_sync (fixture->source, json->str, "2026-05-05T00:00:00Z");
  pack_write (fixture, path, "2026-05-06T00:00:00Z", NULL);
}

static void
set_up (LargeFixture       *fixture,
        gconstpointer       data)
{
  HdStore *store;
  g_autoptr (HdPack) pack = NULL;

  pack_set_up (&fixture->pack, data);
  fixture->path = pack_file (&fixture->pack, "large.hdpack");
  fill (fixture->pack.store);
  write_large (&fixture->pack, fixture->path);

  store = pack_open_store (&fixture->pack, "undisturbed");
  pack = pack_open_checked (fixture->path);
  fill (store);
  g_assert_true (CALL (store, import_pack, pack));
  g_assert_null (CALL (store, get_article, "g1"));
  g_assert_true (CALL (store, complete_index));
  pack_close_store (store);
  fixture->whole = pack_dump_store (&fixture->pack, "undisturbed");
}

static void
tear_down (LargeFixture       *fixture,
           gconstpointer       data)
{
  pack_tear_down (&fixture->pack, data);
  g_free (fixture->path);
  g_free (fixture->whole);
}

/* Whatever happened, it says nothing of the pack, and taking that again makes it whole. */
static void
assert_unfinished (LargeFixture *fixture)
{
  HdStore *store = fixture->pack.store;
  g_autofree char *as_of = CALL (store, get_value, HD_STORE_ARTICLES_AS_OF);
  g_autofree char *at = CALL (store, get_value, HD_STORE_ARTICLES_AT);
  g_autofree char *after = NULL;
  g_autoptr (HdPack) pack = pack_open_checked (fixture->path);

  g_assert_null (CALL (store, get_value, HD_STORE_PACK));
  g_assert_null (CALL (store, get_value, HD_STORE_PACK_CREATED));
  g_assert_cmpstr (as_of, ==, "own");
  g_assert_cmpstr (at, ==, OLD_AT);
  g_assert_true (CALL (store, import_pack, pack));
  after = pack_dump (&fixture->pack);
  g_assert_true (g_str_equal (after, fixture->whole));
}

static guint
count_new (LargeFixture *fixture)
{
  g_autoptr (GListModel) articles = CALL (fixture->pack.store, list_articles, NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (HdArticle) article = g_list_model_get_item (articles, i);

      n += g_str_equal (hd_article_get_title (article), "Нове");
    }

  return n;
}

/* --- Others --- */

typedef struct
{
  GString *order;  /* (owned) */
  guint    n_saved;
  GError  *error;  /* (owned) (nullable) */
} Log;

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Log *log = user_data;

  hd_store_import_pack_finish (HD_STORE (object), result, &log->error);
  g_string_append_c (log->order, 'P');
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Log *log = user_data;

  g_assert_true (hd_store_save_draft_finish (HD_STORE (object), result, NULL));
  g_string_append_c (log->order, 'd');
  log->n_saved++;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Log *log = user_data;
  g_autoptr (HdArticle) article = hd_store_get_article_finish (HD_STORE (object), result, NULL);

  g_assert_nonnull (article);
  g_string_append_c (log->order, 'a');
}

/* All of them within one turn of the pack's, the checking of which may be the store's work, too. */
static void
test_others_get_their_turn (LargeFixture       *fixture,
                            gconstpointer       is_checked)
{
  HdStore *store = fixture->pack.store;
  g_autoptr (HdPack) pack = is_checked != NULL ? pack_open_checked (fixture->path) : hd_pack_open (fixture->path, NULL, NULL);
  g_autofree char *after = NULL;
  Log log = { g_string_new (NULL) };

  hd_store_import_pack_async (store, pack, NULL, imported_cb, &log);

  for (guint i = 0; i < N_DRAFTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("d%u", i);
      g_autoptr (HdDraft) draft = make_draft (id, "o", NULL, "typed");

      hd_store_save_draft_async (store, draft, NULL, saved_cb, &log);
    }

  hd_store_get_article_async (store, "g1", NULL, read_cb, &log);

  while (strchr (log.order->str, 'P') == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_no_error (log.error);
  g_assert_cmpstr (log.order->str, ==, "ddddddddddaP");
  after = pack_dump (&fixture->pack);
  g_assert_true (g_str_equal (after, fixture->whole));
  g_string_free (log.order, TRUE);
}

/* As somebody types: the next when the last is saved, and none waits for the end. */
static void
test_a_draft_is_saved_again_and_again (LargeFixture       *fixture,
                                       gconstpointer       data)
{
  HdStore *store = fixture->pack.store;
  g_autoptr (HdPack) pack = pack_open_checked (fixture->path);
  g_autoptr (HdDraft) draft = make_draft ("d", "o", NULL, "typed");
  Log log = { g_string_new (NULL) };

  hd_store_import_pack_async (store, pack, NULL, imported_cb, &log);

  while (strchr (log.order->str, 'P') == NULL)
    {
      guint n = log.n_saved;

      hd_store_save_draft_async (store, draft, NULL, saved_cb, &log);
      while (log.n_saved == n)
        g_main_context_iteration (NULL, TRUE);
    }

  g_assert_no_error (log.error);
  g_test_message ("%s", log.order->str);
  g_assert_true (g_str_has_prefix (log.order->str, "dd"));
  g_string_free (log.order, TRUE);
}

/* --- Cut short --- */

static void
test_a_pack_that_is_cancelled_can_be_taken_again (LargeFixture       *fixture,
                                                  gconstpointer       data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdPack) pack = pack_open_checked (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (hd_pack_get_fraction (pack), ==, 0.5);
  hd_store_import_pack_async (fixture->pack.store, pack, cancellable, hd_test_store_result_cb, &result);

  while (count_new (fixture) == 0)
    continue;
  g_cancellable_cancel (cancellable);
  hd_test_await (&result);

  g_assert_false (hd_store_import_pack_finish (fixture->pack.store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (hd_pack_get_fraction (pack), <, 1);
  g_assert_cmpuint (count_new (fixture), <, N_ARTICLES);
  assert_unfinished (fixture);
}

static void
test_a_full_disk_is_no_end (LargeFixture       *fixture,
                            gconstpointer       data)
{
  g_autofree char *again = pack_file (&fixture->pack, "again.hdpack");
  g_autoptr (HdPackManifest) about = pack_about ("2026-05-07T00:00:00Z", NULL);
  g_autoptr (HdPack) pack = pack_open_checked (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) write_error = NULL;

  limit_files (8 * 1024 * 1024);
  g_assert_false (TRY (fixture->pack.store, &error, import_pack, pack));
  limit_files (8 * 1024);
  g_assert_null (TRY (fixture->pack.source, &write_error, write_pack, again, about, fixture->pack.key));
  limit_files (G_MAXUINT64);

  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  g_assert_error (write_error, HD_ERROR, HD_ERROR_STORAGE);
  g_assert_false (g_file_test (again, G_FILE_TEST_EXISTS));
  assert_unfinished (fixture);
}

/* A stick that is pulled out is as a file that ends: by then the pack is read from its copy. */
static void
test_a_file_that_is_lost_halfway_is_not_missed (LargeFixture       *fixture,
                                                gconstpointer       data)
{
  g_autofree char *path = pack_file (&fixture->pack, "stick.hdpack");
  g_autofree char *contents = NULL;
  g_autofree char *after = NULL;
  g_autoptr (HdPack) pack = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  pack = hd_pack_open (path, NULL, NULL);
  hd_store_import_pack_async (fixture->pack.store, pack, NULL, hd_test_store_result_cb, &result);

  while (count_new (fixture) == 0)
    continue;
  g_assert_null (result);
  g_assert_no_errno (truncate (path, 0));
  hd_test_await (&result);

  g_assert_true (hd_store_import_pack_finish (fixture->pack.store, result, &error));
  g_assert_no_error (error);
  after = pack_dump (&fixture->pack);
  g_assert_true (g_str_equal (after, fixture->whole));
}

/* The last byte is looked at before the first turn, whoever has or has not looked before. */
static void
test_a_large_pack_that_is_broken_changes_nothing (LargeFixture  *fixture,
                                                  gconstpointer  data)
{
  g_autofree char *copy = pack_file (&fixture->pack, "copy.hdpack");
  g_autofree char *contents = NULL;
  g_autofree char *before = pack_dump (&fixture->pack);
  g_autofree char *after = NULL;
  g_autoptr (HdPack) pack = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  contents[length - 1] ^= 1;
  g_assert_true (g_file_set_contents (copy, contents, (gssize) length, NULL));
  pack = hd_pack_open (copy, NULL, NULL);
  g_assert_false (TRY (fixture->pack.store, &error, import_pack, pack));
  g_assert_error (error, HD_ERROR, HD_ERROR_PACK_BROKEN);
  after = pack_dump (&fixture->pack);
  g_assert_true (g_str_equal (after, before));
}

/* In a process of its own, see main(): it kills itself when so much is done. */
static int
take_and_die (const char *folder,
              const char *path,
              double      fraction)
{
  g_autoptr (GAsyncResult) result = NULL;
  HdStore *store = open_store (folder, NULL);
  g_autoptr (HdPack) pack = pack_open_checked (path);

  hd_store_import_pack_async (store, pack, NULL, hd_test_store_result_cb, &result);
  while (hd_pack_get_fraction (pack) < fraction)
    g_thread_yield ();

  return kill (getpid (), SIGKILL);
}

static void
test_who_is_killed_can_take_it_again (LargeFixture       *fixture,
                                      gconstpointer       data)
{
  static const char *const fractions[] = { "0.51", "0.75", "0.97" };
  g_autofree char *folder = pack_file (&fixture->pack, "store");

  for (guint i = 0; i < G_N_ELEMENTS (fractions); i++)
    {
      g_autoptr (GSubprocess) taker = NULL;
      g_autoptr (GError) error = NULL;

      pack_close_store (g_steal_pointer (&fixture->pack.store));
      taker = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "take-and-die", folder, fixture->path,
                                fractions[i], NULL);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait (taker, NULL, NULL));
      g_assert_true (g_subprocess_get_if_signaled (taker));
      fixture->pack.store = pack_open_store (&fixture->pack, "store");

      /* Killed once more. */
      if (i + 1 < G_N_ELEMENTS (fractions))
        g_assert_null (CALL (fixture->pack.store, get_value, HD_STORE_PACK_CREATED));
    }

  g_assert_cmpuint (count_new (fixture), >, N_ARTICLES / 2);
  assert_unfinished (fixture);
}

/* --- What comes between --- */

static void
put_between (LargeFixture    *fixture,
             const char      *json)
{
  g_autoptr (HdPack) pack = pack_open_checked (fixture->path);
  g_autoptr (HdArticleChanges) changes = pack_parse (HD_TYPE_ARTICLE_CHANGES, json);
  g_autoptr (GAsyncResult) imported = NULL;
  g_autoptr (GError) error = NULL;

  hd_store_import_pack_async (fixture->pack.store, pack, NULL, hd_test_store_result_cb, &imported);
  g_assert_true (CALL (fixture->pack.store, apply_articles, changes));
  g_assert_null (imported);
  hd_test_await (&imported);
  g_assert_true (hd_store_import_pack_finish (fixture->pack.store, imported, &error));
  g_assert_no_error (error);
}

static char *
get_title (LargeFixture    *fixture,
           const char      *id)
{
  g_autoptr (HdArticle) article = CALL (fixture->pack.store, get_article, id);

  return article != NULL ? g_strdup (hd_article_get_title (article)) : NULL;
}

static void
assert_title (LargeFixture    *fixture,
              const char      *id,
              const char      *expected)
{
  g_autofree char *title = get_title (fixture, id);

  g_assert_cmpstr (title, ==, expected);
}

/* What it has brought is newer than the pack, and stays. */
static void
test_a_sync_that_comes_between_is_newer (LargeFixture       *fixture,
                                         gconstpointer       data)
{
  g_autofree char *as_of = NULL;

  put_between (fixture, "{\"as_of\":\"sync\",\"deleted\":[\"l999\",\"g1\"],\"articles\":[{\"id\":\"s\",\"title\":\"Свіже\"},"
               "{\"id\":\"l998\",\"title\":\"Свіже\"}]}");
  as_of = CALL (fixture->pack.store, get_value, HD_STORE_ARTICLES_AS_OF);
  g_assert_cmpstr (as_of, ==, "sync");
  g_assert_null (CALL (fixture->pack.store, get_value, HD_STORE_PACK));
  assert_title (fixture, "s", "Свіже");
  assert_title (fixture, "l998", "Свіже");
  assert_title (fixture, "l999", NULL);
  assert_title (fixture, "g1", NULL);
}

/* It has told a part of what it has, and goes on from there. */
static void
test_a_sync_that_is_not_done_goes_on (LargeFixture       *fixture,
                                      gconstpointer       data)
{
  g_autofree char *as_of = NULL;

  put_between (fixture, "{\"as_of\":\"page\",\"more\":true,\"articles\":[{\"id\":\"s\",\"title\":\"Свіже\"}]}");
  as_of = CALL (fixture->pack.store, get_value, HD_STORE_ARTICLES_AS_OF);
  g_assert_cmpstr (as_of, ==, "page");
  g_assert_cmpuint (count_new (fixture), ==, N_ARTICLES);
  assert_title (fixture, "s", "Свіже");
  assert_title (fixture, "g1", "Своє");
}

/* As where a file was found to be damaged and made anew, or another program takes a pack: what the first turns have
 * written is gone. */
static void
test_what_is_lost_halfway_is_taken_again (LargeFixture       *fixture,
                                          gconstpointer       data)
{
  g_autoptr (HdPack) pack = pack_open_checked (fixture->path);
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GAsyncResult) imported = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  hd_store_import_pack_async (fixture->pack.store, pack, NULL, hd_test_store_result_cb, &imported);
  g_assert_true (CALL (fixture->pack.store, keep_articles, none));
  g_assert_true (CALL (fixture->pack.store, set_value, "portal-pack-turn", "other 1"));
  g_assert_null (imported);
  hd_test_await (&imported);
  g_assert_true (hd_store_import_pack_finish (fixture->pack.store, imported, &error));
  g_assert_no_error (error);
  after = pack_dump (&fixture->pack);
  g_assert_true (g_str_equal (after, fixture->whole));
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "take-and-die"))
    return take_and_die (argv[2], argv[3], g_ascii_strtod (argv[4], NULL));

  hd_test_init (&argc, &argv);

#define ADD(name, data, test) g_test_add ("/store/pack-turns/" name, LargeFixture, data, set_up, test, tear_down)

  ADD ("others-get-their-turn", "checked", test_others_get_their_turn);
  ADD ("others-get-their-turn-while-it-is-checked", NULL, test_others_get_their_turn);
  ADD ("a-draft-is-saved-again-and-again", NULL, test_a_draft_is_saved_again_and_again);
  ADD ("a-pack-that-is-cancelled-can-be-taken-again", NULL, test_a_pack_that_is_cancelled_can_be_taken_again);
  ADD ("a-full-disk-is-no-end", NULL, test_a_full_disk_is_no_end);
  ADD ("a-file-that-is-lost-halfway-is-not-missed", NULL, test_a_file_that_is_lost_halfway_is_not_missed);
  ADD ("a-large-pack-that-is-broken-changes-nothing", NULL, test_a_large_pack_that_is_broken_changes_nothing);
  ADD ("who-is-killed-can-take-it-again", NULL, test_who_is_killed_can_take_it_again);
  ADD ("a-sync-that-comes-between-is-newer", NULL, test_a_sync_that_comes_between_is_newer);
  ADD ("a-sync-that-is-not-done-goes-on", NULL, test_a_sync_that_is_not_done_goes_on);
  ADD ("what-is-lost-halfway-is-taken-again", NULL, test_what_is_lost_halfway_is_taken_again);

  return g_test_run ();
}
