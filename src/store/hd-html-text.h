/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void hd_html_to_text (const char  *html,
                      char       **text,
                      char       **headings);

G_END_DECLS
