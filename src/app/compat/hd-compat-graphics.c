/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-compat.h"

/* Whether there is a graphics processor that Mesa or NVIDIA's driver can draw with. */
static gboolean
has_graphics_processor (void)
{
  g_autoptr (GDir) dri = g_dir_open ("/dev/dri", 0, NULL);
  const char *name;

  while (dri != NULL && (name = g_dir_read_name (dri)) != NULL)
    {
      if (g_str_has_prefix (name, "renderD"))
        return TRUE;
    }

  return g_file_test ("/dev/nvidiactl", G_FILE_TEST_EXISTS);
}

/**
 * hd_compat_spare_graphics:
 *
 * Where there is no graphics processor, GTK would draw with one that Mesa
 * emulates: a third of the start and some ten megabytes, to be slower than
 * cairo afterwards.  What the environment says already is left as it is.
 *
 * Before GTK is started.
 */
void
hd_compat_spare_graphics (void)
{
  if (has_graphics_processor ())
    return;

  g_setenv ("GSK_RENDERER", "cairo", FALSE);
#if GTK_CHECK_VERSION (4, 16, 0)
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
#else
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
#endif
}
