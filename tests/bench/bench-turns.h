/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_turns_watch       (void);
void bench_turns_unwatch     (void);
void bench_turns_begin       (void);
void bench_turns_await_quiet (void);
void bench_turns_get_longest (gint64 *cpu,
                              gint64 *clock);

G_END_DECLS
