/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-record.h"

G_BEGIN_DECLS

gpointer    hd_record_new_from_json   (GType        type,
                                       JsonNode    *node,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gpointer    hd_record_new_from_string (GType        type,
                                       const char  *json,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *hd_record_to_json         (HdRecord    *self) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_record_to_string       (HdRecord    *self) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_record_to_string_without (HdRecord    *self,
                                         const char  *property) G_GNUC_WARN_UNUSED_RESULT;
GListModel *hd_record_list_from_json  (GType        type,
                                       JsonArray   *array,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *hd_record_list_to_json    (GListModel  *list) G_GNUC_WARN_UNUSED_RESULT;
gpointer    hd_record_copy            (HdRecord    *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
