/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hd_html_to_plain   (const char *html) G_GNUC_WARN_UNUSED_RESULT;
char *hd_html_from_plain (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
