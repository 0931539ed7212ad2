/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-essence.h"
#include "hd-test-utils.h"

static void
test_what_a_server_does_to_a_text_makes_no_other_of_it (void)
{
  static const struct { const char *sent; const char *kept; gboolean is_same; } cases[] = {
    { "Не друкує", "Не друкує", TRUE },
    { " Не\n друкує \t", "Не друкує", TRUE },
    { "Не друкує!", "> Не друкує.\r\n", TRUE },
    { "об’єкт", "об'єкт", TRUE },
    { "\xd0\xb8\xcc\x86", "\xd0\xb9", TRUE }, /* й in two characters and in one */
    { "№ 12", "№ 13", FALSE },
    { "Не друкує", "не друкує", FALSE },
    { "Не друкує", "Не друкує принтер", FALSE },
    { "Не друкує принтер", "Не друкує", FALSE },
    { "👍", NULL, TRUE },
    { "ok", NULL, FALSE },
    { NULL, "\xff", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_true (hd_essence_is_same (cases[i].sent, cases[i].kept) == cases[i].is_same);
    }
}

static void
test_a_long_text_may_be_cut_off (void)
{
  g_autofree char *sent = g_strnfill (300, 'x');
  g_autofree char *kept = g_strnfill (200, 'x');

  g_assert_true (hd_essence_is_same (sent, kept));
  g_assert_false (hd_essence_is_same (kept, sent));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/essence/what-a-server-does-to-a-text-makes-no-other-of-it",
                   test_what_a_server_does_to_a_text_makes_no_other_of_it);
  g_test_add_func ("/essence/a-long-text-may-be-cut-off", test_a_long_text_may_be_cut_off);

  return g_test_run ();
}
