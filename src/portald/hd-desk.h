/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char     *hd_desk_describe (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_desk_run      (char       **arguments,
                            const char  *data_dir,
                            GError     **error);

G_END_DECLS
