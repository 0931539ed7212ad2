/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-message.h"
#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_MESSAGE_ROW (hd_message_row_get_type ())
G_DECLARE_FINAL_TYPE (HdMessageRow, hd_message_row, HD, MESSAGE_ROW, AdwBin)

GtkWidget *hd_message_row_new         (HdSession  *session,
                                       const char *request_id,
                                       HdMessage  *message);
GtkWidget *hd_message_row_new_pending (const char *text,
                                       const char *state);

G_END_DECLS
