/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_TYPE_SLOT (hd_slot_get_type ())

G_DECLARE_FINAL_TYPE (HdSlot, hd_slot, HD, SLOT, GObject)

HdSlot  *hd_slot_new      (gpointer  item) G_GNUC_WARN_UNUSED_RESULT;
gpointer hd_slot_get_item (HdSlot   *self);
void     hd_slot_set_item (HdSlot   *self,
                           gpointer  item);

G_END_DECLS
