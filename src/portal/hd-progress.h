/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_TYPE_PROGRESS (hd_progress_get_type ())
G_DECLARE_FINAL_TYPE (HdProgress, hd_progress, HD, PROGRESS, GObject)

HdProgress *hd_progress_new          (void) G_GNUC_WARN_UNUSED_RESULT;
guint64     hd_progress_get_done     (HdProgress *self);
guint64     hd_progress_get_total    (HdProgress *self);
double      hd_progress_get_fraction (HdProgress *self);
gboolean    hd_progress_was_complete (HdProgress *self);
void        hd_progress_set          (HdProgress *self,
                                      guint64     done,
                                      guint64     total);

G_END_DECLS
