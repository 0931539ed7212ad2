/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-offline-categories.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-store-cache.h"

/**
 * HdOfflineCategories:
 *
 * Which categories are to be there offline in any case, with their pictures: what
 * is shown beside a category and in the preferences is always the same.
 *
 * There is one for a store.  Emits “changed”.
 */

struct _HdOfflineCategories
{
  GObject       parent_instance;

  HdStore      *store;        /* (unowned): owns this */
  GHashTable   *ids;          /* (owned) (element-type utf8 guint): with how many pictures are missing */
  gboolean      is_asking;
  gboolean      is_outdated;  /* something was set, or has come, since they were asked for */
  GCancellable *cancellable;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (HdOfflineCategories, hd_offline_categories, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} HdOfflineCategoriesSignal;

static guint signals[N_SIGNALS];

static void ask (HdOfflineCategories *self);

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HdOfflineCategories *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) ids = hd_store_list_offline_categories_finish (HD_STORE (object), result, &error);

  if (hd_error_is_cancelled (error))
    return;

  self->is_asking = FALSE;

  if (self->is_outdated)
    {
      ask (self);
      return;
    }

  if (error != NULL)
    return;

  g_clear_pointer (&self->ids, g_hash_table_unref);
  self->ids = g_steal_pointer (&ids);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
ask (HdOfflineCategories *self)
{
  self->is_outdated = self->is_asking;

  if (self->is_asking)
    return;

  self->is_asking = TRUE;
  hd_store_list_offline_categories_async (self->store, self->cancellable, listed_cb, self);
}

/* What is missing may have come. */
static void
store_changed_cb (HdStore             *store,
                  HdStoreTopics        topics,
                  HdOfflineCategories *self)
{
  if ((topics & (HD_STORE_ARTICLES | HD_STORE_PICTURES)) != 0 && g_hash_table_size (self->ids) > 0)
    ask (self);
}

static void
hd_offline_categories_dispose (GObject *object)
{
  HdOfflineCategories *self = HD_OFFLINE_CATEGORIES (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (hd_offline_categories_parent_class)->dispose (object);
}

static void
hd_offline_categories_finalize (GObject *object)
{
  HdOfflineCategories *self = HD_OFFLINE_CATEGORIES (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->ids);

  G_OBJECT_CLASS (hd_offline_categories_parent_class)->finalize (object);
}

static void
hd_offline_categories_class_init (HdOfflineCategoriesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hd_offline_categories_dispose;
  G_OBJECT_CLASS (klass)->finalize = hd_offline_categories_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hd_offline_categories_init (HdOfflineCategories *self)
{
  self->cancellable = g_cancellable_new ();
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Returns: (transfer none): the store's; it knows them after the first “changed” */
HdOfflineCategories *
hd_offline_categories_get_for_store (HdStore *store)
{
  HdOfflineCategories *self = g_object_get_data (G_OBJECT (store), "hd-offline-categories");

  if (self == NULL)
    {
      self = g_object_new (HD_TYPE_OFFLINE_CATEGORIES, NULL);
      self->store = store;
      g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_DEFAULT);
      g_object_set_data_full (G_OBJECT (store), "hd-offline-categories", self, g_object_unref);
      ask (self);
    }

  return self;
}

gboolean
hd_offline_categories_contains (HdOfflineCategories *self,
                                const char          *category_id)
{
  g_return_val_if_fail (HD_IS_OFFLINE_CATEGORIES (self), FALSE);

  return g_hash_table_contains (self->ids, category_id);
}

/* Returns: (transfer full) (nullable): how many pictures of a category that is to be there are not, in words; NULL for none */
char *
hd_offline_categories_dup_missing (HdOfflineCategories *self,
                                   const char          *category_id)
{
  guint n_missing;

  g_return_val_if_fail (HD_IS_OFFLINE_CATEGORIES (self), NULL);

  n_missing = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, category_id));
  /* Translators: of a category that is to be available offline. */
  return n_missing > 0 ? g_strdup_printf (ngettext ("%u picture is missing", "%u pictures are missing", n_missing), n_missing)
                       : NULL;
}

static void
set_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (hd_store_set_category_offline_finish (HD_STORE (object), result, &error) || hd_error_is_cancelled (error))
    return;

  g_message ("a category could not be marked: %s", error->message);
  ask (hd_offline_categories_get_for_store (HD_STORE (object)));
}

/* Marks the category, and tells everybody who shows it. */
void
hd_offline_categories_set (HdOfflineCategories *self,
                           const char          *category_id,
                           gboolean             offline)
{
  g_return_if_fail (HD_IS_OFFLINE_CATEGORIES (self));

  if (hd_offline_categories_contains (self, category_id) == offline)
    return;

  if (offline)
    g_hash_table_insert (self->ids, g_strdup (category_id), GUINT_TO_POINTER (0));
  else
    g_hash_table_remove (self->ids, category_id);

  self->is_outdated = TRUE;
  hd_store_set_category_offline_async (self->store, category_id, offline, NULL, set_cb, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
