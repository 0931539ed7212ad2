/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-pause.h"

#include "hd-error.h"

/*
 * Obeying a server that has had too many calls: until the time it has told is
 * over, nothing is sent, whoever asks for it, and the answer is the same.
 */

/* What asks for more than this is as likely to be a mistake; then a call finds out. */
#define MAX_SECONDS (15 * 60)

/* @error: (nullable): how a call ended */
void
hd_http_pause_note (HdHttpPause  *self,
                    const GError *error,
                    gint64        now)
{
  if (g_error_matches (error, HD_ERROR, HD_ERROR_RATE_LIMITED))
    self->until = now + (gint64) CLAMP (hd_error_get_retry_after (error), 0, MAX_SECONDS) * G_USEC_PER_SEC;
}

/* Returns: whether a call may be made */
gboolean
hd_http_pause_check (HdHttpPause  *self,
                     gint64        now,
                     GError      **error)
{
  gint64 left = self->until - now;

  if (left <= 0)
    return TRUE;

  g_set_error_literal (error, HD_ERROR, HD_ERROR_RATE_LIMITED, "the server has asked for a pause");
  if (error != NULL)
    hd_error_set_retry_after (*error, (int) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));

  return FALSE;
}
