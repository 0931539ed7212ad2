/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gumbo.h>
#include <string.h>

#include "hd-html.h"
#include "hd-test-utils.h"

/* What ended the parser, found by random markup. */
static const char *const fatal[] = {
  "<table><math><mtext><![CDATA[&#0;]]>x",
  "<table><math><mtext><![CDATA[<svg]]>=",
  "<table><svg><desc><![CDATA[<!--]]>\t\n",
  "<table><math><mtext><![CDATA[\xc3\x90]]>\xc3\x90",
};

static void
test_the_parser_survives_a_section_in_a_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fatal); i++)
    {
      g_autofree char *tame = hd_html_dup_tame (fatal[i]);

      gumbo_destroy_output (&kGumboDefaultOptions, gumbo_parse (tame));
    }
}

static void
test_nothing_else_changes (void)
{
  static const char html[] = "<p>один & <b>два</b> <!-- [CDATA[ --> ]]>";
  g_autofree char *same = hd_html_dup_tame (html);
  g_autofree char *changed = hd_html_dup_tame ("<![CDATA[a]]><![CDATA[<![CDATA[");

  g_assert_cmpstr (same, ==, html);
  g_assert_cmpstr (changed, ==, "<!.CDATA[a]]><!.CDATA[<!.CDATA[");
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/html/the-parser-survives-a-section-in-a-table",
                   test_the_parser_survives_a_section_in_a_table);
  g_test_add_func ("/html/nothing-else-changes", test_nothing_else_changes);

  return g_test_run ();
}
