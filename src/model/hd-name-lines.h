/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is beyond is left out, and never an error. */
#define HD_NAME_LINES_MAX 2000
#define HD_NAME_LINES_MAX_NAMES 20
#define HD_NAME_LINES_MAX_CHARS 100

GStrv     hd_name_lines_from_text (const char        *text) G_GNUC_WARN_UNUSED_RESULT;
GStrv     hd_name_lines_from_json (JsonNode          *node) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *hd_name_lines_to_json   (const char *const *lines) G_GNUC_WARN_UNUSED_RESULT;
GStrv     hd_name_lines_split     (const char        *line) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
