/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_TYPE_RECORD_ARRAY (hd_record_array_get_type ())
G_DECLARE_FINAL_TYPE (HdRecordArray, hd_record_array, HD, RECORD_ARRAY, GObject)

HdRecordArray *hd_record_array_new   (GType          item_type,
                                      GPtrArray     *records) G_GNUC_WARN_UNUSED_RESULT;
void           hd_record_array_set_provisional (HdRecordArray *self,
                                                gboolean       is_provisional);
gboolean       hd_record_array_is_provisional  (HdRecordArray *self);
GPtrArray     *hd_record_array_peek  (HdRecordArray *self);
GPtrArray     *hd_record_array_steal (HdRecordArray *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
