/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-record-steps.h"

#include "hd-record-merge.h"

/*
 * The records of a list model, and how others take their place.
 *
 * A view has widgets for some two hundred records.  Where a long list is replaced
 * by another one, these go in steps, a frame or two apart, so that the view never
 * destroys and makes all of them within one turn of the main loop: the top comes
 * at once, the rest follows within moments.
 */

#define STEP_RECORDS 12
#define STEPPED_RECORDS 250
#define STEP_MSEC 12

struct _HdRecordSteps
{
  GListModel        *model;  /* (unowned): owns this */
  GPtrArray         *records;  /* (owned) (element-type HdRecord) */
  guint              n_shown;  /* how many of them are in the list yet */
  GPtrArray         *old;  /* (owned) (element-type HdRecord): what still follows them, from n_gone on */
  guint              n_gone;
  guint              step_id;

  HdRecordStepsDone  done;
  gpointer           user_data;
};

static GPtrArray *
new_array (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * hd_record_steps_new:
 * @model: the model that holds the records, with a property “n-items”
 * @done: called when the last step of a replacement is done
 * @user_data: for @done
 *
 * Returns: (transfer full): no records
 */
HdRecordSteps *
hd_record_steps_new (GListModel        *model,
                     HdRecordStepsDone  done,
                     gpointer           user_data)
{
  HdRecordSteps *self = g_new0 (HdRecordSteps, 1);

  self->model = model;
  self->records = new_array ();
  self->old = new_array ();
  self->done = done;
  self->user_data = user_data;

  return self;
}

void
hd_record_steps_free (HdRecordSteps *self)
{
  hd_record_steps_stop (self);
  hd_records_free_later (self->records);
  hd_records_free_later (self->old);
  g_free (self);
}

guint
hd_record_steps_get_n_items (HdRecordSteps *self)
{
  return self->n_shown + (self->old->len - self->n_gone);
}

/* Returns: (transfer full) (nullable): a record */
gpointer
hd_record_steps_get_item (HdRecordSteps *self,
                          guint          position)
{
  if (position < self->n_shown)
    return g_object_ref (g_ptr_array_index (self->records, position));

  position = position - self->n_shown + self->n_gone;
  return position < self->old->len ? g_object_ref (g_ptr_array_index (self->old, position)) : NULL;
}

/* Returns: (transfer none): what the list is, or is becoming */
GPtrArray *
hd_record_steps_get_records (HdRecordSteps *self)
{
  return self->records;
}

/* Whether there are steps to come. */
gboolean
hd_record_steps_is_busy (HdRecordSteps *self)
{
  return self->step_id != 0;
}

/* The model is being disposed: no more steps. */
void
hd_record_steps_stop (HdRecordSteps *self)
{
  g_clear_handle_id (&self->step_id, g_source_remove);
}

static void
tell_change (HdRecordSteps *self,
             guint          position,
             guint          removed,
             guint          added)
{
  if (removed == 0 && added == 0)
    return;

  g_list_model_items_changed (self->model, position, removed, added);
  if (removed != added)
    g_object_notify (G_OBJECT (self->model), "n-items");
}

/* Puts the next records, at most n of them, in the place of as many old ones. */
static void
replace_some (HdRecordSteps *self,
              guint          n)
{
  guint position = self->n_shown;
  guint added = MIN (n, self->records->len - self->n_shown);
  guint removed = MIN (n, self->old->len - self->n_gone);

  self->n_shown += added;
  self->n_gone += removed;

  if (self->n_gone == self->old->len)
    {
      hd_records_free_later (g_steal_pointer (&self->old));
      self->old = new_array ();
      self->n_gone = 0;
    }

  tell_change (self, position, removed, added);
}

static gboolean
step_cb (gpointer user_data)
{
  HdRecordSteps *self = user_data;
  g_autoptr (GListModel) guard = g_object_ref (self->model);

  if (self->n_shown < self->records->len && self->n_shown < STEPPED_RECORDS)
    {
      replace_some (self, STEP_RECORDS);
      return G_SOURCE_CONTINUE;
    }

  self->step_id = 0;
  replace_some (self, G_MAXUINT);
  self->done (self->user_data);
  return G_SOURCE_REMOVE;
}

/* What the list holds now, be it in the middle of being replaced. */
static GPtrArray *
steal_shown (HdRecordSteps *self)
{
  g_autoptr (GPtrArray) records = g_steal_pointer (&self->records);
  GPtrArray *shown;

  if (self->n_shown == records->len && self->old->len == 0)
    return g_steal_pointer (&records);

  shown = new_array ();
  for (guint i = 0; i < self->n_shown; i++)
    g_ptr_array_add (shown, g_object_ref (g_ptr_array_index (records, i)));
  for (guint i = self->n_gone; i < self->old->len; i++)
    g_ptr_array_add (shown, g_object_ref (g_ptr_array_index (self->old, i)));

  hd_records_free_later (g_steal_pointer (&records));
  return shown;
}

/* In one step: tells the one range in which the lists differ. */
static void
replace_at_once (HdRecordSteps *self)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->old);
  GPtrArray *records = self->records;
  guint shorter = MIN (old->len, records->len);
  guint before = 0, after = 0;

  while (before < shorter && old->pdata[before] == records->pdata[before])
    before++;
  while (after < shorter - before && old->pdata[old->len - 1 - after] == records->pdata[records->len - 1 - after])
    after++;

  self->old = new_array ();
  self->n_shown = records->len;
  tell_change (self, before, old->len - before - after, records->len - before - after);
  hd_records_free_later (g_steal_pointer (&old));
}

/**
 * hd_record_steps_replace:
 * @self: the records of a model
 * @records: (transfer full): others
 * @from_the_top: whether they may come in steps, which moves what is scrolled to and selected
 *
 * Puts others in the place of the records, and tells those who look at the model.
 */
void
hd_record_steps_replace (HdRecordSteps *self,
                         GPtrArray     *records,
                         gboolean       from_the_top)
{
  GPtrArray *shown = steal_shown (self);

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_ptr_array_unref (self->old);
  self->old = shown;
  self->n_gone = 0;
  self->records = records;
  self->n_shown = 0;

  if (!from_the_top || records->len <= STEP_RECORDS)
    {
      replace_at_once (self);
      return;
    }

  self->step_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, STEP_MSEC, step_cb, self, NULL);
  g_source_set_name_by_id (self->step_id, "[helpdesk] replace records");
  replace_some (self, STEP_RECORDS);
}
