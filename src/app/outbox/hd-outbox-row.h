/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_OUTBOX_ROW (hd_outbox_row_get_type ())
G_DECLARE_FINAL_TYPE (HdOutboxRow, hd_outbox_row, HD, OUTBOX_ROW, AdwExpanderRow)

GtkWidget *hd_outbox_row_new (HdSession    *session,
                              HdSubmission *submission,
                              GListModel   *outbox);

G_END_DECLS
