/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "hd-test-utils.h"

/* The inputs that are kept, one test each: what a fuzzer once found, and what is odd by hand. */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
test_input (gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (data, &content, &length, NULL));
  LLVMFuzzerTestOneInput ((const uint8_t *) content, length);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GDir) directory = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  hd_test_init (&argc, &argv);
  directory = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (directory);

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/fuzz/", name, NULL);

      g_ptr_array_add (paths, g_build_filename (argv[1], name, NULL));
      g_test_add_data_func (path, paths->pdata[paths->len - 1], test_input);
    }

  return g_test_run ();
}
