/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hd_user_name_normalise (const char *typed,
                              const char *mail_domain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
