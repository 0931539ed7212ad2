/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-slot.h"

/**
 * HdSlot:
 *
 * A place in a list, which an item stands in: see #HdSlotList.  “changed” tells
 * that there is another item in it, or that the item has another property.
 */

struct _HdSlot
{
  GObject  parent_instance;

  GObject *item;                /* (owned) (nullable) */
  gulong   notify_id;
};

G_DEFINE_FINAL_TYPE (HdSlot, hd_slot, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell_change (HdSlot *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_item (HdSlot *self)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->notify_id, self->item);

  g_clear_object (&self->item);
}

static void
hd_slot_dispose (GObject *object)
{
  drop_item (HD_SLOT (object));

  G_OBJECT_CLASS (hd_slot_parent_class)->dispose (object);
}

static void
hd_slot_class_init (HdSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hd_slot_dispose;

  signals[CHANGED] = g_signal_new ("changed", HD_TYPE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_slot_init (HdSlot *self)
{
}

/**
 * hd_slot_new:
 * @item: (type GObject) (nullable): what stands in it
 *
 * Returns: (transfer full): a slot
 */
HdSlot *
hd_slot_new (gpointer item)
{
  HdSlot *self = g_object_new (HD_TYPE_SLOT, NULL);

  hd_slot_set_item (self, item);
  return self;
}

/* Returns: (transfer none) (nullable): what stands in it */
gpointer
hd_slot_get_item (HdSlot *self)
{
  g_return_val_if_fail (HD_IS_SLOT (self), NULL);

  return self->item;
}

/**
 * hd_slot_set_item:
 * @self: a slot
 * @item: (type GObject) (nullable): what is to stand in it
 */
void
hd_slot_set_item (HdSlot   *self,
                  gpointer  item)
{
  g_return_if_fail (HD_IS_SLOT (self));

  if (self->item == item)
    return;

  drop_item (self);
  if (item != NULL)
    {
      self->item = g_object_ref (item);
      self->notify_id = g_signal_connect_swapped (item, "notify", G_CALLBACK (tell_change), self);
    }

  tell_change (self);
}
