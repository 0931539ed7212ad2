/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gint64    hd_text_now             (void);
char     *hd_text_format_time     (gint64       time) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_text_parse_time      (const char  *text,
                                   gint64      *time);
char     *hd_text_clean           (const char  *text,
                                   const char  *keep) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_text_fold            (const char  *text) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_text_sort_key        (const char  *text) G_GNUC_WARN_UNUSED_RESULT;
char    **hd_text_split_words     (const char  *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_text_has_words       (const char  *folded,
                                   char       **words);
char     *hd_text_random_id       (void) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_text_hash            (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

char     *hd_text_from_json       (JsonNode    *node) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *hd_text_to_json         (const char  *text) G_GNUC_WARN_UNUSED_RESULT;
void      hd_text_add_string      (JsonObject  *object,
                                   const char  *member,
                                   const char  *value);
void      hd_text_add_time        (JsonObject  *object,
                                   const char  *member,
                                   gint64       time);
JsonNode *hd_text_take_object     (JsonObject  *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
