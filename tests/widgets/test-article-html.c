/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>

#include "hd-article-html.h"
#include "hd-article-text.h"

static char *
dup_document (const char *body)
{
  const HdArticleStyle style = { "Cantarell", FALSE, FALSE, "uk" };

  return hd_article_html_dup_document (body, &style);
}

typedef struct
{
  const char *body;
  const char *kept;       /* (nullable) */
  const char *dropped;    /* (nullable) */
} Case;

static const Case cases[] = {
  { "<p>Пароль</p>", "<p>Пароль</p>", NULL },
  { "<p>1 &lt; 2 &amp; 3</p>", "1 &lt; 2 &amp; 3", NULL },
  { "<script>alert(1)</script><p>a</p>", "<p>a</p>", "alert" },
  { "<p onclick=\"x()\">a</p>", "<p>a</p>", "onclick" },
  { "<p style=\"background:url(http://e/x)\">a</p>", "<p>a</p>", "http://e" },
  { "<img src=\"http://e/x.png\" alt=\"a\">", "alt=\"a\"", "http://e" },
  { "<img src=\"media:abc\" alt=\"a\">", "src=\"media:abc\"", NULL },
  { "<img src=\"data:image/png;base64,iVBO\" alt=\"a\">", "<img src=\"data:image/png;base64,iVBO\" alt=\"a\">", NULL },
  { "<img src=\"data:image/webp;base64,iV+/ BO==\">", "src=\"data:image/webp;", NULL },
  { "<img src=\"data:image/svg+xml;base64,PHN2\" alt=\"a\">", "<img alt=\"a\">", "data:" },
  { "<img src=\"data:image/png,x\">", "<img>", "data:" },
  { "<img src=\"data:text/html;base64,PHN2\">", "<img>", "data:" },
  { "<img src=\"data:image/png;base64,x&quot; onload=&quot;\">", "<img>", "onload" },
  { "<a href=\"data:image/png;base64,iVBO\">a</a>", "<a>a</a>", "data:" },
  { "<img src=\"//e/x.png\">", "<img>", "//e" },
  { "<img srcset=\"http://e/x.png 2x\">", "<img>", "srcset" },
  { "<a href=\"javascript:x()\">a</a>", "<a>a</a>", "javascript" },
  { "<a href=\" javascript:x()\">a</a>", "<a>a</a>", "javascript" },
  { "<a href=\"data:text/html,x\">a</a>", "<a>a</a>", "data:" },
  { "<a href=\"https://example.org/?a=1&amp;b=2\">a</a>", "href=\"https://example.org/?a=1&amp;b=2\"", NULL },
  { "<a href=\"article:vpn#3\">a</a>", "href=\"article:vpn#3\"", NULL },
  { "<iframe src=\"http://e\">x</iframe><p>a</p>", "<p>a</p>", "iframe" },
  { "<link rel=stylesheet href=http://e/x.css><p>a</p>", "<p>a</p>", "http://e" },
  { "<base href=\"http://e/\"><p>a</p>", "<p>a</p>", "http://e" },
  { "<meta http-equiv=refresh content=\"0;url=http://e\"><p>a</p>", "<p>a</p>", "http://e" },
  { "<svg><script>x()</script></svg><p>a</p>", "<p>a</p>", "x()" },
  { "<form action=http://e><input name=p>b</form><p>a</p>", "<p>a</p>", "http://e" },
  { "<style>@import url(http://e)</style><p>a</p>", "<p>a</p>", "http://e" },
  { "<unknown-tag>a</unknown-tag>", "a", "unknown-tag" },
  { "<p title='\"><script>x()</script>'>a</p>", "a</p>", "<script" },
  { "<object data=http://e><p>in</p></object><p>a</p>", "<p>a</p>", "http://e" },
  { "<p>не закрито", "<p>не закрито</p>", NULL },
  { "", "<body></body>", NULL },
};

static void
test_keeps_what_is_harmless_only (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *html = dup_document (cases[i].body);
      const char *body = strstr (html, "<body>");

      g_test_message ("%s", cases[i].body);
      g_assert_nonnull (body);
      if (cases[i].kept != NULL)
        g_assert_nonnull (strstr (body, cases[i].kept));
      if (cases[i].dropped != NULL)
        g_assert_null (strstr (body, cases[i].dropped));
    }
}

static void
test_document_forbids_the_network (void)
{
  g_autofree char *html = dup_document ("<p>a</p>");

  g_assert_nonnull (strstr (html, "default-src 'none'; img-src media: data:;"));
  g_assert_nonnull (strstr (html, "lang=\"uk\""));
}

static void
test_a_font_name_cannot_leave_the_stylesheet (void)
{
  const HdArticleStyle style = { "x\"}</style><script>alert(1)</script>", TRUE, FALSE, NULL };
  g_autofree char *html = hd_article_html_dup_document ("<p>a</p>", &style);

  g_assert_null (strstr (html, "<script"));
  g_assert_true (strstr (html, "</style>") == g_strrstr (html, "</style>"));
}

static void
test_headings_lead_to_places_in_the_document (void)
{
  const char *body = "<h1>Назва</h1><h2>Перший <em>крок</em></h2><h3 id=\"own\">Далі\n  тут</h3><h2> </h2><h2>Третій</h2>";
  g_autofree char *html = dup_document (body);
  g_autoptr (GPtrArray) headings = hd_article_html_dup_headings (body);
  static const char *const texts[] = { "Перший крок", "Далі тут", "Третій" };

  g_assert_cmpuint (headings->len, ==, G_N_ELEMENTS (texts));

  for (guint i = 0; i < headings->len; i++)
    {
      const HdHeading *heading = headings->pdata[i];
      g_autofree char *id = g_strdup_printf (" id=\"%s\">", heading->id);

      g_assert_cmpstr (heading->text, ==, texts[i]);
      g_assert_nonnull (strstr (html, id));
    }

  g_assert_cmpstr (((HdHeading *) headings->pdata[1])->id, ==, "own");
  g_assert_cmpint (((HdHeading *) headings->pdata[1])->level, ==, 3);
}

static void
test_survives_a_deep_document (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *html = NULL;
  g_autoptr (GtkTextBuffer) buffer = hd_article_text_create_buffer ();

  for (guint i = 0; i < 500000; i++)
    g_string_append (body, "<div><b>");
  g_string_append (body, "дно");

  html = dup_document (body->str);
  g_assert_nonnull (html);
  hd_article_text_fill_buffer (buffer, body->str);
}

static void
test_survives_random_bytes (void)
{
  for (guint round = 0; round < 500; round++)
    {
      static const char alphabet[] = "<>/=\"'& abpdiv!-[]#;х";
      char body[200];
      g_autofree char *valid = NULL;
      g_autofree char *html = NULL;
      g_autoptr (GtkTextBuffer) buffer = hd_article_text_create_buffer ();

      for (guint i = 0; i < sizeof body - 1; i++)
        body[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      body[sizeof body - 1] = '\0';

      valid = g_utf8_make_valid (body, -1);
      html = dup_document (valid);
      g_assert_null (strstr (strstr (html, "<body>"), "<script"));
      hd_article_text_fill_buffer (buffer, valid);
    }
}

static char *
dup_text (const char *body)
{
  g_autoptr (GtkTextBuffer) buffer = hd_article_text_create_buffer ();
  char *text = NULL;

  hd_article_text_fill_buffer (buffer, body);
  g_object_get (buffer, "text", &text, NULL);
  return text;
}

static void
test_text_has_all_the_words (void)
{
  g_autofree char *text = dup_text ("<h2>Кроки</h2>\n<p>Увімкніть\n   <b>мережу</b>.</p><ul><li>раз</li><li>два</li></ul>"
                                    "<p><img src='media:x' alt='Знімок'></p><script>x()</script>");

  g_assert_cmpstr (text, ==, "Кроки\nУвімкніть мережу.\n• раз\n• два\n[Знімок]\n");
}

static void
test_text_keeps_links (void)
{
  g_autoptr (GtkTextBuffer) buffer = hd_article_text_create_buffer ();
  GtkTextIter iter;

  hd_article_text_fill_buffer (buffer, "<p>див. <a href=\"article:vpn\">VPN</a></p>");
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 6);
  g_assert_cmpstr (hd_article_text_get_link_at (&iter), ==, "article:vpn");
  gtk_text_buffer_get_start_iter (buffer, &iter);
  g_assert_null (hd_article_text_get_link_at (&iter));
}

static void
test_text_parts_the_cells_of_a_row (void)
{
  g_autofree char *text = dup_text ("<table><tr><th>Що</th><th>Де</th></tr><tr><td>Друк</td><td>Меню</td></tr></table>");

  g_assert_cmpstr (text, ==, "Що · Де\nДрук · Меню\n");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/article-html/keeps-what-is-harmless-only", test_keeps_what_is_harmless_only);
  g_test_add_func ("/article-html/document-forbids-the-network", test_document_forbids_the_network);
  g_test_add_func ("/article-html/a-font-name-cannot-leave-the-stylesheet", test_a_font_name_cannot_leave_the_stylesheet);
  g_test_add_func ("/article-html/headings-lead-to-places-in-the-document", test_headings_lead_to_places_in_the_document);
  g_test_add_func ("/article-html/survives-a-deep-document", test_survives_a_deep_document);
  g_test_add_func ("/article-html/survives-random-bytes", test_survives_random_bytes);
  g_test_add_func ("/article-text/has-all-the-words", test_text_has_all_the_words);
  g_test_add_func ("/article-text/keeps-links", test_text_keeps_links);
  g_test_add_func ("/article-text/parts-the-cells-of-a-row", test_text_parts_the_cells_of_a_row);

  return g_test_run ();
}
