/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_DRAFT_ROW (hd_draft_row_get_type ())
G_DECLARE_FINAL_TYPE (HdDraftRow, hd_draft_row, HD, DRAFT_ROW, AdwActionRow)

GtkWidget *hd_draft_row_new (HdSession *session,
                             HdDraft   *draft);

G_END_DECLS
