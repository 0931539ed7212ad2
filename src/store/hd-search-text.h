/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Around a match in what snippet() gives; never part of a text that was normalised. */
#define HD_SEARCH_MATCH_START "\xee\x80\x80"
#define HD_SEARCH_MATCH_END "\xee\x80\x81"

gboolean hd_search_text_is_apostrophe (gunichar c);
gboolean hd_search_text_is_invisible (gunichar c);
char  *hd_search_text_normalize  (const char         *text) G_GNUC_WARN_UNUSED_RESULT;
char  *hd_search_text_fold       (const char         *text) G_GNUC_WARN_UNUSED_RESULT;
GStrv  hd_search_text_tokenize   (const char         *text) G_GNUC_WARN_UNUSED_RESULT;
char  *hd_search_text_dup_number (const char         *text) G_GNUC_WARN_UNUSED_RESULT;
char  *hd_search_text_to_markup  (const char         *snippet) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
