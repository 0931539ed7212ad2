/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-slot.h"

G_BEGIN_DECLS

#define HD_TYPE_SLOT_LIST (hd_slot_list_get_type ())

G_DECLARE_FINAL_TYPE (HdSlotList, hd_slot_list, HD, SLOT_LIST, GObject)

HdSlotList *hd_slot_list_new (GListModel *items) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
