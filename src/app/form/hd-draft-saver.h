/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_DRAFT_SAVER (hd_draft_saver_get_type ())
G_DECLARE_FINAL_TYPE (HdDraftSaver, hd_draft_saver, HD, DRAFT_SAVER, GObject)

/* Returns: (transfer full): the draft as it is now */
typedef HdDraft *(*HdDraftFunc) (gpointer user_data);

HdDraftSaver *hd_draft_saver_new            (HdStore      *store,
                                             HdDraftFunc   dup_draft,
                                             gpointer      user_data) G_GNUC_WARN_UNUSED_RESULT;
void          hd_draft_saver_touch          (HdDraftSaver *self);
void          hd_draft_saver_flush          (HdDraftSaver *self);
void          hd_draft_saver_stop           (HdDraftSaver *self);
gboolean      hd_draft_saver_get_unsaved    (HdDraftSaver *self);
GDateTime    *hd_draft_saver_get_saved_at   (HdDraftSaver *self);
void          hd_draft_saver_set_saved_at   (HdDraftSaver *self,
                                             GDateTime    *saved_at);
const GError *hd_draft_saver_get_error      (HdDraftSaver *self);

G_END_DECLS
