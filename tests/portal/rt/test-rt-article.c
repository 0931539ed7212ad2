/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hd-rt-article.h"
#include "hd-test-utils.h"

/* An article of RT as one of ours. */

static HdArticle *
create_article (const char *body,
                const char *more)
{
  g_autoptr (HdRtSite) site = hd_rt_site_new (NULL, NULL);
  g_autoptr (JsonNode) text = json_node_new (JSON_NODE_VALUE);
  g_autofree char *quoted = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) item = NULL;

  json_node_set_string (text, body);
  quoted = json_to_string (text, FALSE);
  json = g_strdup_printf ("{\"id\":\"1\",\"Name\":\"a\",\"Class\":{\"id\":\"2\"},\"CustomFields\":[{\"id\":\"1\",\"name\":\"Зміст\","
                          "\"values\":[%s]}%s]}", quoted, more);
  item = json_from_string (json, NULL);
  return hd_rt_article_new (site, json_node_get_object (item));
}

static const char *const rewritten[][2] = {
  { "<p>a <b>b</b></p>", "<p>a <b>b</b></p>" },
  { "<img src='/REST/2.0/download/cf/17' alt='x'>", "src=\"media:cf-17\"" },
  { "<img src='https://rt.local:8080/rt/REST/2.0/download/cf/17?x=1#y'>", "src=\"media:cf-17\"" },
  { "<img src='data:image/png;base64,AAAA'>", "src=\"data:image/png;base64,AAAA\"" },
  { "<a href='/SelfService/Article/Display.html?id=3'>x</a>", "href=\"article:3\"" },
  { "<a href='https://rt/Articles/Article/Display.html?a=b&amp;id=3'>x</a>", "href=\"article:3\"" },
  { "<a href='https://rt/Articles/Article/Display.html?a=b;id=3'>x</a>", "href=\"article:3\"" },
  { "<a href='https://example.org/'>x</a>", "href=\"https://example.org/\"" },
  { "<a href='mailto:a@b'>x</a>", "href=\"mailto:a@b\"" },
};

static void
test_addresses_are_ours (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rewritten); i++)
    {
      g_autoptr (HdArticle) article = create_article (rewritten[i][0], "");

      if (strstr (hd_article_get_body (article), rewritten[i][1]) == NULL)
        g_error ("%s has become %s", rewritten[i][0], hd_article_get_body (article));
    }
}

static const char *const hostile[][2] = {
  { "<script>x()</script>", "x()" },
  { "<SCRIPT SRC=//evil/x.js></SCRIPT>", "evil" },
  { "<p onclick=x()>a</p>", "onclick" },
  { "<img src=https://evil/x.png>", "evil" },
  { "<img src=//evil/x.png>", "evil" },
  { "<img src=x onerror=y()>", "onerror" },
  { "<a href='javascript:x()'>a</a>", "javascript" },
  { "<a href='  JaVa\tScript:x()'>a</a>", "x()" },
  { "<a href='file:///etc/passwd'>a</a>", "passwd" },
  { "<iframe src=https://evil/></iframe>", "evil" },
  { "<style>p{background:url(//evil)}</style>", "evil" },
  { "<p style='background:url(//evil)'>a</p>", "evil" },
  { "<form action=//evil><input></form>", "evil" },
  { "<meta http-equiv=refresh content='0;url=//evil'>", "evil" },
  { "<svg><script>x()</script></svg>", "x()" },
  { "<math><mi xlink:href='javascript:x()'>a</mi></math>", "x()" },
  { "<object data=//evil></object><embed src=//evil>", "evil" },
  { "<link rel=stylesheet href=//evil>", "evil" },
  { "<base href=//evil/>", "evil" },
  { "<img src='/REST/2.0/download/cf/17/../../../evil'>", "evil" },
  { "<img src='data:text/html,<script>x()</script>'>", "text/html" },
  { "<![CDATA[<script>x()</script>]]><!--<script>x()</script>-->", "<script" },
};

static void
test_nothing_hostile_is_left (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (HdArticle) article = create_article (hostile[i][0], "");

      if (strstr (hd_article_get_body (article), hostile[i][1]) != NULL)
        g_error ("%s has become %s", hostile[i][0], hd_article_get_body (article));
    }
}

/* A picture is fetched once, and one that the text does not show stands below it. */
static void
test_pictures_are_listed_once (void)
{
  g_autoptr (HdArticle) article = NULL;
  g_autofree char *media = NULL;

  article = create_article ("<img src='/REST/2.0/download/cf/3'><img src='/REST/2.0/download/cf/3'>",
                            ",{\"name\":\"Зображення\",\"values\":[{\"_url\":\"https://x/download/cf/3\",\"content_type\":\"image/png\"},"
                            "{\"_url\":\"https://x/download/cf/4\",\"content_type\":\"image/png\"},"
                            "{\"_url\":\"https://x/download/cf/5\",\"content_type\":\"text/html\"},{\"_url\":7},{},7,null]}");
  media = g_strjoinv ("|", (GStrv) hd_article_get_media (article));
  g_assert_cmpstr (media, ==, "cf-3|cf-4");
  g_assert_true (g_str_has_suffix (hd_article_get_body (article), "<p><img src=\"media:cf-4\" alt=\"\"></p>"));
}

static const char *const sections[][2] = {
  { NULL, "2" },
  { "Пошта", "2:Пошта" },
  { "Пошта / Outlook", "2:Пошта/Outlook" },
  { " Пошта/ Outlook ", "2:Пошта/Outlook" },
  { "а:б", "2:а:б" },
};

static void
test_sections (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *id = hd_rt_section_dup_id ("2", sections[i][0]);

      g_assert_cmpstr (id, ==, sections[i][1]);
    }
}

static void
test_what_is_no_article (void)
{
  static const char *const items[] = {
    "{}", "{\"id\":\"1\",\"Name\":\"a\"}", "{\"id\":\"1\",\"Class\":{\"id\":\"2\"}}", "{\"Name\":\"a\",\"Class\":{\"id\":\"2\"}}",
    "{\"id\":\"1\",\"Name\":\"a\",\"Class\":\"2\"}",
  };
  g_autoptr (HdRtSite) site = hd_rt_site_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (JsonNode) item = json_from_string (items[i], NULL);

      g_assert_null (hd_rt_article_new (site, json_node_get_object (item)));
    }
}

static void
test_deep_and_long (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (HdArticle) article = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (html, "<div><b>");

  g_string_append (html, "кінець");
  article = create_article (html->str, "");
  g_assert_nonnull (hd_article_get_body (article));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/rt/article/addresses-are-ours", test_addresses_are_ours);
  g_test_add_func ("/rt/article/nothing-hostile-is-left", test_nothing_hostile_is_left);
  g_test_add_func ("/rt/article/pictures-are-listed-once", test_pictures_are_listed_once);
  g_test_add_func ("/rt/article/sections", test_sections);
  g_test_add_func ("/rt/article/what-is-no-article", test_what_is_no_article);
  g_test_add_func ("/rt/article/deep-and-long", test_deep_and_long);

  return g_test_run ();
}
