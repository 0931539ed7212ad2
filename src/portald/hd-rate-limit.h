/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Far more than a person with a client can ask for, a first synchronization included. */
#define HD_RATE_LIMIT_DEFAULT 3000

typedef struct _HdRateLimit HdRateLimit;

HdRateLimit *hd_rate_limit_new  (guint        per_minute,
                                 guint        burst) G_GNUC_WARN_UNUSED_RESULT;
void         hd_rate_limit_free (HdRateLimit *self);
guint        hd_rate_limit_look (HdRateLimit *self,
                                 const char  *key,
                                 gint64       now);
guint        hd_rate_limit_take (HdRateLimit *self,
                                 const char  *key,
                                 gint64       now);
guint        hd_rate_limit_size (HdRateLimit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdRateLimit, hd_rate_limit_free)

G_END_DECLS
