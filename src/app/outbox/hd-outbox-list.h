/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_OUTBOX_LIST (hd_outbox_list_get_type ())
G_DECLARE_FINAL_TYPE (HdOutboxList, hd_outbox_list, HD, OUTBOX_LIST, AdwBin)

GtkWidget *hd_outbox_list_new (HdSession *session);

G_END_DECLS
