/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hd_time_dup_short     (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *hd_time_dup_short_at  (GDateTime *time,
                             GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;
char *hd_time_dup_clock     (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *hd_time_dup_full      (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
char *hd_time_dup_age       (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
