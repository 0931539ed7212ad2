/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-record-json.h"
#include "hd-store-cache.h"
#include "store-support.h"

#include <glib/gstdio.h>

/* What is kept where not all can be. */

#define PICTURE_SIZE 1000
#define LARGE_SIZE (40 * 1024 * 1024)

static const char articles_json[] =
  "{\"categories\":[{\"id\":\"net\",\"name\":\"Мережа\"},{\"id\":\"vpn\",\"name\":\"VPN\",\"parent_id\":\"net\"},"
  "{\"id\":\"print\",\"name\":\"Друк\"}],"
  "\"articles\":[{\"id\":\"a\",\"title\":\"A\",\"category_id\":\"vpn\",\"media\":[\"pa\",\"pz\"]},"
  "{\"id\":\"b\",\"title\":\"B\",\"category_id\":\"print\",\"media\":[\"pb\",\"pc\",\"pd\"]}],\"as_of\":\"1\"}";

static void
put_articles (HdStore *store)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);
  g_autoptr (HdCatalog) catalog = hd_record_new_from_string (HD_TYPE_CATALOG,
                                                             "{\"offerings\":[{\"id\":\"o\",\"name\":\"O\",\"icon\":\"media:icon\"}]}",
                                                             NULL);

  g_assert_true (CALL (store, apply_articles, changes));
  g_assert_true (CALL (store, put_catalog, catalog));
}

static void
put_pictures (HdStore    *store,
              const char *names,
              gsize       size)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  g_autoptr (GHashTable) media = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);

  for (guint i = 0; words[i] != NULL; i++)
    g_hash_table_insert (media, words[i], bytes);

  g_assert_true (CALL (store, put_media, media, FALSE));
}

static char *
dup_missing (HdStore *store,
             guint64  most_bytes)
{
  g_auto (GStrv) missing = CALL (store, list_missing_media, most_bytes, 0);

  return g_strjoinv (" ", missing);
}

static gboolean
has (HdStore    *store,
     const char *name)
{
  g_autoptr (GBytes) bytes = CALL (store, get_media, name);

  return bytes != NULL;
}

static void
test_what_is_wanted_most_comes_first (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autofree char *all = NULL;
  g_autofree char *offline_first = NULL;
  g_autofree char *no_more = NULL;
  g_autofree char *nothing = NULL;

  put_articles (fixture->store);
  all = dup_missing (fixture->store, G_MAXUINT64);
  g_assert_cmpstr (all, ==, "icon pa pb pc pd pz");

  /* What is below a category goes with it. */
  g_assert_true (CALL (fixture->store, set_category_offline, "net", TRUE));
  offline_first = dup_missing (fixture->store, G_MAXUINT64);
  g_assert_cmpstr (offline_first, ==, "icon pa pz pb pc pd");

  /* With no room left, only what is wanted in any case. */
  put_pictures (fixture->store, "pb", PICTURE_SIZE);
  no_more = dup_missing (fixture->store, PICTURE_SIZE);
  g_assert_cmpstr (no_more, ==, "icon pa pz");
  g_assert_true (CALL (fixture->store, set_category_offline, "net", FALSE));
  nothing = dup_missing (fixture->store, 0);
  g_assert_cmpstr (nothing, ==, "icon");
}

static void
test_offline_categories_are_kept (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (GHashTable) ids = NULL;

  g_assert_true (CALL (fixture->store, set_category_offline, "print", TRUE));
  g_assert_true (CALL (fixture->store, set_category_offline, "net", TRUE));
  g_assert_true (CALL (fixture->store, set_category_offline, "net", TRUE));
  fixture_reopen (fixture);
  ids = CALL (fixture->store, list_offline_categories);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 2);
  g_assert_true (g_hash_table_contains (ids, "print"));
  g_assert_true (g_hash_table_contains (ids, "net"));
}

static char *
dup_lacking (HdStore *store)
{
  const char *const ids[] = { "net", "vpn", "print" };
  g_autoptr (GHashTable) lacking = CALL (store, list_offline_categories);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      if (g_hash_table_contains (lacking, ids[i]))
        g_string_append_printf (words, "%s %u ", ids[i], GPOINTER_TO_UINT (g_hash_table_lookup (lacking, ids[i])));
    }

  return g_string_free (words, FALSE);
}

static void
test_it_is_known_what_is_lacking (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autofree char *nothing = NULL;
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  g_autofree char *none = NULL;

  put_articles (fixture->store);
  nothing = dup_lacking (fixture->store);
  g_assert_cmpstr (nothing, ==, "");

  /* What is below counts for both. */
  g_assert_true (CALL (fixture->store, set_category_offline, "net", TRUE));
  g_assert_true (CALL (fixture->store, set_category_offline, "vpn", TRUE));
  g_assert_true (CALL (fixture->store, set_category_offline, "print", TRUE));
  all = dup_lacking (fixture->store);
  g_assert_cmpstr (all, ==, "net 2 vpn 2 print 3 ");
  put_pictures (fixture->store, "pa pb icon", PICTURE_SIZE);
  some = dup_lacking (fixture->store);
  g_assert_cmpstr (some, ==, "net 1 vpn 1 print 2 ");
  put_pictures (fixture->store, "pz pc pd", PICTURE_SIZE);
  none = dup_lacking (fixture->store);
  g_assert_cmpstr (none, ==, "net 0 vpn 0 print 0 ");
}

static void
test_what_was_not_looked_at_for_longest_goes_first (Fixture       *fixture,
                                                    gconstpointer  data)
{
  g_autofree char *missing = NULL;

  put_articles (fixture->store);
  put_pictures (fixture->store, "icon pa pb pc pd pz", PICTURE_SIZE);
  g_assert_true (has (fixture->store, "pc"));
  g_assert_true (CALL (fixture->store, set_category_offline, "net", TRUE));

  /* An icon, and the two of the category, do not count. */
  g_assert_true (CALL (fixture->store, trim, 3 * PICTURE_SIZE, 0));
  missing = dup_missing (fixture->store, G_MAXUINT64);
  g_assert_cmpstr (missing, ==, "");
  g_assert_true (CALL (fixture->store, trim, 1 * PICTURE_SIZE, 0));
  g_assert_false (has (fixture->store, "pb"));
  g_assert_false (has (fixture->store, "pd"));
  g_assert_true (has (fixture->store, "pc"));

  /* What is wanted in any case stays, whatever the limit says. */
  g_assert_true (CALL (fixture->store, trim, 0, 0));
  g_assert_false (has (fixture->store, "pc"));
  g_assert_true (has (fixture->store, "pa"));
  g_assert_true (has (fixture->store, "pz"));
  g_assert_true (has (fixture->store, "icon"));
}

static void
test_drafts_are_never_dropped (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (HdDraft) draft = make_draft ("d1", "vpn", NULL, "слова");
  g_autoptr (HdDraftFile) file = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (LARGE_SIZE), LARGE_SIZE);
  g_autoptr (HdDraft) kept = NULL;

  g_assert_true (CALL (fixture->store, save_draft, draft));
  file = CALL (fixture->store, add_draft_bytes, "d1", "files", "знімок.png", "image/png", bytes);
  g_assert_nonnull (file);
  g_assert_true (CALL (fixture->store, trim, 0, 1));

  kept = CALL (fixture->store, get_draft, "d1");
  g_assert_cmpuint (g_list_model_get_n_items (hd_draft_get_files (kept)), ==, 1);
}

static goffset
get_size (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

static void
test_the_disk_gets_its_room_back (Fixture       *fixture,
                                  gconstpointer  data)
{
  put_articles (fixture->store);
  put_pictures (fixture->store, "pb", LARGE_SIZE);
  g_assert_true (CALL (fixture->store, trim, 0, 0));
  fixture_close (fixture);
  g_assert_cmpint (get_size (fixture, "cache.db"), <, LARGE_SIZE);
}

/* Not by a call that somebody waits for. */
static void
test_the_log_is_written_when_there_is_time (Fixture       *fixture,
                                            gconstpointer  data)
{
  put_pictures (fixture->store, "p1 p2 p3 p4 p5 p6 p7 p8", 1000 * 1000);

  while (get_size (fixture, "cache.db") < 8 * 1000 * 1000)
    g_thread_yield ();

  g_assert_true (has (fixture->store, "p8"));
}

static void
put_request (HdStore    *store,
             const char *id,
             const char *status,
             int         days_ago)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -days_ago);
  g_autofree char *time = g_date_time_format_iso8601 (then);
  g_autoptr (HdRequest) request =
    make_request ("{\"id\":\"%s\",\"number\":\"%s\",\"subject\":\"Принтер\",\"status\":\"%s\",\"updated_at\":\"%s\","
                  "\"complete\":true,\"messages\":[{\"id\":\"m\",\"text\":\"таємниця\",\"mine\":false}],\"message_count\":1}",
                  id, id, status, time);

  g_assert_true (CALL (store, put_request, request));
}

static void
test_old_conversations_are_dropped (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GListModel) subjects = NULL;
  g_auto (GStrv) stale = NULL;
  g_autofree char *ids = NULL;

  put_request (fixture->store, "old", "closed", 40);
  put_request (fixture->store, "fresh", "closed", 20);
  put_request (fixture->store, "open", "in-progress", 400);
  g_assert_true (CALL (fixture->store, trim, G_MAXUINT64, 30));

  found = CALL (fixture->store, search, "таємниця", 20);
  ids = list_property (found, "id");
  g_assert_null (strstr (ids, "old"));
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 2);

  /* The request itself stays, and sync does not ask for it again. */
  subjects = CALL (fixture->store, search, "принтер", 20);
  g_assert_cmpuint (g_list_model_get_n_items (subjects), ==, 3);
  stale = CALL (fixture->store, list_stale_requests, 30, 0);
  g_assert_cmpuint (g_strv_length (stale), ==, 0);
}

static void
changed_cb (HdStore       *store,
            HdStoreTopics  topics,
            gboolean      *told)
{
  *told = *told || (topics & HD_STORE_SPACE) != 0;
}

static void
test_a_disk_that_is_nearly_full_is_told (Fixture       *fixture,
                                         gconstpointer  data)
{
  gboolean told = FALSE;

  g_assert_false (hd_store_is_space_low (fixture->store));
  hd_store_set_low_space (fixture->store, G_MAXUINT64 / 2);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &told);

  /* It is looked at now and then, when something is written. */
  while (!told)
    {
      g_assert_true (CALL (fixture->store, set_value, "key", "value"));
      g_main_context_iteration (NULL, FALSE);
    }

  g_assert_true (hd_store_is_space_low (fixture->store));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  ADD_TEST ("/store/cache/what-is-wanted-most-comes-first", test_what_is_wanted_most_comes_first);
  ADD_TEST ("/store/cache/offline-categories-are-kept", test_offline_categories_are_kept);
  ADD_TEST ("/store/cache/it-is-known-what-is-lacking", test_it_is_known_what_is_lacking);
  ADD_TEST ("/store/cache/what-was-not-looked-at-for-longest-goes-first", test_what_was_not_looked_at_for_longest_goes_first);
  ADD_TEST ("/store/cache/drafts-are-never-dropped", test_drafts_are_never_dropped);
  ADD_TEST ("/store/cache/the-disk-gets-its-room-back", test_the_disk_gets_its_room_back);
  ADD_TEST ("/store/cache/the-log-is-written-when-there-is-time", test_the_log_is_written_when_there_is_time);
  ADD_TEST ("/store/cache/old-conversations-are-dropped", test_old_conversations_are_dropped);
  ADD_TEST ("/store/cache/a-disk-that-is-nearly-full-is-told", test_a_disk_that_is_nearly_full_is_told);

  return g_test_run ();
}
