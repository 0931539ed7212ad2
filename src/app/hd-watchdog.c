/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-watchdog.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <unistd.h>

/*
 * Finds out, in builds with debug information, when a turn of the main loop
 * holds for more than 50 ms: the file that $HELPDESK_WATCHDOG names gets a line
 * “stall NNN ms” for each.
 *
 * The main context's poll function tells when a turn begins (poll returns) and
 * when it ends (poll is called again); no thread is needed for that, and what is
 * measured is the turn itself, not how late a timer was.  A line “ready” says
 * that the program came to rest for the first time, hence that start-up is over.
 */

#define STALL_US (50 * 1000)
#define REST_MS 100

#ifdef HD_WATCHDOG

static GPollFunc poll_func;
static gint64 turn_began_at;
static int watchdog_fd = -1;
static gboolean was_ready;

static void
write_line (const char *line)
{
  /* There is nobody to tell if the report cannot be written. */
  if (write (watchdog_fd, line, strlen (line)) < 0)
    return;
}

static int
watching_poll (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  gint64 now = g_get_monotonic_time ();
  int n_ready;

  if (turn_began_at != 0 && now - turn_began_at > STALL_US)
    {
      char line[64];

      g_snprintf (line, sizeof line, "stall %d ms\n", (int) ((now - turn_began_at) / 1000));
      write_line (line);
    }

  n_ready = poll_func (fds, n_fds, timeout);
  turn_began_at = g_get_monotonic_time ();

  if (!was_ready && turn_began_at - now > REST_MS * 1000)
    {
      was_ready = TRUE;
      write_line ("ready\n");
    }

  return n_ready;
}

#endif

void
hd_watchdog_start (void)
{
#ifdef HD_WATCHDOG
  const char *path = g_getenv ("HELPDESK_WATCHDOG");

  if (path == NULL || watchdog_fd >= 0)
    return;

  watchdog_fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (watchdog_fd < 0)
    return;

  poll_func = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watching_poll);
#endif
}

void
hd_watchdog_stop (void)
{
#ifdef HD_WATCHDOG
  if (watchdog_fd < 0)
    return;

  g_main_context_set_poll_func (NULL, poll_func);
  close (watchdog_fd);
  watchdog_fd = -1;
#endif
}
