/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-record-array.h"

/**
 * HdRecordArray:
 *
 * A #GListModel that never changes: an answer of the store, made on its thread.
 * Unlike #GListStore it costs nothing to make and to free, and reaches any item at once.
 */

struct _HdRecordArray
{
  GObject    parent_instance;

  GType      item_type;
  GPtrArray *records;  /* (owned) (nullable): NULL once stolen */
  gboolean   is_provisional;
};

static GType
hd_record_array_get_item_type (GListModel *model)
{
  return HD_RECORD_ARRAY (model)->item_type;
}

static guint
hd_record_array_get_n_items (GListModel *model)
{
  HdRecordArray *self = HD_RECORD_ARRAY (model);

  return self->records != NULL ? self->records->len : 0;
}

static gpointer
hd_record_array_get_item (GListModel *model,
                          guint       position)
{
  HdRecordArray *self = HD_RECORD_ARRAY (model);

  if (self->records == NULL || position >= self->records->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->records, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = hd_record_array_get_item_type;
  iface->get_n_items = hd_record_array_get_n_items;
  iface->get_item = hd_record_array_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HdRecordArray, hd_record_array, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
hd_record_array_finalize (GObject *object)
{
  HdRecordArray *self = HD_RECORD_ARRAY (object);

  g_clear_pointer (&self->records, g_ptr_array_unref);

  G_OBJECT_CLASS (hd_record_array_parent_class)->finalize (object);
}

static void
hd_record_array_class_init (HdRecordArrayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_record_array_finalize;
}

static void
hd_record_array_init (HdRecordArray *self)
{
}

/**
 * hd_record_array_new:
 * @item_type: the type of all records
 * @records: (transfer full): an array that frees its elements with g_object_unref()
 *
 * Returns: (transfer full): a list of them
 */
HdRecordArray *
hd_record_array_new (GType      item_type,
                     GPtrArray *records)
{
  HdRecordArray *self = g_object_new (HD_TYPE_RECORD_ARRAY, NULL);

  self->item_type = item_type;
  self->records = records;
  return self;
}

/* Says that there is a better answer, but not yet. */
void
hd_record_array_set_provisional (HdRecordArray *self,
                                 gboolean       is_provisional)
{
  g_return_if_fail (HD_IS_RECORD_ARRAY (self));

  self->is_provisional = is_provisional;
}

gboolean
hd_record_array_is_provisional (HdRecordArray *self)
{
  g_return_val_if_fail (HD_IS_RECORD_ARRAY (self), FALSE);

  return self->is_provisional;
}

/* Returns: (transfer none) (nullable): the records themselves */
GPtrArray *
hd_record_array_peek (HdRecordArray *self)
{
  g_return_val_if_fail (HD_IS_RECORD_ARRAY (self), NULL);

  return self->records;
}

/* Returns: (transfer full) (nullable): the records; the list is empty then */
GPtrArray *
hd_record_array_steal (HdRecordArray *self)
{
  g_return_val_if_fail (HD_IS_RECORD_ARRAY (self), NULL);

  return g_steal_pointer (&self->records);
}
