/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-backoff.h"

/*
 * How long to wait before the next try: exponential back-off with full jitter.
 * Thousands of clients lose a portal in the same second; drawn from the whole
 * window, their tries are spread evenly when it comes back.
 */

/**
 * hd_backoff_window_ms:
 * @n_failures: how many tries have failed in a row, at least one
 * @first_ms: the window after the first failure
 * @most_ms: the largest window
 *
 * Returns: the longest that the next delay can be
 */
guint
hd_backoff_window_ms (guint n_failures,
                      guint first_ms,
                      guint most_ms)
{
  guint64 window = first_ms;

  for (guint i = 1; i < n_failures && window < most_ms; i++)
    window *= 2;

  return (guint) MIN (window, most_ms);
}

/**
 * hd_backoff_delay_ms:
 * @n_failures: how many tries have failed in a row, at least one
 * @first_ms: the window after the first failure
 * @most_ms: the largest window
 *
 * Returns: milliseconds to wait, at random in the window but no less than a
 *   tenth of its first size, so that a failing portal is never hammered
 */
guint
hd_backoff_delay_ms (guint n_failures,
                     guint first_ms,
                     guint most_ms)
{
  guint window = hd_backoff_window_ms (n_failures, first_ms, most_ms);
  guint least = first_ms / 10;

  if (window <= least)
    return window;

  return least + (guint) g_random_int_range (0, (gint32) (window - least) + 1);
}
