/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_DRAFT_BIN (hd_draft_bin_get_type ())
G_DECLARE_FINAL_TYPE (HdDraftBin, hd_draft_bin, HD, DRAFT_BIN, GObject)

HdDraftBin *hd_draft_bin_get_for_store (HdStore    *store);
void        hd_draft_bin_throw         (HdDraftBin *self,
                                        const char *draft_id);
void        hd_draft_bin_take_back     (HdDraftBin *self,
                                        const char *draft_id);
void        hd_draft_bin_empty         (HdDraftBin *self,
                                        const char *draft_id);
void        hd_draft_bin_empty_all     (HdDraftBin *self);
GListModel *hd_draft_bin_filter        (HdDraftBin *self,
                                        GListModel *drafts) G_GNUC_WARN_UNUSED_RESULT;
gboolean    hd_draft_bin_holds         (HdDraftBin *self,
                                        const char *draft_id);

G_END_DECLS
