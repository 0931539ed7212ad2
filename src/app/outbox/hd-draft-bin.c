/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-draft-bin.h"

/**
 * HdDraftBin:
 *
 * Drafts that were deleted a moment ago and can still be taken back.  They are
 * hidden, not gone: only emptying the bin deletes.  If the program ends before
 * that, the draft is there again, which is the better mistake.  Whoever opens one
 * has taken it back.
 *
 * There is one for a store.  Emits “changed”.
 */

struct _HdDraftBin
{
  GObject     parent_instance;

  HdStore    *store;   /* (unowned): owns this */
  GHashTable *ids;     /* (owned) (element-type utf8) */
};

G_DEFINE_FINAL_TYPE (HdDraftBin, hd_draft_bin, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} HdDraftBinSignal;

static guint signals[N_SIGNALS];

static void
hd_draft_bin_finalize (GObject *object)
{
  g_hash_table_unref (HD_DRAFT_BIN (object)->ids);

  G_OBJECT_CLASS (hd_draft_bin_parent_class)->finalize (object);
}

static void
hd_draft_bin_class_init (HdDraftBinClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_draft_bin_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_draft_bin_init (HdDraftBin *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Returns: (transfer none): the store's bin */
HdDraftBin *
hd_draft_bin_get_for_store (HdStore *store)
{
  HdDraftBin *self = g_object_get_data (G_OBJECT (store), "hd-draft-bin");

  if (self == NULL)
    {
      self = g_object_new (HD_TYPE_DRAFT_BIN, NULL);
      self->store = store;
      g_object_set_data_full (G_OBJECT (store), "hd-draft-bin", self, g_object_unref);
    }

  return self;
}

/* Hides the draft. */
void
hd_draft_bin_throw (HdDraftBin *self,
                    const char *draft_id)
{
  g_return_if_fail (HD_IS_DRAFT_BIN (self));

  if (g_hash_table_add (self->ids, g_strdup (draft_id)))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Shows it again. */
void
hd_draft_bin_take_back (HdDraftBin *self,
                        const char *draft_id)
{
  g_return_if_fail (HD_IS_DRAFT_BIN (self));

  if (g_hash_table_remove (self->ids, draft_id))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
draft_deleted_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autofree char *draft_id = user_data;
  g_autoptr (GError) error = NULL;
  HdDraftBin *self = hd_draft_bin_get_for_store (HD_STORE (object));

  /* What could not be deleted is to be seen; what is written under the same id later, too, but the lists know first
   * that it has gone. */
  if (hd_store_delete_draft_finish (HD_STORE (object), result, &error))
    g_hash_table_remove (self->ids, draft_id);
  else
    hd_draft_bin_take_back (self, draft_id);
}

/* Deletes it for good, unless it was taken back. */
void
hd_draft_bin_empty (HdDraftBin *self,
                    const char *draft_id)
{
  g_return_if_fail (HD_IS_DRAFT_BIN (self));

  if (hd_draft_bin_holds (self, draft_id))
    hd_store_delete_draft_async (self->store, draft_id, NULL, draft_deleted_cb, g_strdup (draft_id));
}

/* Deletes all of it for good: nobody can take anything back any more. */
void
hd_draft_bin_empty_all (HdDraftBin *self)
{
  g_autofree gpointer *ids = NULL;
  guint n_ids;

  g_return_if_fail (HD_IS_DRAFT_BIN (self));

  ids = g_hash_table_get_keys_as_array (self->ids, &n_ids);

  for (guint i = 0; i < n_ids; i++)
    hd_draft_bin_empty (self, ids[i]);
}

static gboolean
is_not_thrown (gpointer item,
               gpointer user_data)
{
  return !hd_draft_bin_holds (user_data, hd_draft_get_id (item));
}

static void
bin_changed_cb (GtkFilter *filter)
{
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * hd_draft_bin_filter:
 * @self: a bin
 * @drafts: (transfer full) (element-type HdDraft): drafts of its store
 *
 * Returns: (transfer full) (element-type HdDraft): those that were not thrown away
 */
GListModel *
hd_draft_bin_filter (HdDraftBin *self,
                     GListModel *drafts)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_not_thrown, g_object_ref (self), g_object_unref));

  g_signal_connect_object (self, "changed", G_CALLBACK (bin_changed_cb), filter, G_CONNECT_SWAPPED);

  return G_LIST_MODEL (gtk_filter_list_model_new (drafts, filter));
}

gboolean
hd_draft_bin_holds (HdDraftBin *self,
                    const char *draft_id)
{
  g_return_val_if_fail (HD_IS_DRAFT_BIN (self), FALSE);
  return g_hash_table_contains (self->ids, draft_id);
}
