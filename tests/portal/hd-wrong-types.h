/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON documents in which one value is of a type that it must not be. */
GPtrArray         *hd_wrong_types_list_values      (JsonNode   *node) G_GNUC_WARN_UNUSED_RESULT;
char              *hd_wrong_types_dup_replaced     (JsonNode   *root,
                                                    JsonNode   *replaced,
                                                    const char *replacement) G_GNUC_WARN_UNUSED_RESULT;
const char *const *hd_wrong_types_get_replacements (JsonNode   *value);

G_END_DECLS
