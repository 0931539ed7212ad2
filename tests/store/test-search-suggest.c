/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-dictionary.h"
#include "hd-record-json.h"
#include "store-support.h"

/* What may have been meant, what may answer what is written, and what was opened before. */

static const char articles_json[] =
  "{\"articles\":["
  " {\"id\":\"print\",\"title\":\"Принтери\",\"body\":\"<p>Комп'ютер друкує через мережу. Пам'ять принтера працює.</p>\"},"
  " {\"id\":\"paper\",\"title\":\"Папір для принтера\",\"body\":\"<p>Який папір брати. Як працює.</p>\"},"
  " {\"id\":\"ink\",\"title\":\"Картриджі принтерів\",\"body\":\"<p>Коли міняти, якщо працює.</p>\"},"
  " {\"id\":\"vpn\",\"title\":\"OpenVPN\",\"body\":\"<p>Віддалений доступ. Працює.</p>\"}]}";

static void
put_articles (Fixture *fixture)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);

  g_assert_true (CALL (fixture->store, apply_articles, changes));
}

static void
put_news (Fixture    *fixture,
          const char *json)
{
  g_autoptr (HdAnnouncementList) news = hd_record_new_from_string (HD_TYPE_ANNOUNCEMENT_LIST, json, NULL);

  g_assert_nonnull (news);
  g_assert_true (CALL (fixture->store, put_announcements, news));
}

static void
put_info (Fixture    *fixture,
          const char *json)
{
  g_autoptr (HdPortalInfo) info = hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json, NULL);

  g_assert_nonnull (info);
  g_assert_true (CALL (fixture->store, put_info, info));
}

static void
test_what_may_have_been_meant (Fixture       *fixture,
                               gconstpointer  data)
{
  static const char *const vectors[][2] = {
    { "принтпр", "принтер" },
    { "нема принтпра", "нема принтера" },
    { "ghbynth", "принтер" },
    { "папір у ghbynthf", "папір у принтера" },
    { "OpenVPM доступ", "openvpn доступ" },
    /* as it is written, though the index has no apostrophes */
    { "компьютр ", "комп'ютер" },
    /* run together */
    { "папірпринтер", "папір принтер" }, { "папірпринт", NULL },
    /* nothing else: what is there, in any form; what nobody knows; what is being typed; a word that only the texts lack */
    { "принтерами", NULL }, { "зварювання", NULL }, { "прин", NULL }, { "", NULL }, { " , ", NULL }, { "ъъъъъъ", NULL },
  };

  put_articles (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *meant = CALL (fixture->store, suggest_spelling, vectors[i][0]);

      g_test_message ("%s", vectors[i][0]);
      g_assert_cmpstr (meant, ==, vectors[i][1]);
    }
}

/* What is known of comes first, if it is about the same and not over; the outage whatever is written. */
static void
test_what_is_known_comes_first (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (GListModel) before = NULL;
  g_autoptr (GListModel) news = NULL;
  g_autoptr (GListModel) outage = NULL;
  g_autoptr (GListModel) over = NULL;
  g_autoptr (HdSearchResult) first = NULL;
  g_autofree char *ids_before = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *ids_over = NULL;

  put_articles (fixture);
  before = CALL (fixture->store, suggest, "не працює папір", 3);
  ids_before = list_property (before, "id");
  g_assert_cmpstr (ids_before, ==, "paper vpn ink");

  put_news (fixture,
            "{\"announcements\":["
            " {\"id\":\"today\",\"title\":\"Папір для принтерів скінчився\",\"published_at\":\"2026-01-01T00:00:00Z\"},"
            " {\"id\":\"old\",\"title\":\"Папір подорожчав\",\"expires_at\":\"2020-01-01T00:00:00Z\"},"
            " {\"id\":\"other\",\"title\":\"Працює їдальня\"}]}");
  /* The dining room works, which says little. */
  news = CALL (fixture->store, suggest, "не працює папір для принтера", 3);
  ids = list_property (news, "id");
  g_assert_cmpstr (ids, ==, "today paper ink print");

  put_info (fixture, "{\"name\":\"П\",\"outage\":{\"message\":\"Немає мережі\",\"until\":\"2199-01-01T00:00:00Z\"}}");
  outage = CALL (fixture->store, suggest, "папір", 3);
  g_assert_cmpuint (g_list_model_get_n_items (outage), ==, 3);
  first = g_list_model_get_item (outage, 0);
  g_assert_cmpstr (hd_search_result_get_title (first), ==, "Немає мережі");
  g_assert_null (hd_search_result_get_id (first));

  put_info (fixture, "{\"name\":\"П\",\"outage\":{\"message\":\"Немає мережі\",\"until\":\"2020-01-01T00:00:00Z\"}}");
  over = CALL (fixture->store, suggest, "папір", 3);
  ids_over = list_property (over, "id");
  g_assert_cmpstr (ids_over, ==, "today paper");
}

static char *
find (Fixture    *fixture,
      const char *words)
{
  g_autoptr (GListModel) results = CALL (fixture->store, search, words, 20);

  return list_property (results, "id");
}

static void
note_opened (Fixture    *fixture,
             const char *words,
             const char *id)
{
  g_autoptr (HdSearchResult) opened = g_object_new (HD_TYPE_SEARCH_RESULT, "id", id, NULL);

  g_assert_true (CALL (fixture->store, note_opened, words, opened));
}

static char *
find_first (Fixture    *fixture,
            const char *words)
{
  g_autofree char *ids = find (fixture, words);

  return g_strndup (ids, strcspn (ids, " "));
}

/* For the same words, be they in another form or half typed, and for no others. */
static void
test_what_was_opened_before_comes_first (Fixture       *fixture,
                                         gconstpointer  data)
{
  static const char *const same[] = { "принтер", "принтерами", "прин", "принтер п" };
  static const char *const other_forms[] = { "папір картридж ", "картриджами паперу " };
  g_autofree char *before = NULL;
  g_autofree char *before_other = NULL;
  g_autofree char *after_other = NULL;
  g_autofree char *before_form = NULL;
  g_autofree char *after_form = NULL;
  g_autofree char *forgotten = NULL;
  const char *last;

  put_articles (fixture);
  before = find (fixture, "принтер");
  before_other = find (fixture, "картридж принтера");
  last = strrchr (before, ' ') + 1;

  for (guint i = 0; i < 5; i++)
    note_opened (fixture, "принтер", last);
  note_opened (fixture, " ", "vpn");

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *first = find_first (fixture, same[i]);

      g_test_message ("%s", same[i]);
      g_assert_cmpstr (first, ==, last);
    }

  /* Not even the beginnings are the same. */
  before_form = find (fixture, other_forms[0]);
  last = strrchr (before_form, ' ') + 1;
  for (guint i = 0; i < 5; i++)
    note_opened (fixture, other_forms[0], last);
  after_form = find_first (fixture, other_forms[1]);
  g_assert_cmpstr (after_form, ==, last);

  after_other = find (fixture, "картридж принтера");
  g_assert_cmpstr (after_other, ==, before_other);

  g_assert_true (CALL (fixture->store, forget_opened));
  forgotten = find (fixture, "принтер");
  g_assert_cmpstr (forgotten, ==, before);
}

/* As many as a person may open, and not more. */
static void
test_so_much_is_remembered (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "items.db", NULL);

  put_articles (fixture);
  for (guint i = 0; i < 520; i++)
    {
      g_autofree char *words = g_strdup_printf ("слово %u", i);

      note_opened (fixture, words, "print");
    }

  /* The first are gone: SQL that does not hold would abort. */
  fixture_close (fixture);
  run_sql (path, "CREATE TABLE proof (n INTEGER CHECK (n = 500)); INSERT INTO proof SELECT count (*) FROM opened;"
           "CREATE TABLE first (n INTEGER CHECK (n = 0)); INSERT INTO first SELECT count (*) FROM opened WHERE words = 'слово 19';"
           "DROP TABLE proof; DROP TABLE first");
  fixture_reopen (fixture);
}

/* Of what says the same the newer one is better, and a little newer does not outdo what says more. */
static void
test_what_is_newer_goes_first (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *today = g_date_time_format_iso8601 (now);
  g_autofree char *json = g_strdup_printf ("{\"articles\":["
                                           " {\"id\":\"a-old\",\"title\":\"Зміна пароля\",\"updated_at\":\"2019-01-01T00:00:00Z\"},"
                                           " {\"id\":\"b-new\",\"title\":\"Зміна пароля\",\"updated_at\":\"%s\"},"
                                           " {\"id\":\"less\",\"title\":\"Телефони\",\"body\":\"<p>Пароль.</p>\",\"updated_at\":\"%s\"}]}",
                                           today, today);
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, json, NULL);
  g_autofree char *ids = NULL;

  g_assert_true (CALL (fixture->store, apply_articles, changes));
  ids = find (fixture, "пароль");
  g_assert_cmpstr (ids, ==, "b-new a-old less");
}

static gint64
get_resident_kb (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmRSS:");
  g_assert_nonnull (line);

  return g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10);
}

/* To the system, not only to the allocator. */
static void
test_the_dictionary_gives_its_memory_back (void)
{
  g_auto (GStrv) stems = hd_dictionary_dup_stems ("словами");
  gint64 before = get_resident_kb ();

  g_assert_true (hd_dictionary_is_loaded ());
  hd_dictionary_unload ();
  g_test_message ("%d kB less", (int) (before - get_resident_kb ()));
  /* The address sanitizer keeps what was freed. */
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (before - get_resident_kb (), >, 20 * 1000);
#endif
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/store/search-suggest/the-dictionary-gives-its-memory-back", test_the_dictionary_gives_its_memory_back);
  ADD_TEST ("/store/search-suggest/what-may-have-been-meant", test_what_may_have_been_meant);
  ADD_TEST ("/store/search-suggest/what-is-known-comes-first", test_what_is_known_comes_first);
  ADD_TEST ("/store/search-suggest/what-was-opened-before-comes-first", test_what_was_opened_before_comes_first);
  ADD_TEST ("/store/search-suggest/so-much-is-remembered", test_so_much_is_remembered);
  ADD_TEST ("/store/search-suggest/what-is-newer-goes-first", test_what_is_newer_goes_first);

  return g_test_run ();
}
