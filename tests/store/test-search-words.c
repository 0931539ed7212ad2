/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <sys/stat.h>

#include "hd-dictionary.h"
#include "hd-error.h"
#include "hd-keyboard-layout.h"
#include "hd-name-lines.h"
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
    { "printing", "printing" }, { "größe", "grosse" }, { "zażółć", "zazolc" }, { "drukarki", "drukarki" },
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

static HdSynonyms *
make_synonyms (HdWordForms *forms,
               const char  *text)
{
  HdSynonyms *synonyms = hd_synonyms_new ();
  g_auto (GStrv) lines = hd_name_lines_from_text (text);

  hd_synonyms_add (synonyms, forms, (const char *const *) lines);
  return synonyms;
}

static void
test_words_for_the_same_thing (void)
{
  g_autoptr (HdWordForms) forms = hd_word_forms_new ();
  g_autoptr (HdSynonyms) synonyms = make_synonyms (forms, "# нічого, ніщо\n\nфлешка, USB-накопичувач,знімний носій\nслід\n");
  static const char *const vectors[][2] = {
    { "флешкою", "USB-накопичувач, знімний носій" },
    { "знімних носіїв", "флешка, USB-накопичувач" },
    { "знімний", "" }, { "носій знімний", "" }, { "знімний носій даних", "" }, { "ніщо", "" }, { "слід", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_auto (GStrv) words = g_strsplit (vectors[i][0], " ", -1);
      g_auto (GStrv) others = hd_synonyms_dup_others (synonyms, forms, (const char *const *) words, g_strv_length (words));
      g_autofree char *list = g_strjoinv (", ", others);

      g_assert_cmpstr (list, ==, vectors[i][1]);
    }
}

/* A second list adds to the first; a word that is everywhere stands for a few dozens, and the first of them. */
static void
test_a_word_has_so_many_other_names (void)
{
  g_autoptr (HdWordForms) forms = hd_word_forms_new ();
  g_autoptr (HdSynonyms) synonyms = make_synonyms (forms, "флешка, перше\n");
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) others = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, "флешка, слово%u, флешки, слово%u\n", i, i);

  lines = hd_name_lines_from_text (text->str);
  hd_synonyms_add (synonyms, forms, (const char *const *) lines);

  others = hd_synonyms_dup_others (synonyms, forms, (const char *const[]) { "флешка" }, 1);
  g_assert_cmpuint (g_strv_length (others), ==, 32);
  g_assert_cmpstr (others[0], ==, "перше");
  g_assert_cmpstr (others[1], ==, "слово0");
}

/* What is no list is told to who asks, and nobody waits for it. */
static void
test_a_file_that_is_no_list_is_refused (void)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autofree char *pipe = g_build_filename (directory, "pipe", NULL);
  g_autofree char *large = g_build_filename (directory, "large", NULL);
  g_autofree char *bytes = g_build_filename (directory, "bytes", NULL);
  g_autofree char *list = g_build_filename (directory, "list", NULL);
  g_autofree char *filler = g_strnfill (1024 * 1024 + 1, '#');
  const char *const paths[] = { "/nonexistent", directory, "/dev/zero", pipe, large, bytes };
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (large, filler, -1, NULL));
  g_assert_true (g_file_set_contents (bytes, "тека, \xff\xfe", -1, NULL));
  g_assert_true (g_file_set_contents (list, "\xef\xbb\xbf# так\r\nтека, папка\r\n", -1, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", paths[i]);
      g_assert_null (hd_synonyms_read_file (paths[i], &error));
      g_assert_error (error, HD_ERROR, HD_ERROR_SETTINGS);
      g_assert_nonnull (strstr (error->message, paths[i]));
    }

  lines = hd_synonyms_read_file (list, NULL);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_cmpstr (lines[0], ==, "тека, папка");
  hd_test_remove_tree (directory);
}

/* --- In a store --- */

static const char articles_json[] =
  "{\"as_of\":\"1\",\"articles\":["
  " {\"id\":\"print\",\"title\":\"Друк документів\",\"body\":\"<p>Принтери під'єднано до мережі Wi-Fi.</p>\"},"
  " {\"id\":\"usb\",\"title\":\"Знімні носії\",\"body\":\"<p>Як безпечно вийняти.</p>\"},"
  " {\"id\":\"sign\",\"title\":\"Електронний підпис\",\"body\":\"<p>Сертифікати та ключі (КЕП).</p>\"},"
  " {\"id\":\"keys\",\"title\":\"Клавіатура\",\"body\":\"<p>Розкладки. OpenVPN. Куди йти. Клавіша F.</p>\"}]}";

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
    /* run together, also while it is typed, and apart */
    { "знімніносії", "usb" }, { "документипідпис", "sign print" }, { "знімнінос", "usb" }, { "ме режею", "print" },
    { "нос іями", "usb" },
    /* other names */
    { "флешка", "usb" }, { "ЕЦП", "sign" }, { "эцп", "sign" }, { "мову введення", "keys" },
    /* what is short says something where it is a part */
    { "чийсь wi-fi", "print" },
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

/* What is found by a word; %NULL for nothing. */
static void
assert_finds (HdStore    *store,
              const char *typed,
              const char *id)
{
  g_autoptr (GListModel) results = CALL (store, search, typed, 20);
  g_autofree char *ids = list_property (results, "id");

  g_test_message ("%s", typed);
  g_assert_cmpstr (ids, ==, id != NULL ? id : "");
}

static void
keep_articles (HdStore *store)
{
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, articles_json, NULL);

  g_assert_true (CALL (store, apply_articles, changes));
}

/* As a sync does. */
static void
keep_portal (HdStore    *store,
             const char *synonyms)
{
  g_autofree char *json = g_strdup_printf ("{\"name\":\"Портал\",\"synonyms\":%s}", synonyms);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPortalInfo) info = hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json, &error);

  g_assert_no_error (error);
  g_assert_true (CALL (store, put_info, info));
}

static void
test_the_words_of_the_portal_are_followed (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr (HdStore) other = NULL;

  keep_articles (fixture->store);
  assert_finds (fixture->store, "тицялка", NULL);

  keep_portal (fixture->store, "[[\"Тицялки\",\"носій\"],[\"кулька\",\"друк\"]]");
  assert_finds (fixture->store, "тицялка", "usb");
  assert_finds (fixture->store, "кульку", "print");
  assert_finds (fixture->store, "ЕЦП", "sign");

  /* It takes one back, and says another. */
  keep_portal (fixture->store, "[[\"кулька\",\"підпис\"]]");
  assert_finds (fixture->store, "тицялка", NULL);
  assert_finds (fixture->store, "кульку", "sign");

  /* Another process does. */
  other = open_store (fixture->directory, NULL);
  keep_portal (other, "[[\"тицялка\",\"підпис\"]]");
  assert_finds (fixture->store, "тицялка", "sign");
  assert_finds (fixture->store, "кульку", NULL);
  hd_store_close (other);

  /* They are there at once at the next start. */
  fixture_reopen (fixture);
  assert_finds (fixture->store, "тицялка", "sign");
  keep_portal (fixture->store, "null");
  assert_finds (fixture->store, "тицялка", NULL);
}

static void
test_the_words_of_the_policy_are_added (Fixture       *fixture,
                                        gconstpointer  data)
{
  keep_articles (fixture->store);
  keep_portal (fixture->store, "[[\"тицялка\",\"підпис\"]]");
  fixture->synonyms_file = g_build_filename (fixture->directory, "words", NULL);

  /* Where the file is not there all others are. */
  fixture_reopen (fixture);
  assert_finds (fixture->store, "кульку", NULL);
  assert_finds (fixture->store, "тицялка", "sign");

  g_assert_true (g_file_set_contents (fixture->synonyms_file, "# наші\nкулька, друк\n", -1, NULL));
  fixture_reopen (fixture);
  assert_finds (fixture->store, "кульку", "print");
  assert_finds (fixture->store, "тицялка", "sign");
  assert_finds (fixture->store, "ЕЦП", "sign");
}

/* Whatever is in a list is words to look for, never syntax. */
static void
test_no_list_breaks_a_query (Fixture       *fixture,
                             gconstpointer  data)
{
  static const char *const lists[] = {
    "[[\"злий\",\"\\\"\"]]", "[[\"злий\",\"a\\\" OR (\"]]", "[[\"злий\",\"\\\") OR (\\\"принтери\"]]",
    "[[\"злий\",\"*\",\"NEAR(\",\"title : \",\"a AND\",\"NOT\",\"^\",\"(((\",\"'; DROP TABLE main.articles; --\"]]",
    "[[\"злий\",\"\\u0000\",\"\\ud800\",\"\\u202e\",\"\\ufeff\",\"\\u0301\",\"\\u00ad\",\"%s%n\"]]",
    "[[\"злий\",\"злий\"],[\"злий\",\"злого\"],[\"злий\"],[\"\"],[]]",
    "[[\"NEAR\",\"AND\"],[\"злий\",\"NEAR\"]]",
    "{\"злий\":1}", "[7,null,{},[[\"злий\"]],[7,null,{}]]", "\"злий\"",
  };

  keep_articles (fixture->store);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_test_message ("%s", lists[i]);
      keep_portal (fixture->store, lists[i]);
      assert_finds (fixture->store, "злий", NULL);
      assert_finds (fixture->store, "злий near", NULL);
      assert_finds (fixture->store, "принтером", "print");
    }
}

static void
test_the_largest_list_is_borne (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (GString) list = g_string_new ("[");
  gint64 started;

  /* The word in each line, and in each as many names of as many words as there may be. */
  for (guint i = 0; i < HD_NAME_LINES_MAX; i++)
    {
      g_string_append_printf (list, "%s[\"злий\"", i > 0 ? "," : "");
      for (guint j = 1; j < HD_NAME_LINES_MAX_NAMES; j++)
        g_string_append_printf (list, ",\"а б в г д е ж з и к л м %05u %02u\"", i, j);
      g_string_append_c (list, ']');
    }
  g_string_append (list, ",[\"кулька\",\"друк\"]]");

  keep_articles (fixture->store);
  keep_portal (fixture->store, list->str);
  started = g_get_monotonic_time ();
  assert_finds (fixture->store, "злий злий злий злий злий злий злий злий злий злий злий злий", NULL);
  g_test_message ("%d ms", (int) ((g_get_monotonic_time () - started) / 1000));
  assert_finds (fixture->store, "кулька", NULL);
  assert_finds (fixture->store, "принтером", "print");
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
  g_test_add_func ("/store/search-words/so-many-other-names", test_a_word_has_so_many_other_names);
  g_test_add_func ("/store/search-words/a-file-that-is-no-list", test_a_file_that_is_no_list_is_refused);
  ADD_TEST ("/store/search-words/what-is-typed-finds-what-is-meant", test_what_is_typed_finds_what_is_meant);
  ADD_TEST ("/store/search-words/the-words-of-the-portal-are-followed", test_the_words_of_the_portal_are_followed);
  ADD_TEST ("/store/search-words/the-words-of-the-policy-are-added", test_the_words_of_the_policy_are_added);
  ADD_TEST ("/store/search-words/no-list-breaks-a-query", test_no_list_breaks_a_query);
  ADD_TEST ("/store/search-words/the-largest-list-is-borne", test_the_largest_list_is_borne);
  ADD_TEST ("/store/search-words/a-match-stands-out-in-its-real-form", test_a_match_stands_out_in_its_real_form);
  ADD_TEST ("/store/search-words/the-index-follows-the-dictionaries", test_the_index_follows_the_dictionaries);
  ADD_TEST ("/store/search-words/words-of-what-is-gone-are-passed-over", test_words_of_what_is_gone_are_passed_over);
  ADD_TEST ("/store/search-words/a-damaged-index-is-built-anew", test_a_damaged_index_is_built_anew);
  ADD_TEST ("/store/search-words/the-newest-of-the-same-comes-first", test_the_newest_of_the_same_comes_first);

  return g_test_run ();
}
