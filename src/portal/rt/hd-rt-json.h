/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char       *hd_rt_json_dup_id        (JsonObject  *object,
                                      const char  *member) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_rt_json_dup_ref_id    (JsonObject  *object,
                                      const char  *member) G_GNUC_WARN_UNUSED_RESULT;
const char *hd_rt_json_get_text      (JsonObject  *object,
                                      const char  *member);
gint64      hd_rt_json_get_number    (JsonObject  *object,
                                      const char  *member);
GDateTime  *hd_rt_json_get_time      (JsonObject  *object,
                                      const char  *member) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_rt_json_dup_time_text (gint64       seconds,
                                      GTimeZone   *zone) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *hd_rt_json_get_element   (JsonArray   *array,
                                      guint        position);
guint       hd_rt_json_get_length    (JsonArray   *array);
const char *hd_rt_json_get_value     (JsonArray   *values,
                                      guint        position);
void        hd_rt_json_append        (JsonArray   *all,
                                      JsonArray   *some);
JsonObject *hd_rt_json_find_field    (JsonObject  *object,
                                      const char  *id);
char       *hd_rt_json_dup_last_part (const char  *uri) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *hd_rt_json_filter        (const char  *field,
                                      ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void        hd_rt_json_add_condition (JsonNode    *filter,
                                      const char  *field,
                                      const char  *operator,
                                      const char  *value);

G_END_DECLS
