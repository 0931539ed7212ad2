/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"

G_BEGIN_DECLS

#define HD_LOCKOUT_TRIES 5
#define HD_LOCKOUT_SECONDS (5 * 60)

gint64   hd_lockout_get_remaining (HdDatabase  *database,
                                   const char  *user_name,
                                   gint64       duration,
                                   gint64       now);
gboolean hd_lockout_add_failure   (HdDatabase  *database,
                                   const char  *user_name,
                                   gint64       duration,
                                   gint64       now,
                                   int         *tries_left,
                                   GError     **error);
gboolean hd_lockout_clear         (HdDatabase  *database,
                                   const char  *user_name,
                                   GError     **error);

G_END_DECLS
