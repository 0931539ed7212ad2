/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-record-json.h"

G_BEGIN_DECLS

void       hd_ctl_print            (const char  *format,
                                    ...) G_GNUC_PRINTF (1, 2);
void       hd_ctl_print_error      (const char  *format,
                                    ...) G_GNUC_PRINTF (1, 2);
void       hd_ctl_print_json       (JsonNode    *node);
JsonNode  *hd_ctl_record_to_json   (gpointer     record) G_GNUC_WARN_UNUSED_RESULT;
void       hd_ctl_print_record     (gpointer     record);
void       hd_ctl_print_records    (GListModel  *records);
gboolean   hd_ctl_print_finish     (void);
void       hd_ctl_print_table      (GPtrArray   *rows);
GPtrArray *hd_ctl_table_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void       hd_ctl_table_add        (GPtrArray   *rows,
                                    const char  *first,
                                    ...) G_GNUC_NULL_TERMINATED;
char      *hd_ctl_dup_time         (GDateTime   *time) G_GNUC_WARN_UNUSED_RESULT;
char      *hd_ctl_dup_plain        (const char  *markup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
