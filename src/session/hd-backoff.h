/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint hd_backoff_window_ms (guint n_failures,
                            guint first_ms,
                            guint most_ms);
guint hd_backoff_delay_ms  (guint n_failures,
                            guint first_ms,
                            guint most_ms);

G_END_DECLS
