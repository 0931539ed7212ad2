/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_ACCOUNT_POPOVER (hd_account_popover_get_type ())
G_DECLARE_FINAL_TYPE (HdAccountPopover, hd_account_popover, HD, ACCOUNT_POPOVER, GtkPopover)

GtkWidget *hd_account_popover_new (HdSession *session);

G_END_DECLS
