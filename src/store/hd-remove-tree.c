/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-remove-tree.h"

#include <errno.h>
#include <glib/gstdio.h>

/**
 * hd_remove_tree:
 * @path: a file, or a folder with all there is in it
 *
 * Removes it.  Links are removed, not followed.  Blocks: not for the main thread.
 *
 * Returns: whether nothing is left
 */
gboolean
hd_remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          hd_remove_tree (child);
        }
    }

  return g_remove (path) == 0 || errno == ENOENT;
}
