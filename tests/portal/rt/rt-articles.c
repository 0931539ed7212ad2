/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-announcement.h"
#include "hd-rt-fixture.h"

/* The knowledge base, its pictures, and the news. */

/* The field of seed.pl that holds an article’s section. */
#define SECTION "28"

static HdArticleChanges *
list (HdPortal   *portal,
      const char *since)
{
  g_autoptr (GError) error = NULL;
  HdArticleChanges *changes = HD_PORTAL_CALL (list_articles, portal, &error, since);

  g_assert_no_error (error);
  return changes;
}

/* All of them. Returns: (transfer full): the as-of */
static char *
list_all (HdPortal   *portal,
          GListStore *articles,
          GListStore *categories)
{
  char *as_of = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (HdArticleChanges) changes = list (portal, as_of);
      GListModel *told = as_of == NULL ? hd_article_changes_get_categories (changes) : hd_article_changes_get_added_categories (changes);

      for (guint i = 0; i < g_list_model_get_n_items (hd_article_changes_get_articles (changes)); i++)
        {
          g_autoptr (GObject) article = g_list_model_get_item (hd_article_changes_get_articles (changes), i);

          g_list_store_append (articles, article);
        }

      for (guint i = 0; told != NULL && i < g_list_model_get_n_items (told); i++)
        {
          g_autoptr (GObject) category = g_list_model_get_item (told, i);

          g_list_store_append (categories, category);
        }

      g_assert_true ((as_of == NULL) == (hd_article_changes_get_categories (changes) != NULL));
      more = hd_article_changes_get_more (changes);
      g_free (as_of);
      as_of = g_strdup (hd_article_changes_get_as_of (changes));
    }

  return as_of;
}

static HdArticle *
find (GListModel *articles,
      const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (HdArticle) article = g_list_model_get_item (articles, i);

      if (g_str_equal (hd_article_get_title (article), title))
        return g_steal_pointer (&article);
    }

  return NULL;
}

static char *
create_article (const char *name,
                const char *section)
{
  g_autofree char *body = g_strdup_printf ("{\"Class\":\"База знань\",\"Name\":\"%s\",\"Summary\":\"Про\","
                                           "\"CustomFields\":{\"Зміст\":\"<p>Текст</p>\",\"Розділ\":\"%s\"}}", name, section);
  g_autoptr (JsonNode) answer = hd_rt_server_call ("agent", "POST", "article", body);

  return g_strdup (hd_json_get_string (json_node_get_object (answer), "id"));
}

static void
change_article (const char *id,
                const char *body)
{
  g_autofree char *path = g_strdup_printf ("article/%s", id);
  g_autoptr (JsonNode) answer = hd_rt_server_call ("agent", "PUT", path, body);

  g_assert_nonnull (answer);
}

/* --- All of them --- */

/* Those of the class that is the knowledge base, behind a page of hidden ones as well. */
static void
test_the_knowledge_base_is_whole (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autofree char *as_of = list_all (fixture->portal, articles, categories);
  g_autofree char *titles = hd_rt_list_dup_words (G_LIST_MODEL (articles), "title");
  g_autofree char *names = hd_rt_list_dup_words (G_LIST_MODEL (categories), "name");
  g_autofree char *ids = hd_rt_list_dup_words (G_LIST_MODEL (categories), "id");
  g_autofree char *parents = hd_rt_list_dup_words (G_LIST_MODEL (categories), "parent-id");
  g_autoptr (HdArticle) mail = find (G_LIST_MODEL (articles), "Як налаштувати пошту в Outlook");
  g_autofree char *keywords = g_strjoinv ("|", (GStrv) hd_article_get_keywords (mail));

  g_assert_true (g_str_has_prefix (titles, "Як налаштувати пошту в Outlook|Підключення до VPN|Заміна картриджа в принтері|"
                                   "Зміна пароля|Підготовка презентації|Перевірка підпису"));
  g_assert_null (strstr (titles, "Внутрішня"));
  g_assert_null (strstr (titles, "Планові"));
  g_assert_cmpstr (names, ==, "Пошта|Outlook|Мережа|VPN|Обладнання|База знань");
  g_assert_cmpstr (ids, ==, "2:Пошта|2:Пошта/Outlook|2:Мережа|2:Мережа/VPN|2:Обладнання|2");
  g_assert_cmpstr (parents, ==, "-|2:Пошта|-|2:Мережа|-|-");

  g_assert_cmpstr (hd_article_get_summary (mail), ==, "Покрокова інструкція для Outlook 2021");
  g_assert_cmpstr (hd_article_get_category_id (mail), ==, "2:Пошта/Outlook");
  g_assert_cmpstr (keywords, ==, "пошта|outlook");
  g_assert_nonnull (hd_article_get_updated_at (mail));
}

/* Of a site whose knowledge base are these classes. */
static gboolean
has_article (HdRtFixture *fixture,
             const char  *classes,
             const char  *title)
{
  g_autofree char *site = g_build_filename (fixture->folder, "site.conf", NULL);
  g_autofree char *content = g_strdup_printf ("[Knowledge]\nclasses=%s\n", classes);
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autoptr (HdPortal) portal = NULL;
  g_autoptr (HdArticle) article = NULL;
  g_autofree char *as_of = NULL;

  g_assert_true (g_file_set_contents (site, content, -1, NULL));
  portal = hd_rt_server_create_portal ("", site);
  hd_rt_sign_in (portal, "support");
  as_of = list_all (portal, articles, categories);
  article = find (G_LIST_MODEL (articles), title);
  return article != NULL;
}

/* What nobody may see is cut out of a page after counting, so one before the last is empty: of classes … */
static void
test_a_class_behind_hidden_ones (HdRtFixture   *fixture,
                                 gconstpointer  user)
{
  g_autofree char *id = NULL;
  g_autofree char *body = NULL;
  g_autofree char *article_id = NULL;

  hd_rt_server_add_hidden ("Classes", 200, "", "");
  id = hd_rt_server_create ("class", "{\"Name\":\"Далека\"}");
  hd_rt_server_grant ("RT::Class", id, "('SeeClass'), ('ShowArticle')");
  body = g_strdup_printf ("{\"Class\":\"%s\",\"Name\":\"Стаття далекого класу\"}", id);
  article_id = hd_rt_server_create ("article", body);
  g_assert_true (has_article (fixture, "Далека", "Стаття далекого класу"));
  hd_rt_server_remove_hidden ("Classes", "Далека");
}

/* … and of articles, in a class that may be seen with nothing in it. */
static void
test_an_article_behind_hidden_ones (HdRtFixture   *fixture,
                                    gconstpointer  user)
{
  g_autofree char *id = hd_rt_server_create ("class", "{\"Name\":\"Порожня\"}");
  g_autofree char *class = g_strdup_printf (", %s", id);
  g_autofree char *article_id = NULL;

  hd_rt_server_grant ("RT::Class", id, "('SeeClass')");
  hd_rt_server_add_hidden ("Articles", 250, ", Class", class);
  article_id = create_article ("За прихованими", "Обладнання");
  g_assert_true (has_article (fixture, "Порожня;База знань", "За прихованими"));
  hd_rt_server_remove_hidden ("Articles", "За прихованими");
}

static void
test_pictures_come_with_the_articles (HdRtFixture   *fixture,
                                      gconstpointer  user)
{
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autofree char *as_of = list_all (fixture->portal, articles, categories);
  static const char *const shown[][2] = {
    { "Як налаштувати пошту в Outlook", "вікно налаштувань" },
    { "Підключення до VPN", "схема мережі" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autoptr (HdArticle) article = find (G_LIST_MODEL (articles), shown[i][0]);
      const char *const *media = hd_article_get_media (article);
      g_autofree char *source = g_strdup_printf ("src=\"media:%s\" alt=\"%s\"", media[0], shown[i][1]);
      g_autoptr (GBytes) picture = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length ((GStrv) media), ==, 1);
      g_assert_nonnull (strstr (hd_article_get_body (article), source));
      picture = HD_PORTAL_CALL (get_media, fixture->portal, &error, media[0]);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (picture, NULL), 4, "\x89PNG", 4);
    }
}

static void
test_links_lead_to_articles (HdRtFixture   *fixture,
                             gconstpointer  user)
{
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autofree char *as_of = list_all (fixture->portal, articles, categories);
  g_autoptr (HdArticle) vpn = find (G_LIST_MODEL (articles), "Підключення до VPN");
  g_autoptr (HdArticle) printer = find (G_LIST_MODEL (articles), "Заміна картриджа в принтері");
  g_autoptr (HdArticle) mail = find (G_LIST_MODEL (articles), "Як налаштувати пошту в Outlook");

  g_assert_nonnull (strstr (hd_article_get_body (vpn), "href=\"article:1\""));
  g_assert_nonnull (strstr (hd_article_get_body (vpn), "href=\"https://vpn.rt.local/\""));
  g_assert_nonnull (strstr (hd_article_get_body (printer), "href=\"article:2\""));
  g_assert_nonnull (strstr (hd_article_get_body (mail), "src=\"data:image/png;base64,"));
  g_assert_nonnull (strstr (hd_article_get_body (mail), "<td>imap.rt.local</td>"));
}

/* RT keeps HTML as it was typed. */
static void
test_nothing_hostile_is_left (HdRtFixture   *fixture,
                              gconstpointer  user)
{
  static const char *const hostile[] = {
    "<script", "<style", "<iframe", "<form", "<input", "<svg", "<meta", "onclick", "onerror", "onload", "javascript:", "evil.example",
    "captured", "style=",
  };
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autofree char *as_of = list_all (fixture->portal, articles, categories);
  g_autoptr (HdArticle) password = find (G_LIST_MODEL (articles), "Зміна пароля");

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      if (strstr (hd_article_get_body (password), hostile[i]) != NULL)
        g_error ("%s is left in %s", hostile[i], hd_article_get_body (password));
    }

  g_assert_nonnull (strstr (hd_article_get_body (password), "<kbd>Ctrl</kbd>"));
}

/* --- What changed --- */

static void
test_only_what_changed_is_told (HdRtFixture   *fixture,
                                gconstpointer  user)
{
  g_autofree char *id = create_article ("Тимчасова", "Обладнання");
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autofree char *as_of = list_all (fixture->portal, articles, categories);
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autoptr (HdArticle) changed = NULL;

  change_article (id, "{\"Summary\":\"Змінено\"}");
  changes = list (fixture->portal, as_of);
  g_assert_false (hd_article_changes_get_more (changes));
  changed = find (hd_article_changes_get_articles (changes), "Тимчасова");
  g_assert_nonnull (changed);
  g_assert_cmpstr (hd_article_get_summary (changed), ==, "Змінено");

  /* No list of categories that would stand for all of them. */
  g_assert_null (hd_article_changes_get_categories (changes));

  /* What is deleted is in no list of changes, but no longer in that of all. */
  change_article (id, "{\"Disabled\":\"1\"}");
  g_list_store_remove_all (articles);
  g_free (as_of);
  as_of = list_all (fixture->portal, articles, categories);
  g_clear_object (&changed);
  changed = find (G_LIST_MODEL (articles), "Тимчасова");
  g_assert_null (changed);
}

static void
test_a_new_section_is_told (HdRtFixture   *fixture,
                            gconstpointer  user)
{
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autofree char *as_of = list_all (fixture->portal, articles, categories);
  g_autofree char *added = NULL;
  g_autofree char *name = NULL;
  g_autoptr (HdArticleChanges) changes = NULL;
  g_autoptr (JsonNode) value = hd_rt_server_call ("root", "POST", "customfield/" SECTION "/value", "{\"Name\":\"Друк / Сканери\"}");

  added = create_article ("Сканер", "Друк / Сканери");
  changes = list (fixture->portal, as_of);
  name = hd_rt_list_dup_words (hd_article_changes_get_added_categories (changes), "id");
  g_assert_cmpstr (name, ==, "2:Друк|2:Друк/Сканери");
}

static void
test_the_next_day_all_is_asked_for (HdRtFixture   *fixture,
                                    gconstpointer  user)
{
  static const char *const others[] = { "2020-01-01/0/0/1795000000", "2020-01-01/2/0/0", "", "x", "1/2/3/4", "2026-11-27" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_null (HD_PORTAL_CALL (list_articles, fixture->portal, &error, others[i]));
      hd_assert_error_and_clear (error, HD_ERROR_REFUSED);
    }
}

/* --- Others --- */

static void
test_the_newest_news_is_first (HdRtFixture   *fixture,
                               gconstpointer  user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HdAnnouncementList) news = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_autofree char *titles = NULL;
  g_autoptr (JsonNode) made = NULL;
  g_autoptr (HdAnnouncementList) later = NULL;
  g_autoptr (HdAnnouncement) newest = NULL;

  g_assert_no_error (error);
  titles = hd_rt_list_dup_words (hd_announcement_list_get_announcements (news), "title");
  g_assert_nonnull (strstr (titles, "Планові роботи в суботу"));
  g_assert_nonnull (strstr (titles, "Новий портал самообслуговування"));

  made = hd_rt_server_call ("agent", "POST", "article", "{\"Class\":\"Новини\",\"Name\":\"Щойно\",\"CustomFields\":{\"Зміст\":\"<p>Так<script>x</script></p>\"}}");
  later = HD_PORTAL_CALL (list_announcements, fixture->portal, &error);
  g_assert_no_error (error);
  newest = g_list_model_get_item (hd_announcement_list_get_announcements (later), 0);
  g_assert_cmpstr (hd_announcement_get_title (newest), ==, "Щойно");
  g_assert_cmpstr (hd_announcement_get_body (newest), ==, "<p>Так</p>");
  g_assert_nonnull (hd_announcement_get_published_at (newest));
}

static void
test_pictures_that_are_not_there (HdRtFixture   *fixture,
                                  gconstpointer  user)
{
  static const char *const names[] = { "cf-99999", "cf-", "cf-../rt", "00", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (HD_PORTAL_CALL (get_media, fixture->portal, &error, names[i]));
      g_assert_true (error->domain == HD_ERROR);
    }
}

/* Without a file: every class that is neither news nor contacts, and fields by their usual names. */
static void
test_without_a_file_all_is_guessed (HdRtFixture   *fixture,
                                    gconstpointer  user)
{
  g_autofree char *site = g_build_filename (fixture->folder, "site.conf", NULL);
  g_autoptr (GListStore) articles = g_list_store_new (HD_TYPE_ARTICLE);
  g_autoptr (GListStore) categories = g_list_store_new (HD_TYPE_CATEGORY);
  g_autoptr (HdPortal) portal = NULL;
  g_autoptr (HdArticle) mail = NULL;
  g_autofree char *as_of = NULL;

  g_assert_true (g_file_set_contents (site, "", -1, NULL));
  portal = hd_rt_server_create_portal ("", site);
  hd_rt_sign_in (portal, "support");
  as_of = list_all (portal, articles, categories);
  mail = find (G_LIST_MODEL (articles), "Як налаштувати пошту в Outlook");
  g_assert_cmpstr (hd_article_get_category_id (mail), ==, "2:Пошта/Outlook");
  g_assert_nonnull (strstr (hd_article_get_body (mail), "imap.rt.local"));
  g_clear_object (&mail);
  mail = find (G_LIST_MODEL (articles), "Служба підтримки");
  g_assert_null (mail);
}

void
hd_rt_add_article_tests (void)
{
  HD_RT_TEST ("/rt/articles/the-knowledge-base-is-whole", "support", test_the_knowledge_base_is_whole);
  HD_RT_TEST ("/rt/articles/a-class-behind-hidden-ones", "support", test_a_class_behind_hidden_ones);
  HD_RT_TEST ("/rt/articles/an-article-behind-hidden-ones", "support", test_an_article_behind_hidden_ones);
  HD_RT_TEST ("/rt/articles/pictures-come-with-them", "support", test_pictures_come_with_the_articles);
  HD_RT_TEST ("/rt/articles/links-lead-to-articles", "support", test_links_lead_to_articles);
  HD_RT_TEST ("/rt/articles/nothing-hostile-is-left", "support", test_nothing_hostile_is_left);
  HD_RT_TEST ("/rt/articles/only-what-changed", "support", test_only_what_changed_is_told);
  HD_RT_TEST ("/rt/articles/a-new-section-is-told", "support", test_a_new_section_is_told);
  HD_RT_TEST ("/rt/articles/the-next-day-all", "support", test_the_next_day_all_is_asked_for);
  HD_RT_TEST ("/rt/articles/without-a-file-all-is-guessed", "support", test_without_a_file_all_is_guessed);
  HD_RT_TEST ("/rt/news/the-newest-first", "support", test_the_newest_news_is_first);
  HD_RT_TEST ("/rt/media/pictures-that-are-not-there", "support", test_pictures_that_are_not_there);
}
