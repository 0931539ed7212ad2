/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the server wants to be left alone; all zeros to begin with. */
typedef struct
{
  gint64 until;   /* in microseconds of the clock that is given */
} HdHttpPause;

void     hd_http_pause_note  (HdHttpPause  *self,
                              const GError *error,
                              gint64        now);
gboolean hd_http_pause_check (HdHttpPause  *self,
                              gint64        now,
                              GError      **error);

G_END_DECLS
