/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-test-utils.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void
test_removes_a_folder_but_follows_no_link (void)
{
  g_autofree char *outside = hd_test_make_tmp_dir ();
  g_autofree char *inside = hd_test_make_tmp_dir ();
  g_autofree char *folder = g_build_filename (inside, "folder", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *link = g_build_filename (inside, "link", NULL);
  g_autofree char *kept = g_build_filename (outside, "kept", NULL);

  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_true (g_file_set_contents (kept, "x", 1, NULL));
  g_assert_no_errno (symlink (outside, link));

  hd_test_remove_tree (inside);

  g_assert_false (g_file_test (inside, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));

  hd_test_remove_tree (outside);
}

static void
test_the_program_has_a_home_of_its_own (void)
{
  const char *home = g_get_home_dir ();

  g_assert_true (g_str_has_prefix (home, g_get_tmp_dir ()));
  g_assert_true (g_str_has_prefix (g_get_user_cache_dir (), home));
  g_assert_true (g_str_has_prefix (g_get_user_config_dir (), home));
  g_assert_true (g_str_has_prefix (g_get_user_data_dir (), home));
  g_assert_true (g_str_has_prefix (g_get_user_runtime_dir (), home));
  g_assert_cmpstr (g_getenv ("SECRET_BACKEND"), ==, "file");
  g_assert_true (g_str_has_prefix (g_getenv ("SECRET_FILE_TEST_PATH"), home));
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/support/removes-a-folder-but-follows-no-link",
                   test_removes_a_folder_but_follows_no_link);
  g_test_add_func ("/support/the-program-has-a-home-of-its-own",
                   test_the_program_has_a_home_of_its_own);

  return g_test_run ();
}
