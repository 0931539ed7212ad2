/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int      hd_pack_file_make_nameless (const char     *folder,
                                     GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean hd_pack_file_has_room      (int             fd,
                                     guint64         needed,
                                     GError        **error);
gboolean hd_pack_file_write         (int             fd,
                                     gconstpointer   data,
                                     gsize           size,
                                     GError        **error);

G_END_DECLS
