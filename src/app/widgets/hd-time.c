/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-time.h"

#include <glib/gi18n.h>

/*
 * Times as people say them, in the time zone and the language of this computer.
 */

/* Whole days from @time to @now by the calendar: yesterday evening is 1. */
static int
count_days (GDateTime *time,
            GDateTime *now)
{
  GDate from;
  GDate to;

  g_date_clear (&from, 1);
  g_date_clear (&to, 1);
  g_date_set_dmy (&from, g_date_time_get_day_of_month (time), g_date_time_get_month (time), g_date_time_get_year (time));
  g_date_set_dmy (&to, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));

  return g_date_days_between (&from, &to);
}

/**
 * hd_time_dup_short_at:
 * @time: (nullable)
 * @now: what to count as now
 *
 * As short as it can be told from @now: “09:41” today, “yesterday”, “12 Nov”
 * this year, “12.11.2025” before that.
 *
 * Returns: (transfer full): the words; empty without a @time
 */
char *
hd_time_dup_short_at (GDateTime *time,
                      GDateTime *now)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) local_now = NULL;
  int days;

  if (time == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (time);
  local_now = g_date_time_to_local (now);
  days = count_days (local, local_now);

  if (days == 0)
    return g_date_time_format (local, _("%H:%M"));

  if (days == 1)
    return g_strdup (_("yesterday"));

  if (g_date_time_get_year (local) == g_date_time_get_year (local_now))
    /* Translators: day and month of this year, as short as it gets. */
    return g_date_time_format (local, _("%-e %b"));

  /* Translators: a date of another year, as short as it gets. */
  return g_date_time_format (local, _("%d.%m.%Y"));
}

/* The same, from now. */
char *
hd_time_dup_short (GDateTime *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return hd_time_dup_short_at (time, now);
}

/* “09:41”, of whatever day. */
char *
hd_time_dup_clock (GDateTime *time)
{
  g_autoptr (GDateTime) local = NULL;

  if (time == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (time);

  return g_date_time_format (local, _("%H:%M"));
}

/* “22 November 2026, 09:41” */
char *
hd_time_dup_full (GDateTime *time)
{
  g_autoptr (GDateTime) local = NULL;

  if (time == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (time);

  /* Translators: a full date with the time. */
  return g_date_time_format (local, _("%-e %B %Y, %H:%M"));
}

/* How old what is on screen is: “as of 09:41”. */
char *
hd_time_dup_age (GDateTime *time)
{
  g_autofree char *short_time = hd_time_dup_short (time);

  if (time == NULL)
    return g_strdup (_("not synchronized yet"));

  /* Translators: %s is a time (09:41), “yesterday” or a date. */
  return g_strdup_printf (_("as of %s"), short_time);
}
