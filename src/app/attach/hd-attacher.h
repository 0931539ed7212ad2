/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-field.h"
#include "hd-portal-info.h"
#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_ATTACHER (hd_attacher_get_type ())
G_DECLARE_FINAL_TYPE (HdAttacher, hd_attacher, HD, ATTACHER, GObject)

HdAttacher *hd_attacher_new         (HdStore      *store,
                                     HdField      *field) G_GNUC_WARN_UNUSED_RESULT;
void        hd_attacher_set_draft   (HdAttacher   *self,
                                     const char   *draft_id,
                                     GListModel   *files,
                                     HdPortalInfo *limits);
void        hd_attacher_add_file    (HdAttacher   *self,
                                     GFile        *file);
void        hd_attacher_add_picture (HdAttacher   *self,
                                     GdkTexture   *picture);
void        hd_attacher_cancel      (HdAttacher   *self);
gboolean    hd_attacher_get_busy    (HdAttacher   *self);
const char *hd_attacher_get_name    (HdAttacher   *self);
guint64     hd_attacher_get_done    (HdAttacher   *self);
guint64     hd_attacher_get_total   (HdAttacher   *self);
const char *hd_attacher_get_faults  (HdAttacher   *self);

G_END_DECLS
