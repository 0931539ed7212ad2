/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HdRecordMerge HdRecordMerge;

typedef const char *(*HdRecordGetId) (gpointer record);

/* Takes the array. */
typedef void (*HdRecordMergeDone) (GPtrArray *merged,
                                   gpointer   user_data);

HdRecordMerge *hd_record_merge_new     (GPtrArray         *present,
                                        GPtrArray         *fresh,
                                        HdRecordGetId      get_id,
                                        HdRecordMergeDone  done,
                                        gpointer           user_data) G_GNUC_WARN_UNUSED_RESULT;
void           hd_record_merge_run     (HdRecordMerge     *self);
void           hd_record_merge_free    (HdRecordMerge     *self);
void           hd_records_free_later   (GPtrArray         *records);

G_END_DECLS
