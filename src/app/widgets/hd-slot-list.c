/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-slot-list.h"

/**
 * HdSlotList:
 *
 * The places of a long list, for a view of it.
 *
 * In a view a row goes with its item: where a list is sorted anew, all its rows are
 * taken apart and made again, one millisecond each.  So here the view is given the
 * places, an #HdSlot each.  While the list is “in-place”, other items come into the
 * same places: the rows stay and only show something else, and the list grows and
 * shrinks at its end.  Otherwise the slots of
 * items that are still near move with them, so that the focus and the selection stay
 * with an item while others come and go around it.
 *
 * There are slots only for the places that somebody looks at.
 */

/* From so many on, items that are gone leave their places to others. */
#define MANY 9

struct _HdSlotList
{
  GObject     parent_instance;

  GListModel *items;            /* (owned) */
  GPtrArray  *slots;            /* (owned) (element-type HdSlot): unowned, NULL where nobody looks */
  GHashTable *positions;        /* (owned): slot that somebody holds → its position */
  gboolean    in_place;
};

static guint
hd_slot_list_get_n_items (GListModel *model)
{
  return HD_SLOT_LIST (model)->slots->len;
}

static GType
hd_slot_list_get_item_type (GListModel *model)
{
  return HD_TYPE_SLOT;
}

/* Nobody looks at the place any more. */
static void
slot_gone_cb (gpointer  user_data,
              GObject  *slot)
{
  HdSlotList *self = user_data;
  gpointer position;

  if (g_hash_table_steal_extended (self->positions, slot, NULL, &position))
    g_ptr_array_index (self->slots, GPOINTER_TO_UINT (position)) = NULL;
}

static gpointer
hd_slot_list_get_item (GListModel *model,
                       guint       position)
{
  HdSlotList *self = HD_SLOT_LIST (model);
  g_autoptr (GObject) item = NULL;
  HdSlot *slot;

  if (position >= self->slots->len)
    return NULL;

  slot = g_ptr_array_index (self->slots, position);
  if (slot != NULL)
    return g_object_ref (slot);

  item = g_list_model_get_item (self->items, position);
  slot = hd_slot_new (item);
  g_ptr_array_index (self->slots, position) = slot;
  g_hash_table_insert (self->positions, slot, GUINT_TO_POINTER (position));
  g_object_weak_ref (G_OBJECT (slot), slot_gone_cb, self);

  return slot;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = hd_slot_list_get_item_type;
  iface->get_n_items = hd_slot_list_get_n_items;
  iface->get_item = hd_slot_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HdSlotList, hd_slot_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

typedef enum
{
  PROP_IN_PLACE = 1,
} HdSlotListProperty;

static GParamSpec *properties[PROP_IN_PLACE + 1];

/* --- A change --- */

/* A range of the list that becomes another one. */
typedef struct
{
  HdSlotList *list;     /* (unowned) */
  guint       position;
  guint       removed;
  guint       added;
  GPtrArray  *slots;    /* (owned): what stands in the new range; unowned, NULL where nobody looks */
  GPtrArray  *held;     /* (owned) (element-type HdSlot): the slots of the old range, in its order */
  GArray     *places;   /* (owned): where in the old range they stood */
  GHashTable *by_item;  /* (owned): item → slot of the old range that has no place yet */
} Change;

static void
change_init (Change     *change,
             HdSlotList *list,
             guint       position,
             guint       removed,
             guint       added)
{
  *change = (Change) { list, position, removed, added };
  change->slots = g_ptr_array_new ();
  g_ptr_array_set_size (change->slots, (int) added);
  change->held = g_ptr_array_new_with_free_func (g_object_unref);
  change->places = g_array_new (FALSE, FALSE, sizeof (guint));
  change->by_item = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < removed; i++)
    {
      HdSlot *slot = g_ptr_array_index (list->slots, position + i);

      if (slot == NULL)
        continue;

      g_ptr_array_add (change->held, g_object_ref (slot));
      g_array_append_val (change->places, i);
      g_hash_table_insert (change->by_item, hd_slot_get_item (slot), slot);
    }
}

static void
change_clear (Change *change)
{
  g_ptr_array_unref (change->slots);
  g_ptr_array_unref (change->held);
  g_array_unref (change->places);
  g_hash_table_unref (change->by_item);
}

/* If an item is in this place of the new range whose slot is in the old one, the slot moves here. */
static void
follow_item (Change *change,
             gint64  place)
{
  g_autoptr (GObject) item = NULL;
  gpointer slot;

  if (place < 0 || place >= change->added || g_ptr_array_index (change->slots, place) != NULL)
    return;

  item = g_list_model_get_item (change->list->items, change->position + (guint) place);
  if (g_hash_table_steal_extended (change->by_item, item, NULL, &slot))
    g_ptr_array_index (change->slots, place) = slot;
}

/* Looks for items where rows are, counted from either end of the range. */
static void
follow_items (Change *change)
{
  gint64 shift = (gint64) change->added - change->removed;

  if (change->list->in_place)
    return;

  for (guint i = 0; i < change->places->len; i++)
    {
      gint64 place = g_array_index (change->places, guint, i);

      follow_item (change, place);
      follow_item (change, place + shift);
    }
}

/* The places of those that are gone, or far away, go to whoever stands there now. */
static void
reuse_places (Change *change)
{
  if (!change->list->in_place && g_hash_table_size (change->by_item) < MANY)
    return;

  for (guint i = 0; i < change->held->len; i++)
    {
      HdSlot *slot = g_ptr_array_index (change->held, i);
      guint place = g_array_index (change->places, guint, i);

      if (place < change->added && g_ptr_array_index (change->slots, place) == NULL &&
          g_hash_table_lookup (change->by_item, hd_slot_get_item (slot)) == slot)
        {
          g_hash_table_remove (change->by_item, hd_slot_get_item (slot));
          g_ptr_array_index (change->slots, place) = slot;
        }
    }
}

/* Puts the new range in the place of the old one. */
static void
replace_range (Change *change)
{
  HdSlotList *self = change->list;
  GPtrArray *slots = self->slots;
  guint n_after = slots->len - change->position - change->removed;
  guint n_before = slots->len;

  for (guint i = 0; i < change->held->len; i++)
    g_hash_table_remove (self->positions, g_ptr_array_index (change->held, i));

  /* There is no array to copy to or from where it is empty. */
  if (change->added > change->removed)
    g_ptr_array_set_size (slots, (int) (n_before + change->added - change->removed));
  if (n_after > 0)
    memmove (slots->pdata + change->position + change->added,
             slots->pdata + change->position + change->removed, n_after * sizeof (gpointer));
  if (change->added > 0)
    memcpy (slots->pdata + change->position, change->slots->pdata, change->added * sizeof (gpointer));
  if (change->added < change->removed)
    g_ptr_array_set_size (slots, (int) (n_before + change->added - change->removed));

  for (guint i = change->position; i < slots->len; i++)
    {
      if (g_ptr_array_index (slots, i) != NULL)
        g_hash_table_insert (self->positions, g_ptr_array_index (slots, i), GUINT_TO_POINTER (i));
    }
}

/* Those who have lost their place are no concern of ours any more. */
static void
forget_lost (Change *change)
{
  for (guint i = 0; i < change->held->len; i++)
    {
      GObject *slot = g_ptr_array_index (change->held, i);

      if (!g_hash_table_contains (change->list->positions, slot))
        g_object_weak_unref (slot, slot_gone_cb, change->list);
    }
}

/* The slots tell themselves what comes into them; of the list, only what is not at its place any more. */
static void
tell_change (Change    *change,
             GPtrArray *before)
{
  HdSlotList *self = change->list;
  guint shorter = MIN (change->removed, change->added);
  guint first = 0, last = 0;

  while (first < shorter && before->pdata[first] == change->slots->pdata[first])
    first++;
  while (last < shorter - first &&
         before->pdata[change->removed - 1 - last] == change->slots->pdata[change->added - 1 - last])
    last++;

  for (guint i = 0; i < change->added; i++)
    {
      HdSlot *slot = g_ptr_array_index (change->slots, i);

      if (slot != NULL)
        {
          g_autoptr (GObject) item = g_list_model_get_item (self->items, change->position + i);

          hd_slot_set_item (slot, item);
        }
    }

  if (first + last < MAX (change->removed, change->added))
    g_list_model_items_changed (G_LIST_MODEL (self), change->position + first,
                                change->removed - first - last, change->added - first - last);
}

static void
items_changed_cb (HdSlotList *self,
                  guint       position,
                  guint       removed,
                  guint       added)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  Change change;

  /* What comes in between or goes there moves all others along through the places. */
  if (self->in_place && removed != added)
    {
      removed = self->slots->len - position;
      added = g_list_model_get_n_items (self->items) - position;
    }

  change_init (&change, self, position, removed, added);
  g_ptr_array_set_size (before, (int) removed);
  if (removed > 0)
    memcpy (before->pdata, self->slots->pdata + position, removed * sizeof (gpointer));

  follow_items (&change);
  reuse_places (&change);
  replace_range (&change);
  forget_lost (&change);
  tell_change (&change, before);
  change_clear (&change);
}

static void
hd_slot_list_dispose (GObject *object)
{
  HdSlotList *self = HD_SLOT_LIST (object);
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->positions);
  while (g_hash_table_iter_next (&iter, &slot, NULL))
    g_object_weak_unref (slot, slot_gone_cb, self);
  g_hash_table_remove_all (self->positions);
  g_ptr_array_set_size (self->slots, 0);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (hd_slot_list_parent_class)->dispose (object);
}

static void
hd_slot_list_finalize (GObject *object)
{
  HdSlotList *self = HD_SLOT_LIST (object);

  g_ptr_array_unref (self->slots);
  g_hash_table_unref (self->positions);

  G_OBJECT_CLASS (hd_slot_list_parent_class)->finalize (object);
}

static void
hd_slot_list_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((HdSlotListProperty) prop_id)
    {
    case PROP_IN_PLACE:
      g_value_set_boolean (value, HD_SLOT_LIST (object)->in_place);
      break;
    }
}

static void
hd_slot_list_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  HdSlotList *self = HD_SLOT_LIST (object);

  switch ((HdSlotListProperty) prop_id)
    {
    case PROP_IN_PLACE:
      if (self->in_place == g_value_get_boolean (value))
        break;

      self->in_place = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static void
hd_slot_list_class_init (HdSlotListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_slot_list_dispose;
  object_class->finalize = hd_slot_list_finalize;
  object_class->get_property = hd_slot_list_get_property;
  object_class->set_property = hd_slot_list_set_property;

  properties[PROP_IN_PLACE] =
    g_param_spec_boolean ("in-place", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hd_slot_list_init (HdSlotList *self)
{
  self->slots = g_ptr_array_new ();
  self->positions = g_hash_table_new (NULL, NULL);
}

/**
 * hd_slot_list_new:
 * @items: the list that a view is to show
 *
 * Returns: (transfer full): its places, of #HdSlot
 */
HdSlotList *
hd_slot_list_new (GListModel *items)
{
  HdSlotList *self = g_object_new (HD_TYPE_SLOT_LIST, NULL);

  self->items = g_object_ref (items);
  g_ptr_array_set_size (self->slots, (int) g_list_model_get_n_items (items));
  g_signal_connect_object (items, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}
