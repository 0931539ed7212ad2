/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HdRecordSteps HdRecordSteps;

typedef void (*HdRecordStepsDone) (gpointer user_data);

HdRecordSteps *hd_record_steps_new         (GListModel         *model,
                                            HdRecordStepsDone   done,
                                            gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;
void           hd_record_steps_free        (HdRecordSteps      *self);
guint          hd_record_steps_get_n_items (HdRecordSteps      *self);
gpointer       hd_record_steps_get_item    (HdRecordSteps      *self,
                                            guint               position);
GPtrArray     *hd_record_steps_get_records (HdRecordSteps      *self);
gboolean       hd_record_steps_is_busy     (HdRecordSteps      *self);
void           hd_record_steps_stop        (HdRecordSteps      *self);
void           hd_record_steps_replace     (HdRecordSteps      *self,
                                            GPtrArray          *records,
                                            gboolean            from_the_top);

G_END_DECLS
