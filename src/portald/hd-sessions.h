/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-accounts.h"

G_BEGIN_DECLS

#define HD_SESSIONS_DEFAULT_LIFETIME (12 * 60 * 60)

char     *hd_sessions_create (HdDatabase  *database,
                              const char  *account_id,
                              gint64       now,
                              gint64       expires_at,
                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;
HdUser   *hd_sessions_find   (HdDatabase  *database,
                              const char  *token,
                              gint64       now) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_sessions_end    (HdDatabase  *database,
                              const char  *token,
                              GError     **error);

G_END_DECLS
