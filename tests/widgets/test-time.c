/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-time.h"

#include "hd-test-utils.h"

/* What is now, in all cases: a Sunday morning in Kyiv. */
#define NOW "2026-11-22T09:41:00+02:00"

typedef struct
{
  const char *name;
  const char *time; /* (nullable) */
  const char *short_time;
} Case;

static const Case cases[] = {
  { "nothing-is-nothing", NULL, "" },
  { "a-minute-ago-is-a-clock-time", "2026-11-22T09:40:00+02:00", "09:40" },
  { "midnight-is-still-today", "2026-11-22T00:00:00+02:00", "00:00" },
  { "a-minute-before-midnight-is-yesterday", "2026-11-21T23:59:00+02:00", "yesterday" },
  { "yesterday-is-by-the-local-calendar", "2026-11-21T22:30:00Z", "00:30" },
  { "two-days-ago-is-a-date", "2026-11-20T12:00:00+02:00", "20 Nov" },
  { "the-first-of-the-year-is-a-date", "2026-01-01T00:00:00+02:00", "1 Jan" },
  { "last-year-is-told", "2025-12-31T23:59:00+02:00", "31.12.2025" },
  { "a-clock-that-is-ahead-is-a-date", "2026-11-24T12:00:00+02:00", "24 Nov" },
};

static void
test_short (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (NOW, NULL);
  g_autoptr (GDateTime) time = one->time != NULL ? g_date_time_new_from_iso8601 (one->time, NULL) : NULL;
  g_autofree char *text = hd_time_dup_short_at (time, now);

  g_assert_cmpstr (text, ==, one->short_time);
}

static void
test_full_and_clock (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-22T07:05:00Z", NULL);
  g_autofree char *full = hd_time_dup_full (time);
  g_autofree char *clock_text = hd_time_dup_clock (time);

  g_assert_cmpstr (full, ==, "22 November 2026, 09:05");
  g_assert_cmpstr (clock_text, ==, "09:05");
}

static void
test_age (void)
{
  g_autoptr (GDateTime) old = g_date_time_new_from_iso8601 ("2020-02-03T10:00:00Z", NULL);
  g_autofree char *age = hd_time_dup_age (old);
  g_autofree char *never = hd_time_dup_age (NULL);

  g_assert_cmpstr (age, ==, "as of 03.02.2020");
  g_assert_cmpstr (never, ==, "not synchronized yet");
}

int
main (int   argc,
      char *argv[])
{
  hd_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/time/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_short);
    }

  g_test_add_func ("/widgets/time/full-and-clock-are-local", test_full_and_clock);
  g_test_add_func ("/widgets/time/age-says-how-old", test_age);

  return g_test_run ();
}
