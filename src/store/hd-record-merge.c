/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-record-merge.h"

#include "hd-record.h"

/*
 * Matching a fresh list of records with the present one: a record that is known
 * stays the same object and only has its properties set.  Thousands are matched
 * in slices of a few milliseconds, and freed in such slices, so that no answer
 * of the store stops the main loop.
 */

/* How long a slice may take. */
#define SLICE_USEC 4000
/* How many records are looked at between two looks at the clock; so many are dealt with at once. */
#define SLICE_RECORDS 200

struct _HdRecordMerge
{
  GPtrArray         *present;  /* (owned) (element-type HdRecord) */
  GPtrArray         *fresh;  /* (owned) (nullable) (element-type HdRecord): what is known is put in its place */
  GHashTable        *known;  /* (owned): id → record that was not matched yet */
  guint              n_indexed;
  guint              n_matched;
  guint              source_id;

  HdRecordGetId      get_id;
  HdRecordMergeDone  done;
  gpointer           user_data;
};

static gboolean
free_slice (gpointer user_data)
{
  GPtrArray *records = user_data;
  gint64 end = g_get_monotonic_time () + SLICE_USEC;

  while (records->len > 0 && g_get_monotonic_time () < end)
    {
      guint n = MIN (records->len, SLICE_RECORDS);

      g_ptr_array_remove_range (records, records->len - n, n);
    }

  return records->len > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * hd_records_free_later:
 * @records: (transfer full): records that nobody looks at any more
 *
 * Frees many records without the main loop noticing.
 */
void
hd_records_free_later (GPtrArray *records)
{
  guint id;

  if (records->len <= SLICE_RECORDS)
    {
      g_ptr_array_unref (records);
      return;
    }

  id = g_idle_add_full (G_PRIORITY_LOW, free_slice, records, (GDestroyNotify) g_ptr_array_unref);
  g_source_set_name_by_id (id, "[helpdesk] free records");
}

/**
 * hd_record_merge_new:
 * @present: (element-type HdRecord): the list there is; not changed
 * @fresh: (transfer full) (element-type HdRecord): the list to come
 * @get_id: tells what a record is known by
 * @done: called with the merged list
 * @user_data: for @done
 *
 * Returns: (transfer full): a merge, for hd_record_merge_run()
 */
HdRecordMerge *
hd_record_merge_new (GPtrArray         *present,
                     GPtrArray         *fresh,
                     HdRecordGetId      get_id,
                     HdRecordMergeDone  done,
                     gpointer           user_data)
{
  HdRecordMerge *self = g_new0 (HdRecordMerge, 1);

  self->present = g_ptr_array_ref (present);
  self->fresh = fresh;
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  self->get_id = get_id;
  self->done = done;
  self->user_data = user_data;

  return self;
}

/* Ends a merge, be it done or not. */
void
hd_record_merge_free (HdRecordMerge *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  g_hash_table_unref (self->known);
  if (self->fresh != NULL)
    hd_records_free_later (self->fresh);
  g_ptr_array_unref (self->present);
  g_free (self);
}

/* Puts the record that is known, made equal, in place of the fresh one. */
static void
match_record (HdRecordMerge *self,
              guint          i)
{
  gpointer record = g_ptr_array_index (self->fresh, i);
  gpointer known = NULL;

  if (!g_hash_table_steal_extended (self->known, self->get_id (record), NULL, &known))
    return;

  if (!hd_record_equal (known, record))
    hd_record_assign (known, record);

  g_ptr_array_index (self->fresh, i) = g_object_ref (known);
  g_object_unref (record);
}

/* Returns: whether there is more to do */
static gboolean
merge_some (HdRecordMerge *self)
{
  guint end = MIN (self->n_indexed + SLICE_RECORDS, self->present->len);

  if (self->n_indexed < self->present->len)
    {
      for (; self->n_indexed < end; self->n_indexed++)
        {
          gpointer record = g_ptr_array_index (self->present, self->n_indexed);

          g_hash_table_insert (self->known, (char *) self->get_id (record), record);
        }

      return TRUE;
    }

  if (g_hash_table_size (self->known) == 0)
    return FALSE;

  end = MIN (self->n_matched + SLICE_RECORDS, self->fresh->len);
  for (; self->n_matched < end; self->n_matched++)
    match_record (self, self->n_matched);

  return self->n_matched < self->fresh->len;
}

static gboolean
merge_slice (gpointer user_data)
{
  HdRecordMerge *self = user_data;
  gint64 end = g_get_monotonic_time () + SLICE_USEC;

  while (merge_some (self))
    {
      if (g_get_monotonic_time () >= end)
        return G_SOURCE_CONTINUE;
    }

  self->source_id = 0;
  self->done (g_steal_pointer (&self->fresh), self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * hd_record_merge_run:
 * @self: a merge
 *
 * Begins; a small merge is done when this returns.  The caller frees @self,
 * in its #HdRecordMergeDone at the earliest.
 */
void
hd_record_merge_run (HdRecordMerge *self)
{
  if (self->present->len + self->fresh->len <= SLICE_RECORDS)
    {
      while (merge_some (self))
        ;
      self->done (g_steal_pointer (&self->fresh), self->user_data);
      return;
    }

  self->source_id = g_idle_add (merge_slice, self);
  g_source_set_name_by_id (self->source_id, "[helpdesk] merge records");
}
