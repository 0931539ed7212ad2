/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-web-sandbox.h"

/* Whoever starts the program this way has seen the name. */
static gboolean
is_switched_off (void)
{
  return g_strcmp0 (g_getenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"), "1") == 0;
}

/* There the sandbox is Flatpak's, and bubblewrap of no use. */
static gboolean
is_inside_flatpak (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* What WebKit itself runs, in the namespaces it asks for: its filter of the session bus. */
static gboolean
can_build (void)
{
  const char *argv[] = {
    "bwrap", "--die-with-parent", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev",
    "xdg-dbus-proxy", "--version", NULL
  };
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    {
      g_info ("The web view has no sandbox here: %s", error->message);
      return FALSE;
    }

  return TRUE;
}

/**
 * hd_web_sandbox_works:
 *
 * Whether WebKit can build the sandbox of its web process.  Where it cannot, as
 * in a chroot or without unprivileged namespaces, it ends the whole program; so
 * this is asked before.  It blocks for as long as a process takes to start.
 *
 * Returns: %FALSE where a web view must not be made
 */
gboolean
hd_web_sandbox_works (void)
{
  return is_switched_off () || is_inside_flatpak () || can_build ();
}
