/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-database.h"
#include "hd-record-json.h"
#include "hd-search-text.h"
#include "store-support.h"

static const char articles_json[] =
  "{\"as_of\":\"42\",\"more\":false,"
  " \"categories\":[{\"id\":\"c1\",\"name\":\"Друк\",\"position\":1}],"
  " \"articles\":["
  "  {\"id\":\"printer\",\"title\":\"Налаштування принтера\",\"category_id\":\"c1\",\"keywords\":[\"друк\",\"kyocera\"],"
  "   \"summary\":\"Як під’єднати\",\"updated_at\":\"2026-11-01T10:00:00Z\","
  "   \"body\":\"<h2>Драйвери</h2><p>Оберіть <b>при</b>нтер у списку &amp; натисніть &lt;Додати&gt;.</p>"
  "             <script>alert('сховане')</script><style>p{color:red}</style><img alt='знімок вікна' src='media:x'>\"},"
  "  {\"id\":\"vpn\",\"title\":\"Доступ до VPN\",\"category_id\":\"c1\",\"body\":\"<p>Принтер згадано один раз."
  "   Компʼютер має бути в мережі.</p>\"},"
  "  {\"id\":\"mail\",\"title\":\"Пошта\",\"body\":\"<p>М&#39;яка пере\302\255носка слова; об'єкт та обʼєкт.</p>\"}]}";

static void
put_articles (HdStore    *store,
              const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdArticleChanges) changes = hd_record_new_from_string (HD_TYPE_ARTICLE_CHANGES, json, &error);

  g_assert_no_error (error);
  g_assert_true (CALL (store, apply_articles, changes));
}

static char *
find (HdStore    *store,
      const char *text)
{
  g_autoptr (GListModel) results = CALL (store, search, text, 20);

  return list_property (results, "id");
}

static void
put_offerings (HdStore *store)
{
  g_autoptr (HdCatalog) catalog = hd_record_new_from_string (
    HD_TYPE_CATALOG,
    "{\"categories\":[{\"id\":\"k\",\"name\":\"Обладнання\"}],\"offerings\":["
    "{\"id\":\"o1\",\"category_id\":\"k\",\"name\":\"Заміна картриджа\",\"summary\":\"Новий картридж для принтера\","
    " \"keywords\":[\"тонер\"]}]}", NULL);

  g_assert_true (CALL (store, put_catalog, catalog));
}

static void
put_news (HdStore *store)
{
  g_autoptr (HdAnnouncementList) list = hd_record_new_from_string (
    HD_TYPE_ANNOUNCEMENT_LIST,
    "{\"announcements\":[{\"id\":\"n1\",\"title\":\"Планові роботи\",\"body\":\"<p>Принтери не друкуватимуть</p>\","
    " \"published_at\":\"2026-11-20T08:00:00Z\"}]}", NULL);

  g_assert_true (CALL (store, put_announcements, list));
}

static void
put_requests (HdStore *store)
{
  g_autoptr (HdRequest) one = make_request (
    "{\"id\":\"r1\",\"number\":\"10316\",\"subject\":\"Не друкує принтер\",\"messages\":["
    "{\"id\":\"m\",\"text\":\"Перевірте кабель живлення\",\"mine\":false}],"
    "\"fields\":[{\"field_id\":\"f\",\"label\":\"Кабінет\",\"value\":\"тристашість\"}]}");
  g_autoptr (HdRequest) two = make_request ("{\"id\":\"r2\",\"number\":\"10317\",\"subject\":\"Інше\"}");

  g_assert_true (CALL (store, put_request, one));
  g_assert_true (CALL (store, put_request, two));
}

static void
test_finds_by_title_body_keyword_and_picture (Fixture       *fixture,
                                              gconstpointer  data)
{
  static const struct
  {
    const char *text;
    const char *ids;
  } vectors[] = {
    { "налаштування", "printer" },
    { "НАЛАШТУВАННЯ Принтера", "printer vpn" },
    { "kyocera", "printer" },
    { "драйвери", "printer" },
    { "знімок", "printer" },
    { "сховане", "" },
    { "color", "" },
    { "доступ vpn", "vpn" },
    { "vpn доступ", "vpn" },
    { "прин", "printer vpn" },
    { "немаєтакого", "" },
  };

  put_articles (fixture->store, articles_json);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *ids = find (fixture->store, vectors[i].text);

      g_test_message ("%s", vectors[i].text);
      g_assert_cmpstr (ids, ==, vectors[i].ids);
    }
}

static void
test_an_apostrophe_is_found_however_it_is_written (Fixture       *fixture,
                                                   gconstpointer  data)
{
  const char *words[] = { "об'єкт", "об’єкт", "обʼєкт", "об`єкт", "переноска", "м’яка", "комп'ют" };
  const char *ids[] = { "mail", "mail", "mail", "mail", "mail", "mail", "vpn" };

  put_articles (fixture->store, articles_json);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *found = find (fixture->store, words[i]);

      g_test_message ("%s", words[i]);
      g_assert_cmpstr (found, ==, ids[i]);
    }
}

static void
test_words_that_are_not_all_there_still_find_something (Fixture       *fixture,
                                                        gconstpointer  data)
{
  g_autofree char *any = NULL;
  g_autofree char *case_ending = NULL;

  put_articles (fixture->store, articles_json);
  any = find (fixture->store, "динозавр пошта");
  case_ending = find (fixture->store, "драйверами");

  g_assert_cmpstr (any, ==, "mail");
  g_assert_cmpstr (case_ending, ==, "printer");
}

static void
test_a_snippet_keeps_apart_what_stands_apart (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (HdSearchResult) result = NULL;

  put_articles (fixture->store,
                "{\"categories\":[],\"articles\":[{\"id\":\"copies\",\"title\":\"Копії\",\"body\":"
                "\"<h2>Скільки зберігаємо</h2><p>Резервні копії</p><ul><li>Пошта: <b>так</b></li><li>Тека</li></ul>"
                "<p>Це все!</p>\"}],\"deleted\":[],\"as_of\":\"1\"}");
  results = CALL (fixture->store, search, "резервні", 5);
  result = g_list_model_get_item (results, 0);

  g_assert_nonnull (strstr (hd_search_result_get_snippet (result),
                            "Скільки зберігаємо. <b>Резервні</b> копії. Пошта: так. Тека. Це все!"));
}

static void
test_a_snippet_is_safe_markup_with_the_match_in_bold (Fixture       *fixture,
                                                      gconstpointer  data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (HdSearchResult) result = NULL;

  put_articles (fixture->store, articles_json);
  results = CALL (fixture->store, search, "натисніть", 5);
  result = g_list_model_get_item (results, 0);

  g_assert_nonnull (strstr (hd_search_result_get_snippet (result), "<b>натисніть</b>"));
  g_assert_nonnull (strstr (hd_search_result_get_snippet (result), "&amp;"));
  g_assert_nonnull (strstr (hd_search_result_get_snippet (result), "&lt;Додати&gt;"));
  g_assert_cmpstr (hd_search_result_get_title (result), ==, "Налаштування принтера");
  g_assert_cmpstr (hd_search_result_get_detail (result), ==, "Друк");
  g_assert_cmpint (hd_search_result_get_kind (result), ==, HD_RESULT_KIND_ARTICLE);
  g_assert_nonnull (hd_search_result_get_updated_at (result));
}

static void
test_everything_is_searched_best_first_within_a_kind (Fixture       *fixture,
                                                      gconstpointer  data)
{
  g_autofree char *all = NULL;
  g_autofree char *limited = NULL;
  g_autoptr (GListModel) results = NULL;

  put_articles (fixture->store, articles_json);
  put_offerings (fixture->store);
  put_news (fixture->store);
  put_requests (fixture->store);

  all = find (fixture->store, "принтер");
  g_assert_cmpstr (all, ==, "printer vpn n1 o1 r1");

  results = CALL (fixture->store, search, "принтер", 1);
  limited = list_property (results, "id");
  g_assert_cmpstr (limited, ==, "printer n1 o1 r1");
}

static void
test_a_request_is_found_by_number_words_and_conversation (Fixture       *fixture,
                                                          gconstpointer  data)
{
  const char *texts[] = { "10316", "№10316", "# 10317", "1031", "кабель", "тристашість", "друкує" };
  const char *ids[] = { "r1", "r1", "r2", "", "r1", "r1", "r1" };

  put_requests (fixture->store);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *found = find (fixture->store, texts[i]);

      g_test_message ("%s", texts[i]);
      if (ids[i][0] == '\0')
        g_assert_cmpuint (strlen (found), ==, strlen ("r1 r2"));
      else
        g_assert_cmpstr (found, ==, ids[i]);
    }
}

static void
test_what_was_deleted_or_replaced_is_not_found (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autoptr (HdAnnouncementList) no_news = hd_record_new_from_string (HD_TYPE_ANNOUNCEMENT_LIST, "{\"announcements\":[]}",
                                                                      NULL);
  g_autofree char *gone = NULL;
  g_autofree char *replaced = NULL;
  g_autofree char *fresh = NULL;

  put_articles (fixture->store, articles_json);
  put_news (fixture->store);
  put_articles (fixture->store, "{\"deleted\":[\"vpn\"],\"articles\":["
                "{\"id\":\"printer\",\"title\":\"Сканер\",\"body\":\"<p>Інше</p>\"}]}");
  g_assert_true (CALL (fixture->store, put_announcements, no_news));

  gone = find (fixture->store, "vpn");
  replaced = find (fixture->store, "принтер");
  fresh = find (fixture->store, "сканер");
  g_assert_cmpstr (gone, ==, "");
  g_assert_cmpstr (replaced, ==, "");
  g_assert_cmpstr (fresh, ==, "printer");
}

static void
test_suggestions_are_articles_only (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GListModel) results = NULL;
  g_autofree char *ids = NULL;

  put_articles (fixture->store, articles_json);
  put_offerings (fixture->store);
  put_requests (fixture->store);

  results = CALL (fixture->store, suggest, "Добрий день, у мене зламалися драйвери принтера, допоможіть", 3);
  ids = list_property (results, "id");
  g_assert_cmpstr (ids, ==, "printer vpn");
}

static char *
make_random_text (GRand *rand)
{
  static const char *const pieces[] = {
    "\"", "'", "*", "(", ")", "AND", "OR", "NOT", "NEAR(", "NEAR(a b, 3)", "title:", "{a b}:", "^", "+", "-", "a*b", ":",
    "\\", "%", "_", ";", "--", "/*", "\"\"", "принтер", "д", "\xff", "\xc3", "\xed\xa0\x80", "é", "e\xcc\x81", "🖨️", "\n", "\t",
    "\xe2\x80\xae", "\xee\x80\x80", "\xee\x80\x81", "<b>", "&", "0", "١٢", "漢字", "\xcc\x81\xcc\x81", "ʼ", "\x01", "\xef\xbf\xbf",
  };
  GString *string = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 12);

  for (int i = 0; i < n; i++)
    {
      g_string_append (string, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      if (g_rand_boolean (rand))
        g_string_append_c (string, ' ');
    }

  return g_string_free (string, FALSE);
}

static void
start_element (GMarkupParseContext  *context,
               const char           *name,
               const char          **attribute_names,
               const char          **attribute_values,
               gpointer              user_data,
               GError              **error)
{
  if (!g_str_equal (name, "b") && !g_str_equal (name, "markup"))
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "<%s>", name);
}

static void
assert_is_markup (const char *markup)
{
  const GMarkupParser parser = { start_element, NULL, NULL, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autofree char *document = g_strconcat ("<markup>", markup, "</markup>", NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, document, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

static void
put_hostile_article (Fixture *fixture,
                     GRand   *rand)
{
  g_autofree char *title = make_random_text (rand);
  g_autofree char *body = make_random_text (rand);
  g_autofree char *valid_title = g_utf8_make_valid (title, -1);
  g_autofree char *valid_body = g_utf8_make_valid (body, -1);
  g_autofree char *whole = g_strconcat ("<p>принтер ", valid_body, NULL);
  g_autoptr (HdArticle) article = g_object_new (HD_TYPE_ARTICLE, "id", "hostile", "title", valid_title,
                                                "body", whole, NULL);
  g_autoptr (GListStore) list = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (HdArticleChanges) changes = NULL;

  g_list_store_append (list, article);
  changes = g_object_new (HD_TYPE_ARTICLE_CHANGES, "articles", list, NULL);
  g_assert_true (CALL (fixture->store, apply_articles, changes));
}

static void
test_any_text_is_a_valid_query (Fixture       *fixture,
                                gconstpointer  data)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  put_articles (fixture->store, articles_json);
  put_requests (fixture->store);

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *text = make_random_text (rand);
      HdRequestFilter filter = { .text = text };
      g_autoptr (GListModel) results = NULL;
      g_autoptr (GListModel) suggestions = NULL;
      g_autoptr (GListModel) requests = NULL;

      if (i % 20 == 0)
        put_hostile_article (fixture, rand);

      results = CALL (fixture->store, search, text, 10);
      suggestions = CALL (fixture->store, suggest, text, 10);
      requests = CALL (fixture->store, list_requests, &filter);

      for (guint j = 0; j < g_list_model_get_n_items (results); j++)
        {
          g_autoptr (HdSearchResult) result = g_list_model_get_item (results, j);

          if (hd_search_result_get_snippet (result) != NULL)
            assert_is_markup (hd_search_result_get_snippet (result));
        }
    }
}

static void
test_hostile_html_is_only_text (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *found = NULL;

  for (guint i = 0; i < 15000; i++)
    g_string_append (deep, i % 2 ? "<div>" : "<table><td>");
  g_string_append (deep, "скарб");

  {
    g_autoptr (HdArticle) article = g_object_new (HD_TYPE_ARTICLE, "id", "deep", "title", "x", "body", deep->str, NULL);
    g_autoptr (HdArticle) broken = g_object_new (HD_TYPE_ARTICLE, "id", "broken", "title", "x",
                                                 "body", "<p <a href=\"</p><!-- <b>схов <![CDATA[ перлина", NULL);
    g_autoptr (GListStore) list = g_list_store_new (HD_TYPE_ARTICLE);
    g_autoptr (HdArticleChanges) changes = g_object_new (HD_TYPE_ARTICLE_CHANGES, "articles", list, NULL);

    g_list_store_append (list, article);
    g_list_store_append (list, broken);
    g_assert_true (CALL (fixture->store, apply_articles, changes));
  }

  found = find (fixture->store, "скарб");
  g_assert_cmpstr (found, ==, "deep");
}

static void
test_terms (void)
{
  g_auto (GStrv) terms = hd_search_text_tokenize ("  Принтер, ПРИНТЕР у к.12 об’єкт ");
  g_autofree char *joined = g_strjoinv ("|", terms);
  g_auto (GStrv) none = hd_search_text_tokenize ("\"' -- ***");

  g_assert_cmpstr (joined, ==, "принтер|у|к|12|обʼєкт");
  g_assert_null (none[0]);
}

#define N_MANY 3000
#define LAST_WORD "слово2999"

static void
put_many_articles (HdStore *store)
{
  GString *json = g_string_new ("{\"articles\":[");
  g_autofree char *text = NULL;

  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf (json, "%s{\"id\":\"a%u\",\"title\":\"Стаття слово%u\",\"body\":\"<p>Текст</p>\"}",
                            i > 0 ? "," : "", i, i);

  text = g_string_free (g_string_append (json, "]}"), FALSE);
  put_articles (store, text);
}

static guint
count_found (HdStore    *store,
             const char *text)
{
  g_autoptr (GListModel) results = CALL (store, search, text, 0);

  return g_list_model_get_n_items (results);
}

static void
changed_cb (HdStore       *store,
            HdStoreTopics  topics,
            guint         *n_changes)
{
  *n_changes += (topics & HD_STORE_ARTICLES) != 0;
}

/* The index is complete some time, which is told. */
static void
await_last (HdStore *store)
{
  guint n_changes = 0;
  guint n_seen;

  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &n_changes);

  while (n_seen = n_changes, count_found (store, LAST_WORD) == 0)
    {
      while (n_changes == n_seen)
        g_main_context_iteration (NULL, TRUE);
    }

  g_signal_handlers_disconnect_by_data (store, &n_changes);
}

/* Many articles are kept first and indexed when there is time; who asks meanwhile does not wait for them. */
static void
test_many_articles_are_indexed_behind (Fixture       *fixture,
                                       gconstpointer  data)
{
  put_many_articles (fixture->store);
  g_assert_cmpuint (count_found (fixture->store, LAST_WORD), ==, 0);
  await_last (fixture->store);
}

static void
test_the_index_is_completed_after_a_restart (Fixture       *fixture,
                                             gconstpointer  data)
{
  put_many_articles (fixture->store);
  fixture_reopen (fixture);
  g_assert_cmpuint (count_found (fixture->store, LAST_WORD), ==, 0);
  await_last (fixture->store);
}

/* By itself, when nobody wants anything. */
static void
await_small (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, "cache.db", NULL);
  g_autoptr (HdDatabase) database = hd_database_open (path, NULL);
  gint64 n_missing = 1;

  while (n_missing > 0)
    g_assert_true (hd_database_get_int (database, &n_missing, NULL,
                                        "SELECT count (*) FROM facts WHERE key GLOB '*-to-index'", ""));
}

/* The dictionary is not read while somebody waits for what has come to be kept. */
static void
test_what_is_small_is_indexed_behind_or_by_the_first_search (Fixture       *fixture,
                                                             gconstpointer  data)
{
  put_news (fixture->store);
  fixture_reopen (fixture);
  g_assert_cmpuint (count_found (fixture->store, "друкуватимуть"), ==, 1);

  for (guint i = 0; i < 2; i++)
    {
      put_news (fixture->store);
      await_small (fixture);
      put_offerings (fixture->store);
      await_small (fixture);
    }

  g_assert_cmpuint (count_found (fixture->store, "друкуватимуть"), ==, 1);
  g_assert_cmpuint (count_found (fixture->store, "картридж"), ==, 1);
}

static void
test_the_index_can_be_waited_for (Fixture       *fixture,
                                  gconstpointer  data)
{
  put_many_articles (fixture->store);
  g_assert_true (CALL (fixture->store, complete_index));
  g_assert_cmpuint (count_found (fixture->store, LAST_WORD), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/store/search/terms", test_terms);
  ADD_TEST ("/store/search/finds-by-title-body-keyword-and-picture", test_finds_by_title_body_keyword_and_picture);
  ADD_TEST ("/store/search/an-apostrophe-is-found-however-it-is-written",
            test_an_apostrophe_is_found_however_it_is_written);
  ADD_TEST ("/store/search/words-that-are-not-all-there-still-find-something",
            test_words_that_are_not_all_there_still_find_something);
  ADD_TEST ("/store/search/a-snippet-keeps-apart-what-stands-apart", test_a_snippet_keeps_apart_what_stands_apart);
  ADD_TEST ("/store/search/a-snippet-is-safe-markup-with-the-match-in-bold",
            test_a_snippet_is_safe_markup_with_the_match_in_bold);
  ADD_TEST ("/store/search/everything-is-searched-best-first-within-a-kind",
            test_everything_is_searched_best_first_within_a_kind);
  ADD_TEST ("/store/search/a-request-is-found-by-number-words-and-conversation",
            test_a_request_is_found_by_number_words_and_conversation);
  ADD_TEST ("/store/search/what-was-deleted-or-replaced-is-not-found",
            test_what_was_deleted_or_replaced_is_not_found);
  ADD_TEST ("/store/search/suggestions-are-articles-only", test_suggestions_are_articles_only);
  ADD_TEST ("/store/search/any-text-is-a-valid-query", test_any_text_is_a_valid_query);
  ADD_TEST ("/store/search/hostile-html-is-only-text", test_hostile_html_is_only_text);
  ADD_TEST ("/store/search/many-articles-are-indexed-behind", test_many_articles_are_indexed_behind);
  ADD_TEST ("/store/search/the-index-is-completed-after-a-restart", test_the_index_is_completed_after_a_restart);
  ADD_TEST ("/store/search/what-is-small-is-indexed-behind-or-by-the-first-search",
            test_what_is_small_is_indexed_behind_or_by_the_first_search);
  ADD_TEST ("/store/search/the-index-can-be-waited-for", test_the_index_can_be_waited_for);

  return g_test_run ();
}
