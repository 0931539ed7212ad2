/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "hd-database.h"
#include "hd-error.h"
#include "hd-record-json.h"
#include "hd-store-cache.h"
#include "pack-support.h"

/* What a knowledge pack is for: it fills a store, and never makes it older. */

static void
take (PackFixture *fixture,
      const char  *path)
{
  g_autoptr (GError) error = NULL;

  pack_take (fixture, path, &error);
  g_assert_no_error (error);
}

/* A pack that is refused leaves all as it was. */
static void
refuse (PackFixture *fixture,
        const char  *path,
        HdError      code)
{
  g_autofree char *before = pack_dump (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (pack_take (fixture, path, &error));
  g_assert_error (error, HD_ERROR, (int) code);
  after = pack_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

static char *
get_title (PackFixture *fixture,
           const char  *id)
{
  g_autoptr (HdArticle) article = CALL (fixture->store, get_article, id);

  return article != NULL ? g_strdup (hd_article_get_title (article)) : NULL;
}

static void
test_a_pack_makes_everything_readable (PackFixture   *fixture,
                                       gconstpointer  data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (GListModel) by_other_name = NULL;
  g_autoptr (HdArticle) article = NULL;
  g_autoptr (HdForm) form = NULL;
  g_autoptr (HdCatalog) catalog = NULL;
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GListModel) news = NULL;
  g_autofree char *as_of = NULL;
  g_auto (GStrv) missing = NULL;

  take (fixture, fixture->pack_path);

  article = CALL (fixture->store, get_article, "a1");
  form = CALL (fixture->store, get_form, "o");
  catalog = CALL (fixture->store, get_catalog);
  info = CALL (fixture->store, get_info);
  news = CALL (fixture->store, list_announcements);
  results = CALL (fixture->store, search, "дріт", 5);
  missing = CALL (fixture->store, list_missing_media, G_MAXUINT64, 0);
  as_of = CALL (fixture->store, get_value, HD_STORE_ARTICLES_AS_OF);

  g_assert_nonnull (strstr (hd_article_get_body (article), "Друк"));
  g_assert_cmpint (hd_form_get_version (form), ==, 3);
  g_assert_cmpstr (hd_catalog_get_version (catalog), ==, "7");
  g_assert_cmpstr (hd_portal_info_get_name (info), ==, "Портал");
  g_assert_cmpuint (g_list_model_get_n_items (news), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 1);
  by_other_name = CALL (fixture->store, search, "мотузка", 5);
  g_assert_cmpuint (g_list_model_get_n_items (by_other_name), ==, 1);
  g_assert_cmpuint (g_strv_length (missing), ==, 0);
  g_assert_cmpstr (as_of, ==, "token-1");
}

static void
test_a_pack_does_not_say_whom_to_trust_and_has_nothing_of_a_person (PackFixture   *fixture,
                                                                    gconstpointer  data)
{
  g_autoptr (HdPack) pack = hd_pack_open (fixture->pack_path, NULL, NULL);
  g_auto (HdPackRecord) record = { HD_PACK_KIND_END };
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (HdPortalInfo) own = pack_parse (HD_TYPE_PORTAL_INFO, "{\"pack_keys\":[\"ours\"]}");

  do
    {
      g_autofree char *text = NULL;

      g_assert_true (hd_pack_read (pack, &record, NULL));
      text = record.record != NULL ? hd_record_to_string (record.record) : g_strdup ("");
      g_assert_null (strstr (text, "Таємна"));
      g_assert_null (strstr (text, "evil"));
    }
  while (record.kind != HD_PACK_KIND_END);

  g_assert_true (CALL (fixture->store, put_info, own));
  take (fixture, fixture->pack_path);
  info = CALL (fixture->store, get_info);
  g_assert_cmpstr (hd_portal_info_get_name (info), ==, "Портал");
  g_assert_cmpstr (hd_portal_info_get_pack_keys (info)[0], ==, "ours");
  g_assert_null (hd_portal_info_get_outage (info));
}

/* Scripts are no words of an article, as with those of the network: one way into the index for both. */
static void
test_scripts_in_a_pack_are_not_words (PackFixture   *fixture,
                                      gconstpointer  data)
{
  g_autoptr (GListModel) results = NULL;

  take (fixture, fixture->pack_path);
  results = CALL (fixture->store, search, "zloskrypt", 5);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 0);
}

static void
test_an_older_pack_replaces_nothing (PackFixture   *fixture,
                                     gconstpointer  data)
{
  g_autofree char *newer = pack_file (fixture, "newer.hdpack");
  g_autofree char *title = NULL;

  pack_sync (fixture->source, "{\"as_of\":\"token-2\",\"articles\":[{\"id\":\"a2\",\"title\":\"Новий тунель\"}],"
             "\"deleted\":[\"a1\"]}", "2026-05-05T00:00:00Z");
  pack_write (fixture, newer, "2026-05-06T00:00:00Z", NULL);

  take (fixture, newer);
  refuse (fixture, fixture->pack_path, HD_ERROR_PACK_OLD);
  refuse (fixture, newer, HD_ERROR_PACK_OLD);
  title = get_title (fixture, "a2");
  g_assert_cmpstr (title, ==, "Новий тунель");
  g_assert_null (get_title (fixture, "a1"));
}

static void
test_a_newer_pack_replaces_and_deletes (PackFixture   *fixture,
                                        gconstpointer  data)
{
  g_autofree char *newer = pack_file (fixture, "newer.hdpack");
  g_autofree char *title = NULL;
  g_autofree char *as_of = NULL;

  take (fixture, fixture->pack_path);
  pack_sync (fixture->source, "{\"as_of\":\"token-2\",\"articles\":[{\"id\":\"a2\",\"title\":\"Новий тунель\"}],"
             "\"deleted\":[\"a1\"]}", "2026-05-05T00:00:00Z");
  pack_write (fixture, newer, "2026-05-06T00:00:00Z", NULL);
  take (fixture, newer);

  title = get_title (fixture, "a2");
  as_of = CALL (fixture->store, get_value, HD_STORE_ARTICLES_AS_OF);
  g_assert_cmpstr (title, ==, "Новий тунель");
  g_assert_cmpstr (as_of, ==, "token-2");
  g_assert_null (get_title (fixture, "a1"));
}

/* A line that was too slow for the pictures: the stick has them. */
static void
test_a_pack_that_is_behind_a_sync_brings_pictures_alone (PackFixture   *fixture,
                                                         gconstpointer  data)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) picture = pack_picture (1, &name);
  g_autofree char *changes =
    g_strdup_printf ("{\"as_of\":\"own\",\"articles\":[{\"id\":\"a1\",\"title\":\"Свіже\",\"media\":[\"%s\"]}]}", name);
  g_autofree char *title = NULL;
  g_autofree char *as_of = NULL;
  g_autofree char *pack = NULL;
  g_autoptr (GBytes) kept = NULL;

  pack_sync (fixture->store, changes, "2026-05-09T00:00:00Z");
  take (fixture, fixture->pack_path);

  title = get_title (fixture, "a1");
  as_of = CALL (fixture->store, get_value, HD_STORE_ARTICLES_AS_OF);
  pack = CALL (fixture->store, get_value, HD_STORE_PACK);
  kept = CALL (fixture->store, get_media, name);
  g_assert_cmpstr (title, ==, "Свіже");
  g_assert_null (get_title (fixture, "a2"));
  g_assert_null (CALL (fixture->store, get_catalog));
  g_assert_cmpstr (as_of, ==, "own");
  g_assert_null (pack);
  g_assert_true (g_bytes_equal (kept, picture));
}

static void
test_a_pack_that_is_behind_a_sync_and_has_nothing_is_refused (PackFixture   *fixture,
                                                              gconstpointer  data)
{
  g_autofree char *partial = pack_file (fixture, "vpn.hdpack");

  take (fixture, fixture->pack_path);
  pack_sync (fixture->store, "{\"as_of\":\"own\"}", "2026-05-09T00:00:00Z");
  pack_write (fixture, partial, "2026-05-10T00:00:00Z", (const char *const[]) { "vpn", NULL });
  refuse (fixture, partial, HD_ERROR_PACK_OLD);
}

static void
test_an_article_that_is_newer_stays (PackFixture   *fixture,
                                     gconstpointer  data)
{
  g_autofree char *title = NULL;

  pack_sync (fixture->store, "{\"as_of\":\"own\",\"articles\":[{\"id\":\"a1\",\"title\":\"Свіже\","
             "\"updated_at\":\"2026-04-02T00:00:00Z\"}]}", "2026-04-30T00:00:00Z");
  take (fixture, fixture->pack_path);
  title = get_title (fixture, "a1");
  g_assert_cmpstr (title, ==, "Свіже");
}

/* With the categories below it, and no token of a state that it is not. */
static void
test_a_pack_of_a_category_leaves_the_others (PackFixture   *fixture,
                                             gconstpointer  data)
{
  g_autofree char *partial = pack_file (fixture, "net.hdpack");
  g_autofree char *kept = NULL;
  g_autofree char *title = NULL;
  g_autofree char *as_of = NULL;
  g_autoptr (HdPack) pack = NULL;
  HdPackManifest *manifest;

  pack_sync (fixture->store, "{\"as_of\":\"own\",\"articles\":[{\"id\":\"a9\",\"title\":\"Своє\"}]}",
             "2026-04-30T00:00:00Z");
  pack_write (fixture, partial, "2026-05-02T00:00:00Z", (const char *const[]) { "net", NULL });
  pack = hd_pack_open (partial, NULL, NULL);
  manifest = hd_pack_get_manifest (pack);
  g_assert_cmpint (hd_pack_manifest_get_n_articles (manifest), ==, 1);
  g_assert_cmpint (hd_pack_manifest_get_n_pictures (manifest), ==, 1);
  take (fixture, partial);

  title = get_title (fixture, "a2");
  kept = get_title (fixture, "a9");
  as_of = CALL (fixture->store, get_value, HD_STORE_ARTICLES_AS_OF);
  g_assert_cmpstr (title, ==, "Тунель");
  g_assert_cmpstr (kept, ==, "Своє");
  g_assert_cmpstr (as_of, ==, "own");
}

static void
test_a_sync_takes_over_from_a_pack (PackFixture   *fixture,
                                    gconstpointer  data)
{
  g_autofree char *shown = NULL;
  g_autofree char *halfway = NULL;

  take (fixture, fixture->pack_path);
  shown = CALL (fixture->store, get_value, HD_STORE_PACK);
  g_assert_nonnull (strstr (shown, "2026-05-02"));
  g_assert_null (strstr (shown, "blocks\":[\""));
  pack_sync (fixture->store, "{\"as_of\":\"page\",\"more\":true}", "2026-05-09T00:00:00Z");
  halfway = CALL (fixture->store, get_value, HD_STORE_PACK);
  g_assert_cmpstr (halfway, ==, shown);
  pack_sync (fixture->store, "{\"as_of\":\"end\"}", "2026-05-09T00:00:00Z");
  g_assert_null (CALL (fixture->store, get_value, HD_STORE_PACK));
}

static void
test_a_store_without_a_sync_makes_no_pack (PackFixture   *fixture,
                                           gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "empty.hdpack");
  g_autoptr (HdPackManifest) about = pack_about ("2026-05-02T00:00:00Z", NULL);
  guint n_files = count_files (fixture->directory);
  g_autoptr (GError) error = NULL;

  g_assert_null (TRY (fixture->store, &error, write_pack, path, about, fixture->key));
  g_assert_error (error, HD_ERROR, HD_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (fixture->directory), ==, n_files);
}

/* --- Keys --- */

static void
test_a_key_is_for_its_owner_and_never_replaced (PackFixture   *fixture,
                                                gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "key.pem");
  g_autofree char *rubbish = pack_file (fixture, "rubbish.pem");
  g_autoptr (HdPackKey) loaded = hd_pack_key_load (path, NULL);
  g_autoptr (HdPackKey) made = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) rubbish_error = NULL;
  g_autofree char *fingerprint = hd_pack_key_dup_fingerprint (hd_pack_key_get_public (fixture->key));
  GStatBuf info;

  g_assert_no_errno (g_stat (path, &info));
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpstr (hd_pack_key_get_public (loaded), ==, hd_pack_key_get_public (fixture->key));
  g_assert_cmpuint (strlen (fingerprint), ==, 39);
  g_assert_null (hd_pack_key_dup_fingerprint ("AAAA"));
  made = hd_pack_key_make (path, &error);
  g_assert_error (error, HD_ERROR, HD_ERROR_STORAGE);
  g_assert_null (made);
  g_assert_true (g_file_set_contents (rubbish, "-----BEGIN PRIVATE KEY-----\n", -1, NULL));
  g_assert_null (hd_pack_key_load (rubbish, &rubbish_error));
  g_assert_error (rubbish_error, HD_ERROR, HD_ERROR_STORAGE);
}

static gboolean
has_picture (PackFixture *fixture,
             guint        number)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) made = pack_picture (number, &name);
  g_autoptr (GBytes) kept = CALL (fixture->store, get_media, name);

  return kept != NULL;
}

/* There is no line to have them again by. */
static void
test_the_pictures_of_a_pack_stay_while_it_is_good (PackFixture   *fixture,
                                                   gconstpointer  data)
{
  g_autofree char *path = pack_file (fixture, "store/cache.db");
  g_autoptr (HdDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  take (fixture, fixture->pack_path);
  g_assert_true (CALL (fixture->store, trim, 0, 0));
  g_assert_true (has_picture (fixture, 1));

  database = hd_database_open (path, NULL);
  g_assert_true (hd_database_exec (database, "UPDATE media SET kept_until = 1", &error));
  g_assert_true (CALL (fixture->store, trim, 0, 0));
  g_assert_false (has_picture (fixture, 1));
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  ADD_PACK_TEST ("/store/pack/a-pack-makes-everything-readable", test_a_pack_makes_everything_readable);
  ADD_PACK_TEST ("/store/pack/a-pack-does-not-say-whom-to-trust-and-has-nothing-of-a-person",
                 test_a_pack_does_not_say_whom_to_trust_and_has_nothing_of_a_person);
  ADD_PACK_TEST ("/store/pack/scripts-in-a-pack-are-not-words", test_scripts_in_a_pack_are_not_words);
  ADD_PACK_TEST ("/store/pack/an-older-pack-replaces-nothing", test_an_older_pack_replaces_nothing);
  ADD_PACK_TEST ("/store/pack/a-newer-pack-replaces-and-deletes", test_a_newer_pack_replaces_and_deletes);
  ADD_PACK_TEST ("/store/pack/a-pack-that-is-behind-a-sync-brings-pictures-alone",
                 test_a_pack_that_is_behind_a_sync_brings_pictures_alone);
  ADD_PACK_TEST ("/store/pack/a-pack-that-is-behind-a-sync-and-has-nothing-is-refused",
                 test_a_pack_that_is_behind_a_sync_and_has_nothing_is_refused);
  ADD_PACK_TEST ("/store/pack/an-article-that-is-newer-stays", test_an_article_that_is_newer_stays);
  ADD_PACK_TEST ("/store/pack/a-pack-of-a-category-leaves-the-others", test_a_pack_of_a_category_leaves_the_others);
  ADD_PACK_TEST ("/store/pack/a-sync-takes-over-from-a-pack", test_a_sync_takes_over_from_a_pack);
  ADD_PACK_TEST ("/store/pack/the-pictures-of-a-pack-stay-while-it-is-good",
                 test_the_pictures_of_a_pack_stay_while_it_is_good);
  ADD_PACK_TEST ("/store/pack/a-store-without-a-sync-makes-no-pack", test_a_store_without_a_sync_makes_no_pack);
  ADD_PACK_TEST ("/store/pack/a-key-is-for-its-owner-and-never-replaced",
                 test_a_key_is_for_its_owner_and_never_replaced);

  return g_test_run ();
}
