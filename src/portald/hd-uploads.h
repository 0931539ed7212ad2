/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gint64   hd_uploads_get_size (const char  *data_dir,
                              const char  *owner,
                              const char  *sha256);
gboolean hd_uploads_append   (const char  *data_dir,
                              const char  *owner,
                              const char  *sha256,
                              GBytes      *piece,
                              GError     **error);
GBytes  *hd_uploads_load     (const char  *data_dir,
                              const char  *owner,
                              const char  *sha256) G_GNUC_WARN_UNUSED_RESULT;
gboolean hd_uploads_check    (const char  *data_dir,
                              const char  *owner,
                              const char  *sha256);

G_END_DECLS
