/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hd_number_normalize (const char *text);
char *hd_date_parse       (const char *text);
char *hd_date_dup_display (const char *iso);
char *hd_time_parse       (const char *text);
char *hd_date_time_join   (const char *date_text,
                           const char *time_text);

G_END_DECLS
