/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-lockout.h"

/*
 * Five wrong passwords within five minutes lock the account for five minutes.
 *
 * Names that nobody has are counted and locked like the others, or the answer
 * would tell which names exist.
 */

/**
 * hd_lockout_get_remaining:
 * @database: the database
 * @user_name: a normalised user name
 * @duration: how long a lock lasts, in seconds
 * @now: the time
 *
 * Returns: for how many seconds the account stays locked, 0 if it is not
 */
gint64
hd_lockout_get_remaining (HdDatabase *database,
                          const char *user_name,
                          gint64      duration,
                          gint64      now)
{
  gint64 until = hd_database_count (database, "SELECT until FROM locks WHERE user_name = ?", "s",
                                    user_name);

  /* Whatever happens to the clock, no lock lasts longer than it should. */
  return CLAMP (until - now, 0, duration);
}

static gboolean
add_failure (HdDatabase  *database,
             const char  *user_name,
             gint64       duration,
             gint64       now,
             int         *tries_left,
             GError     **error)
{
  gint64 n_failures;

  /* Everybody's, so that made-up names do not fill the disk. */
  if (!hd_database_run (database, error, "DELETE FROM failures WHERE at <= ? OR at > ?", "ll",
                        now - HD_LOCKOUT_SECONDS, now) ||
      !hd_database_run (database, error, "DELETE FROM locks WHERE until <= ?", "l", now) ||
      !hd_database_run (database, error, "INSERT INTO failures VALUES (?, ?)", "sl", user_name, now))
    return FALSE;

  n_failures = hd_database_count (database, "SELECT COUNT (*) FROM failures WHERE user_name = ?", "s",
                                  user_name);
  *tries_left = (int) MAX (HD_LOCKOUT_TRIES - n_failures, 0);

  if (*tries_left > 0)
    return TRUE;

  return hd_database_run (database, error, "DELETE FROM failures WHERE user_name = ?", "s",
                          user_name) &&
         hd_database_run (database, error, "INSERT OR REPLACE INTO locks VALUES (?, ?)", "sl",
                          user_name, now + duration);
}

/**
 * hd_lockout_add_failure:
 * @database: the database
 * @user_name: a normalised user name
 * @duration: how long a lock lasts, in seconds
 * @now: the time
 * @tries_left: (out): how many more wrong passwords are allowed; at 0 the
 *   account is locked from now on
 * @error: return location for an error
 *
 * Counts a wrong password.
 */
gboolean
hd_lockout_add_failure (HdDatabase  *database,
                        const char  *user_name,
                        gint64       duration,
                        gint64       now,
                        int         *tries_left,
                        GError     **error)
{
  if (!hd_database_begin (database, error))
    return FALSE;

  return hd_database_end (database,
                          add_failure (database, user_name, duration, now, tries_left, error),
                          error);
}

/* The right password was given. */
gboolean
hd_lockout_clear (HdDatabase  *database,
                  const char  *user_name,
                  GError     **error)
{
  return hd_database_run (database, error, "DELETE FROM failures WHERE user_name = ?", "s",
                          user_name);
}
