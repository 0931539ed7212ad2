/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-dictionary.h"
#include "hd-keyboard-layout.h"
#include "hd-record-json.h"
#include "hd-search-tokenizer.h"
#include "hd-synonyms.h"
#include "store-support.h"

/* Words in all their forms, by themselves and in a store. */

static char *
dup_stems (HdWordForms *forms,
           const char  *word)
{
  return g_strjoinv (" ", (char **) hd_word_forms_get_stems (forms, word));
}

static void
test_a_word_is_found_by_what_it_is_a_form_of (void)
{
  static const char *const vectors[][2] = {
    { "паролями", "пароль" },
    { "друкує", "друкувати" },
    { "ґрунту", "грунт" },
    { "з'єднанням", "зєднання" },
    /* Without its apostrophe it is no word. */
    { "зєднанням", "зєднання" },
    { "комп'ютера", "компютер" },
    { "компютера", "компютер" },
  };
  g_autoptr (HdWordForms) forms = hd_word_forms_new ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *stems = dup_stems (forms, vectors[i][0]);

      g_test_message ("%s", vectors[i][0]);
      g_assert_cmpstr (stems, ==, vectors[i][1]);
    }
}

/* The word itself stays, whatever the rules of another language make of it. */
static void
test_other_languages_are_not_damaged (void)
{
  static const char *const words[][2] = {
    { "printing", "printing" }, { "größe", "große" }, { "zażółć", "zazołc" }, { "drukarki", "drukarki" },
    { "renten", "renten" }, { "naïve", "naive" }, { "10316", "10316" }, { "covid19", "covid19" },
  };
  g_autoptr (HdWordForms) forms = hd_word_forms_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *const *stems = hd_word_forms_get_stems (forms, words[i][0]);
      g_autofree char *key = hd_word_forms_dup_key (words[i][0]);

      g_test_message ("%s", words[i][0]);
      g_assert_cmpstr (stems[0], ==, key);
      g_assert_cmpstr (key, ==, words[i][1]);
    }
}

static void
test_the_same_keys_in_another_layout (void)
{
  static const struct
  {
    const char *typed;
    HdLayout    from;
    HdLayout    to;
    const char *meant;
  } vectors[] = {
    { "ghbynth", HD_LAYOUT_ENGLISH, HD_LAYOUT_UKRAINIAN, "принтер" },
    { "vtht;f", HD_LAYOUT_ENGLISH, HD_LAYOUT_UKRAINIAN, "мережа" },
    { "ctnm", HD_LAYOUT_ENGLISH, HD_LAYOUT_RUSSIAN, "сеть" },
    { "j,`'rn", HD_LAYOUT_ENGLISH, HD_LAYOUT_UKRAINIAN, "об'єкт" },
    { "мзт", HD_LAYOUT_UKRAINIAN, HD_LAYOUT_ENGLISH, "vpn" },
    { "цшаш", HD_LAYOUT_RUSSIAN, HD_LAYOUT_ENGLISH, "wifi" },
    { "пароль", HD_LAYOUT_ENGLISH, HD_LAYOUT_UKRAINIAN, NULL },
    { "", HD_LAYOUT_ENGLISH, HD_LAYOUT_UKRAINIAN, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *meant = hd_keyboard_layout_dup_retyped (vectors[i].typed, vectors[i].from, vectors[i].to);

      g_test_message ("%s", vectors[i].typed);
      g_assert_cmpstr (meant, ==, vectors[i].meant);
    }
}

static int
append_word (const char *word,
             gsize       start,
             gsize       end,
             gpointer    user_data)
{
  g_string_append_printf (user_data, "%s[%zu,%zu] ", word, start, end);
  return 0;
}

static void
test_words_of_a_text_and_where_they_are (void)
{
  static const char *const vectors[][2] = {
    { "Мій  ПК!", "мій[0,6] пк[8,12] " },
    { "об’єкт", "об'єкт[0,13] " },
    { "'лапки'", "лапки[1,11] " },
    { "пере\302\255носка", "переноска[0,20] " },
    { "e-mail", "e[0,1] mail[2,6] " },
    { "\xff\xfe a", "a[3,4] " },
    { "\xd0", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);

      hd_search_tokenizer_each_word (vectors[i][0], strlen (vectors[i][0]), append_word, words);
      g_assert_cmpstr (words->str, ==, vectors[i][1]);
    }
}

/* Any bytes: each word lies within the text, after the one before it, and not one byte beyond the end is read. */
static int
check_place (const char *word,
             gsize       start,
             gsize       end,
             gpointer    user_data)
{
  gsize *limits = user_data;

  g_assert_cmpuint (start, >=, limits[0]);
  g_assert_cmpuint (end, >, start);
  g_assert_cmpuint (end, <=, limits[1]);
  g_assert_true (g_utf8_validate (word, -1, NULL));
  limits[0] = end;
  return 0;
}

static void
test_any_bytes_are_a_text (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 60);
      g_autofree char *bytes = g_malloc (length + 1);
      gsize limits[2] = { 0, length };

      for (gsize j = 0; j < length; j++)
        bytes[j] = (char) (g_test_rand_bit () ? g_test_rand_int_range (0xc0, 0x100) : g_test_rand_int_range (0, 0x100));

      hd_search_tokenizer_each_word (bytes, length, check_place, limits);
    }
}

static void
test_words_for_the_same_thing (void)
{
  g_autoptr (HdWordForms) forms = hd_word_forms_new ();
  g_autoptr (HdSynonyms) synonyms = hd_synonyms_new (forms, "# нічого, ніщо\n\nфлешка, USB-накопичувач,знімний носій\nслід\n");
  GPtrArray *others = hd_synonyms_get (synonyms, "флешка");

  g_assert_nonnull (others);
  g_assert_cmpuint (others->len, ==, 2);
  g_assert_cmpstr (others->pdata[0], ==, "USB-накопичувач");
  g_assert_cmpstr (others->pdata[1], ==, "знімний носій");
  g_assert_null (hd_synonyms_get (synonyms, "знімний"));
  g_assert_null (hd_synonyms_get (synonyms, "ніщо"));
  g_assert_null (hd_synonyms_get (synonyms, "слід"));
}

/* --- In a store --- */

static const char articles_json[] =
  "{\"as_of\":\"1\",\"articles\":["
  " {\"id\":\"print\",\"title\":\"Друк документів\",\"body\":\"<p>Принтери під'єднано до мережі.</p>\"},"
  " {\"id\":\"usb\",\"title\":\"Знімні носії\",\"body\":\"<p>Як безпечно вийняти.</p>\"},"
  " {\"id\":\"sign\",\"title\":\"Електронний підпис\",\"body\":\"<p>Сертифікати та ключі (КЕП).</p>\"},"
  " {\"id\":\"keys\",\"title\":\"Клавіатура\",\"body\":\"<p>Розкладки. OpenVPN. Куди йти.</p>\"}]}";

static void
test_what_is_typed_finds_what_is_meant (Fixture       *fixture,
                                        gconstpointer  data)
{
  static const char *const vectors[][2] = {
    /* forms */
    { "принтером", "print" }, { "документ", "print" }, { "мережа", "print" }, { "носіями", "usb" },
    /* apostrophes, and none */
    { "підєднати", "print" }, { "під’єднано", "print" },
    /* layouts */
    { "ghbynth", "print" }, { "rkfdsfnehf", "keys" }, { "vtht;f", "print" }, { "щзутмзт", "keys" },
    /* slips, and Russian */
    { "принтпр", "print" }, { "сертифкат", "sign" }, { "клавиатура", "keys" }, { "клавіатруа ", "keys" },
    /* other names */
    { "флешка", "usb" }, { "ЕЦП", "sign" }, { "эцп", "sign" },
    /* while it is typed */
    { "клав", "keys" }, { "принт", "print" },
    /* nothing */
    { "жжжжжж", "" },
  };
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);

  g_assert_true (CALL (fixture->store, apply_articles, changes));

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GListModel) results = CALL (fixture->store, search, vectors[i][0], 20);
      g_autofree char *ids = list_property (results, "id");

      g_test_message ("%s", vectors[i][0]);
      g_assert_cmpstr (ids, ==, vectors[i][1]);
    }
}

static void
test_a_match_stands_out_in_its_real_form (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);
  g_autoptr (GListModel) results = NULL;
  g_autoptr (HdSearchResult) first = NULL;

  g_assert_true (CALL (fixture->store, apply_articles, changes));
  results = CALL (fixture->store, search, "принтер", 20);
  first = g_list_model_get_item (results, 0);
  g_assert_nonnull (strstr (hd_search_result_get_snippet (first), "<b>Принтери</b>"));
}

/* Without the dictionary search is worse, and the index is built anew when it is there again. */
static void
test_the_index_follows_the_dictionaries (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);
  g_autoptr (GListModel) without = NULL;
  g_autoptr (GListModel) with = NULL;

  fixture_close (fixture);
  g_setenv ("HELPDESK_DICTIONARIES", "/nonexistent", TRUE);
  hd_dictionary_unload ();
  fixture_reopen (fixture);
  g_assert_true (CALL (fixture->store, apply_articles, changes));
  without = CALL (fixture->store, search, "йдуть", 20);
  g_assert_cmpuint (g_list_model_get_n_items (without), ==, 0);

  fixture_close (fixture);
  g_unsetenv ("HELPDESK_DICTIONARIES");
  hd_dictionary_unload ();
  fixture_reopen (fixture);
  with = CALL (fixture->store, search, "йдуть", 20);
  g_assert_cmpuint (g_list_model_get_n_items (with), ==, 1);
  g_assert_true (hd_dictionary_is_loaded ());

  /* Nobody waits for it who does not search. */
  fixture_close (fixture);
  hd_dictionary_unload ();
  fixture_reopen (fixture);
  hd_test_drain ();
  g_assert_false (hd_dictionary_is_loaded ());
}

/* Words of rows that are gone, which a program with another dictionary may leave, do not matter. */
static void
test_words_of_what_is_gone_are_passed_over (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);
  g_autofree char *path = g_build_filename (fixture->directory, "cache.db", NULL);
  g_autoptr (GListModel) gone = NULL;
  g_autoptr (GListModel) there = NULL;

  g_assert_true (CALL (fixture->store, apply_articles, changes));
  g_assert_true (CALL (fixture->store, complete_index));
  fixture_close (fixture);
  run_sql (path, "DELETE FROM portal_search_content WHERE id = (SELECT row FROM indexed WHERE id = 'print');"
           "DELETE FROM portal_search_docsize WHERE id = (SELECT row FROM indexed WHERE id = 'print');"
           "DELETE FROM indexed WHERE id = 'print'");
  fixture_reopen (fixture);

  gone = CALL (fixture->store, search, "принтер", 20);
  g_assert_cmpuint (g_list_model_get_n_items (gone), ==, 0);
  there = CALL (fixture->store, search, "йдуть", 20);
  g_assert_cmpuint (g_list_model_get_n_items (there), ==, 1);
}

/* A text that the index names and nobody has. */
static void
test_a_damaged_index_is_built_anew (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);
  g_autofree char *path = g_build_filename (fixture->directory, "cache.db", NULL);
  g_autoptr (GListModel) results = NULL;

  g_assert_true (CALL (fixture->store, apply_articles, changes));
  g_assert_true (CALL (fixture->store, complete_index));
  fixture_close (fixture);
  run_sql (path, "DELETE FROM portal_search_content");
  fixture_reopen (fixture);

  results = CALL (fixture->store, search, "принтер", 20);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 1);
}

/* Of what says the same the newest comes first, however it was kept. */
static void
test_the_newest_of_the_same_comes_first (Fixture       *fixture,
                                         gconstpointer  data)
{
  const char *const days[] = { "02", "03", "01" };
  g_autoptr (GListModel) results = NULL;
  g_autofree char *ids = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (HdRequest) request =
        make_request ("{\"id\":\"r%s\",\"number\":\"1\",\"subject\":\"Доступ до VPN\",\"updated_at\":\"2026-11-%sT10:00:00Z\"}",
                      days[i], days[i]);

      g_assert_true (CALL (fixture->store, put_request, request));
    }

  results = CALL (fixture->store, search, "vpn", 20);
  ids = list_property (results, "id");
  g_assert_cmpstr (ids, ==, "r03 r02 r01");
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/store/search-words/forms", test_a_word_is_found_by_what_it_is_a_form_of);
  g_test_add_func ("/store/search-words/other-languages-are-not-damaged", test_other_languages_are_not_damaged);
  g_test_add_func ("/store/search-words/layouts", test_the_same_keys_in_another_layout);
  g_test_add_func ("/store/search-words/places", test_words_of_a_text_and_where_they_are);
  g_test_add_func ("/store/search-words/any-bytes", test_any_bytes_are_a_text);
  g_test_add_func ("/store/search-words/synonyms", test_words_for_the_same_thing);
  ADD_TEST ("/store/search-words/what-is-typed-finds-what-is-meant", test_what_is_typed_finds_what_is_meant);
  ADD_TEST ("/store/search-words/a-match-stands-out-in-its-real-form", test_a_match_stands_out_in_its_real_form);
  ADD_TEST ("/store/search-words/the-index-follows-the-dictionaries", test_the_index_follows_the_dictionaries);

  ADD_TEST ("/store/search-words/words-of-what-is-gone-are-passed-over", test_words_of_what_is_gone_are_passed_over);
  ADD_TEST ("/store/search-words/a-damaged-index-is-built-anew", test_a_damaged_index_is_built_anew);
  ADD_TEST ("/store/search-words/the-newest-of-the-same-comes-first", test_the_newest_of_the_same_comes_first);

  return g_test_run ();
}
