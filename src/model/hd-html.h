/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *hd_html_dup_tame        (const char *html) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_html_is_data_picture (const char *address);

G_END_DECLS
