/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char     *hd_password_hash   (const char  *password,
                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_password_verify (const char  *password,
                              const char  *hash);

G_END_DECLS
