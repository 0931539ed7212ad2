/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_OFFERING_POPOVER (hd_offering_popover_get_type ())
G_DECLARE_FINAL_TYPE (HdOfferingPopover, hd_offering_popover, HD, OFFERING_POPOVER, GtkPopover)

GtkWidget *hd_offering_popover_new (HdSession *session);

G_END_DECLS
