/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-html-sanitizer.h"
#include "hd-page.h"
#include "hd-test-utils.h"

#include <string.h>

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

typedef struct
{
  const char *html;
  const char *expected;
} Case;

static void
assert_cases (const Case *cases,
              guint       n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *html = hd_html_sanitize (cases[i].html);
      g_autofree char *again = hd_html_sanitize (html);

      g_assert_cmpstr (html, ==, cases[i].expected);
      g_assert_cmpstr (again, ==, html);
    }
}

static void
text_and_its_structure_stay (void)
{
  static const Case cases[] = {
    { "<p>Добрий <b>день</b> &amp; вечір</p>", "<p>Добрий <b>день</b> &amp; вечір</p>" },
    { "<h2 id=\"a\">А</h2><ol start=\"3\"><li>б</li></ol>", "<h2 id=\"a\">А</h2><ol start=\"3\"><li>б</li></ol>" },
    { "<table><tr><td colspan=2>1</table>",
      "<table><tbody><tr><td colspan=\"2\">1</td></tr></tbody></table>" },
    { "a<br>b<hr>", "a<br>b<hr>" },
    { "1 < 2 > 0 \"x\"", "1 &lt; 2 &gt; 0 &quot;x&quot;" },
    { "<font color=red>слово</font><blink>інше</blink>", "словоінше" },
    { "<center><p>a</center>", "<p>a</p>" },
    { "<div class=\"note\"><p>Увага</p></div>", "<blockquote><p>Увага</p></blockquote>" },
    { "<span>a</span><div></div><p> </p><p id=\"x\"></p>", "a<p id=\"x\"></p>" },
    { NULL, "" },
    { "", "" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
what_may_run_or_load_goes (void)
{
  static const Case cases[] = {
    { "<script>alert(1)</script>a", "a" },
    { "<p onclick=\"x()\" style=\"x\" class=\"y\" data-x=\"1\">a</p>", "<p>a</p>" },
    { "<style>p{}</style><iframe src=\"//x\"></iframe><object data=x>o</object>", "" },
    { "<svg onload=x><script>y</script><text>t</text></svg><math><mi>x</mi></math>a", "a" },
    { "<form action=\"/x\"><input name=a><button>b</button>c</form>", "c" },
    { "<img src=\"https://example.com/x.png\"><img src=x onerror=alert(1)>", "" },
    { "<img src=\"data:image/png;base64,AAAA\">", "" },
    { "<img src=\"https://example.com/x.png\" alt=\"А &lt;Б\">", "А &lt;Б" },
    { "<picture><source srcset=\"https://example.com/x.png\"><img src=x alt=А></picture>", "А" },
    { "<a name=here></a><a name=there id=first>А</a>", "<a id=\"here\"></a><a id=\"first\">А</a>" },
    { "<img src=\"media:../../etc/passwd\"><img src=\"media:\"><img src=\"media:A b\">", "" },
    { "<img src=\"media:" HASH HASH "\"><img src=\"data:image/png;base64,AAAA\">", "" },
    { "<video><source src=x>v</video><audio src=x></audio>", "" },
    { "<base href=\"//evil/\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>", "" },
    { "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", "" },
    { "<!-- comment --><![CDATA[x]]>", "" },
    { "<template><p>x</p></template>", "" },
    { "<xmp><script>x</script></xmp><plaintext>y", "" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
addresses_are_of_the_kinds_that_are_known (void)
{
  static const Case cases[] = {
    { "<a href=\"https://customs.gov.ua/?a=1&amp;b=2\">a</a>",
      "<a href=\"https://customs.gov.ua/?a=1&amp;b=2\">a</a>" },
    { "<a href=\"mailto:a@b.ua\">a</a><a href=\"tel:+380444811949\">b</a>",
      "<a href=\"mailto:a@b.ua\">a</a><a href=\"tel:+380444811949\">b</a>" },
    { "<a href=\"#place\">a</a><a href=\"article:x#y\">b</a>",
      "<a href=\"#place\">a</a><a href=\"article:x#y\">b</a>" },
    { "<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>" },
    { "<a href=\" JavaScript:alert(1)\">a</a>", "<a>a</a>" },
    { "<a href=\"java\nscript:alert(1)\">a</a>", "<a>a</a>" },
    { "<a href=\"file:///etc/passwd\">a</a><a href=\"data:text/html,x\">b</a>", "<a>a</a><a>b</a>" },
    { "<a href='https://x/\"onclick=\"y'>a</a>", "<a href=\"https://x/&quot;onclick=&quot;y\">a</a>" },
    { "<img src=\"media:" HASH "\" alt=\"А &lt;Б\" width=10 onerror=x>",
      "<img src=\"media:" HASH "\" alt=\"А &lt;Б\" width=\"10\">" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
repeat (GString    *html,
        const char *piece,
        guint       n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (html, piece);
}

static void
depth_does_not_overflow_the_stack (void)
{
  static const char *const pieces[] = { "<div>", "<b>", "<blockquote>", "<svg>", "<table><tr><td>" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) html = g_string_new ("<p>перший</p>");
      g_autofree char *clean = NULL;

      repeat (html, pieces[i], 20000);
      g_string_append (html, "глибоко");
      clean = hd_html_sanitize (html->str);
      g_assert_true (g_str_has_prefix (clean, "<p>перший</p>"));
      g_assert_null (strstr (clean, "глибоко"));
    }
}

static void
assert_safe (const char *html)
{
  g_assert_true (g_utf8_validate (html, -1, NULL));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "<svg"));
  g_assert_null (strstr (html, "<img"));
  g_assert_null (strstr (html, "<!"));
  g_assert_false (g_regex_match_simple ("<[^>]* on\\w+=", html, 0, 0));
  g_assert_false (g_regex_match_simple ("href=\"javascript", html, 0, 0));
}

/* Random pieces of markup, always the same ones for a seed: nothing that comes
 * out could run, nor what another reader makes of it. */
static void
random_markup_becomes_safe (void)
{
  static const char *const pieces[] = {
    "<", ">", "\"", "'", "=", "/", "&", "&#x3c;", "&#0;", "<p", "<a href=", "javascript:", "<script>",
    "</script>", "<!--", "-->", "<![CDATA[", "]]>", "<svg", "<img src=", " onerror=", "<table>", "<td>",
    "</p>", "<title>", "<textarea>", "<style>", "<math><mtext>", "<noscript>", "text ", "\xd0\x90",
    "\xff\xfe", "\xc3", "\t\n", "<select>", "<option>", "<frameset>", "<body onload=x>", "<plaintext>",
  };

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autofree char *clean = NULL;
      g_autofree char *again = NULL;

      for (int n = g_test_rand_int_range (1, 40); n > 0; n--)
        g_string_append (html, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      clean = hd_html_sanitize (html->str);
      again = hd_html_sanitize (clean);
      assert_safe (clean);
      assert_safe (again);
    }
}

static void
pages_come_in_old_encodings (void)
{
  static const struct
  {
    const char *data;
    gssize      size;
    const char *expected;
  } cases[] = {
    { "Привіт", -1, "Привіт" },
    { "<meta charset=windows-1251>\xcf\xf0\xe8\xe2\xb3\xf2", -1, "<meta charset=windows-1251>Привіт" },
    { "<meta charset='koi8-u'>\xf0\xd2\xc9\xd7\xa6\xd4", -1, "<meta charset='koi8-u'>Привіт" },
    { "\xcf\xf0\xe8\xe2\xb3\xf2", -1, "Привіт" },
    { "\xff\xfe\x1f\x04\x40\x04", 6, "Пр" },
    { "\xfe\xff\x04\x1f\x04\x40", 6, "Пр" },
    { "<meta charset=utf-8>\xd0\x90\xff", -1, "<meta charset=utf-8>А\xef\xbf\xbd" },
    { "<meta charset=no-such-thing>\xc0", -1, "<meta charset=no-such-thing>А" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = cases[i].size < 0 ? strlen (cases[i].data) : (gsize) cases[i].size;
      g_autofree char *text = hd_page_to_utf8 (cases[i].data, size);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/sanitizer/text-and-its-structure-stay", text_and_its_structure_stay);
  g_test_add_func ("/sanitizer/what-may-run-or-load-goes", what_may_run_or_load_goes);
  g_test_add_func ("/sanitizer/addresses-are-of-the-kinds-that-are-known",
                   addresses_are_of_the_kinds_that_are_known);
  g_test_add_func ("/sanitizer/depth-does-not-overflow-the-stack", depth_does_not_overflow_the_stack);
  g_test_add_func ("/sanitizer/random-markup-becomes-safe", random_markup_becomes_safe);
  g_test_add_func ("/sanitizer/pages-come-in-old-encodings", pages_come_in_old_encodings);

  return g_test_run ();
}
