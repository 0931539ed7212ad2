/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-watchdog.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/*
 * Finds out, in builds with debug information, when a turn of the main loop
 * holds for more than 50 ms: the file that $HELPDESK_WATCHDOG names gets a line
 * “stall NNN ms” for each.
 *
 * The main context's poll function tells when a turn begins (poll returns) and
 * when it ends (poll is called again); no thread is needed for that, and what is
 * measured is the turn itself, not how late a timer was.  What the thread waited
 * for a processor does not count (Linux tells in schedstat): a busy machine is no
 * fault of the program.  Waiting for anything else does.  A line “start” says that
 * the program starts, “ready” that it came to rest for the first time, hence that
 * start-up is over.
 * “turn NNN TTT” is what a turn since then took of the processor, and when it ended,
 * in microseconds, where it took more than 4 ms.
 * “frame NNN” and “content NNN” say when, in microseconds of the monotonic clock,
 * the first frame was painted, and the first with what is kept in it.
 */

#define STALL_US (50 * 1000)
#define TURN_US (4 * 1000)
#define REST_MS 100

#ifdef HD_WATCHDOG

static GPollFunc poll_func;
static gint64 turn_began_at;
static int watchdog_fd = -1;
static gboolean was_ready;
static int schedstat_fd = -1;
static gint64 waited_before;
static gint64 cpu_before;

/* How long this thread has waited for a processor, in microseconds; 0 where the kernel does not tell. */
static gint64
read_waited (void)
{
  char text[96] = "";
  char *end = NULL;
  gssize length = schedstat_fd >= 0 ? pread (schedstat_fd, text, sizeof text - 1, 0) : -1;

  if (length <= 0)
    return 0;

  g_ascii_strtoull (text, &end, 10);

  return (gint64) (g_ascii_strtoull (end, NULL, 10) / 1000);
}

static void
write_line (const char *line)
{
  /* There is nobody to tell if the report cannot be written. */
  if (write (watchdog_fd, line, strlen (line)) < 0)
    return;
}

/* What this thread has taken of the processor, in microseconds. */
static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
note_turn (gint64 cpu)
{
  char line[64];

  if (!was_ready || cpu < TURN_US)
    return;

  g_snprintf (line, sizeof line, "turn %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", cpu, g_get_monotonic_time ());
  write_line (line);
}

static int
watching_poll (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  gint64 now = g_get_monotonic_time ();
  gint64 held = turn_began_at != 0 ? now - turn_began_at : 0;
  int n_ready;

  if (held > STALL_US)
    held -= read_waited () - waited_before;

  if (held > STALL_US)
    {
      char line[64];

      g_snprintf (line, sizeof line, "stall %d ms\n", (int) (held / 1000));
      write_line (line);
    }

  note_turn (get_cpu_time () - cpu_before);
  n_ready = poll_func (fds, n_fds, timeout);
  waited_before = read_waited ();
  cpu_before = get_cpu_time ();
  turn_began_at = g_get_monotonic_time ();

  if (!was_ready && turn_began_at - now > REST_MS * 1000)
    {
      was_ready = TRUE;
      write_line ("ready\n");
    }

  return n_ready;
}

typedef struct
{
  const char *what;
} Paint;

static void
painted_cb (GdkFrameClock *clock,
            Paint         *paint)
{
  char line[64];

  g_snprintf (line, sizeof line, "%s %" G_GINT64_FORMAT "\n", paint->what, g_get_monotonic_time ());
  write_line (line);
  g_signal_handlers_disconnect_by_func (clock, painted_cb, paint);
}

static void
paint_free (gpointer  data,
            GClosure *closure)
{
  g_free (data);
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

  schedstat_fd = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  poll_func = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watching_poll);
  write_line ("start\n");
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

  if (schedstat_fd >= 0)
    close (schedstat_fd);

  schedstat_fd = -1;
#endif
}

/**
 * hd_watchdog_report_paint:
 * @widget: realized
 * @what: a word, static; reported once in the life of the program
 *
 * Reports when the next frame has been painted.
 */
void
hd_watchdog_report_paint (GtkWidget  *widget,
                          const char *what)
{
#ifdef HD_WATCHDOG
  static GHashTable *reported;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Paint *paint;

  if (watchdog_fd < 0 || clock == NULL)
    return;

  if (reported == NULL)
    reported = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_hash_table_add (reported, (gpointer) what))
    return;

  paint = g_new0 (Paint, 1);
  paint->what = what;
  g_signal_connect_data (clock, "after-paint", G_CALLBACK (painted_cb), paint, paint_free, 0);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
#endif
}
