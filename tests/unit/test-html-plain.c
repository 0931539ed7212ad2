/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-html-plain.h"
#include "hd-test-utils.h"

/* HTML as a letter in plain text would say it. */

static const char *const said[][2] = {
  { "", "" },
  { "a", "a" },
  { "<p>a</p><p>b</p>", "a\n\nb" },
  { "<div>a</div><div>b</div>", "a\nb" },
  { "a<br>b", "a\nb" },
  { "  a \n\t b  ", "a b" },
  { "<b>a</b><i>b</i>", "ab" },
  { "a &lt; b &amp; c&nbsp;d", "a < b & c\xc2\xa0" "d" },
  { "<ul><li>a</li><li>b</li></ul>", "• a\n• b" },
  { "<h1>a</h1>b", "a\n\nb" },
  { "<pre>a\n  b</pre>", "a\n  b" },
  { "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc" },
  { "<a href='https://a.ua/'>сайт</a>", "сайт <https://a.ua/>" },
  { "<a href='https://a.ua/'>https://a.ua/</a>", "https://a.ua/" },
  { "<a href='javascript:x()'>a</a>", "a" },
  { "<a href='mailto:a@b'>a@b</a>", "a@b" },
  { "<img src='cid:b@c' alt='x'>", "[cid:b@c]" },
  { "<img src='https://evil/' alt='схема'>", "[схема]" },
  { "<img src='https://evil/'>", "" },
  { "<script>x()</script><style>p{}</style><title>t</title>a", "a" },
  { "<iframe>x</iframe><noscript>y</noscript><template>z</template>a", "a" },
  { "<svg><text>x</text></svg><math><mi>y</mi></math>a", "a" },
  { "<!-- c --><![CDATA[d]]>a", "a" },
  { "<p>не закрито <b>тег", "не закрито тег" },
  { "</p></div>a", "a" },
  { "\xff\xfe a", "" },
};

static void
test_what_it_says (void)
{
  g_autofree char *none = hd_html_to_plain (NULL);

  g_assert_cmpstr (none, ==, "");

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autofree char *text = hd_html_to_plain (said[i][0]);

      g_assert_true (g_utf8_validate (text, -1, NULL));

      if (g_utf8_validate (said[i][0], -1, NULL))
        g_assert_cmpstr (text, ==, said[i][1]);
    }
}

/* Plain text comes back as it was. */
static void
test_there_and_back (void)
{
  static const char *const texts[] = { "", "a", "a < b > c & \"d\" 'e'", "a\nb", "a\r\nb", "a\n\n\nb", "<script>x()</script>", "&amp;amp;", "ї’ґ" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *html = hd_html_from_plain (texts[i]);
      g_autofree char *text = hd_html_to_plain (html);
      g_auto (GStrv) lines = g_strsplit (texts[i], "\r\n", -1);
      g_autofree char *expected = g_strjoinv ("\n", lines);

      g_assert_cmpstr (text, ==, expected);
    }
}

/* Deeper than any stack. */
static void
test_deep_and_long (void)
{
  static const char *const tags[] = { "<div>", "<b>", "<blockquote><ul><li>", "<table><tr><td>", "<p><pre>", "<svg>", "&lt;" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autofree char *text = NULL;

      for (guint j = 0; j < 10000; j++)
        g_string_append (html, tags[i]);

      text = hd_html_to_plain (html->str);
      g_assert_nonnull (text);
    }
}

/* Whatever comes: pieces of HTML in any order. */
static void
test_any_pieces (void)
{
  static const char *const pieces[] = {
    "<p>", "</p>", "<div>", "</table>", "<table>", "<td>", "<a href='https://a/'>", "</a>", "<img src=cid:x>", "<br>", "&", "&#0;", "&#x110000;",
    "<pre>", "</pre>", "<li>", "текст", " ", "\n", "<", ">", "\"", "<!--", "-->", "<![CDATA[", "]]>", "\xd0", "\x01", "<script>", "</script>",
  };

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autofree char *text = NULL;

      for (guint j = 0; j < 40; j++)
        g_string_append (html, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      text = hd_html_to_plain (html->str);

      if (!g_utf8_validate (text, -1, NULL))
        g_error ("%s", html->str);
    }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/html-plain/what-it-says", test_what_it_says);
  g_test_add_func ("/html-plain/there-and-back", test_there_and_back);
  g_test_add_func ("/html-plain/deep-and-long", test_deep_and_long);
  g_test_add_func ("/html-plain/any-pieces", test_any_pieces);

  return g_test_run ();
}
