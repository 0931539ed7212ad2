/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-turns.h"

#include <time.h>

/*
 * How long the turns of the main loop take: from one poll to the next one, by what
 * this thread did, whatever else the machine is doing, and by the clock.
 */

/* So many times in a row, so many milliseconds apart, nobody had anything to do: it is done. */
#define N_QUIET 10
#define QUIET_MSEC 50
/* What looking around takes, a caret that blinks included. */
#define QUIET_TURN_USEC 4000

static gint64 turn_start, turn_cpu_start; /* microseconds */
static gint64 longest, longest_cpu;
static guint n_quiet;

static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
begin_turn (void)
{
  turn_start = g_get_monotonic_time ();
  turn_cpu_start = get_cpu_time ();
}

static int
poll_and_measure (GPollFD *fds,
                  guint    n_fds,
                  int      timeout)
{
  gint64 cpu = get_cpu_time () - turn_cpu_start;
  int n;

  longest = MAX (longest, g_get_monotonic_time () - turn_start);
  longest_cpu = MAX (longest_cpu, cpu);
  if (cpu > QUIET_TURN_USEC)
    n_quiet = 0;

  n = g_poll (fds, n_fds, timeout);
  begin_turn ();
  return n;
}

void
bench_turns_watch (void)
{
  begin_turn ();
  g_main_context_set_poll_func (NULL, poll_and_measure);
}

void
bench_turns_unwatch (void)
{
  g_main_context_set_poll_func (NULL, NULL);
}

/* Forgets what was; what the caller does until it lets the main loop turn belongs to the first turn. */
void
bench_turns_begin (void)
{
  longest = longest_cpu = 0;
  begin_turn ();
}

static gboolean
wake_cb (gpointer user_data)
{
  n_quiet++;
  return G_SOURCE_CONTINUE;
}

/* Until nobody has anything to do. */
void
bench_turns_await_quiet (void)
{
  guint id = g_timeout_add (QUIET_MSEC, wake_cb, NULL);

  for (n_quiet = 0; n_quiet < N_QUIET;)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (id);
}

/* The longest turns since bench_turns_begin(), in microseconds. */
void
bench_turns_get_longest (gint64 *cpu,
                         gint64 *clock)
{
  *cpu = longest_cpu;
  *clock = longest;
}
