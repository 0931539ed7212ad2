/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>
#include <stdlib.h>

#include "bench-turns.h"
#include "hd-session.h"
#include "hd-test-utils.h"

/*
 * For bench-rt and bench-sync: signs somebody in at a portal, syncs, syncs again,
 * and tells how many milliseconds each took, and how much processor time the
 * longest turn of the main loop.  Before it goes on it waits for a line.
 *
 *   sync-twice KIND URL CA-FILE USER PASSWORD
 */

static void
tell (const char *what,
      gint64      start)
{
  gint64 cpu;
  gint64 clock;

  bench_turns_get_longest (&cpu, &clock);
  g_print ("%s %" G_GINT64_FORMAT " %.1f\n", what, (g_get_monotonic_time () - start) / 1000, (double) cpu / 1000);
  fflush (stdout);
  if (getchar () == EOF)
    exit (EXIT_FAILURE);
}

static HdSession *
open_session (char       **words,
              const char  *directory)
{
  g_autoptr (HdPolicy) policy = hd_policy_new_for_file ("/nonexistent");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HdSession *session = hd_session_new (policy, words[0], words[1], words[2], directory, &error);

  if (session == NULL)
    g_error ("%s", error->message);

  hd_session_set_leave_keyring (session, TRUE);
  hd_session_open_async (session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  hd_session_open_finish (session, result, NULL);
  return session;
}

static void
sign_in (HdSession  *session,
         const char *user,
         const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_session_sign_in_async (session, user, password, FALSE, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  if (!hd_session_sign_in_finish (session, result, &error))
    g_error ("%s", error->message);
}

static void
sync_all (HdSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_session_sync_async (session, NULL, hd_test_store_result_cb, &result);
  hd_test_await (&result);
  if (!hd_session_sync_finish (session, result, &error))
    g_error ("%s", error->message);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = hd_test_make_tmp_dir ();
  g_autoptr (HdSession) session = NULL;
  gint64 start;

  if (argc != 6)
    return EXIT_FAILURE;

  session = open_session (argv + 1, directory);
  bench_turns_watch ();
  bench_turns_begin ();
  start = g_get_monotonic_time ();
  sign_in (session, argv[4], argv[5]);
  sync_all (session);
  tell ("first", start);

  bench_turns_begin ();
  start = g_get_monotonic_time ();
  sync_all (session);
  tell ("second", start);
  bench_turns_unwatch ();

  hd_session_close (session);
  hd_test_drain ();
  hd_test_remove_tree (directory);
  return EXIT_SUCCESS;
}
