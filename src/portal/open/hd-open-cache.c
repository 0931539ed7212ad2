/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-cache.h"

#include "hd-record-json.h"

/*
 * What was last answered for some paths, with its ETag, so that asking again
 * costs a 304.  In memory, for as long as somebody is signed in.  Whoever asked
 * may change a record, so the cache keeps a copy.
 */

enum { MAX_ENTRIES = 32 };

typedef struct
{
  char     *etag;
  HdRecord *record;
} Entry;

struct _HdOpenCache
{
  GHashTable *entries;  /* (owned) (element-type utf8 Entry) */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->etag);
  g_object_unref (entry->record);
  g_free (entry);
}

HdOpenCache *
hd_open_cache_new (void)
{
  HdOpenCache *self = g_new0 (HdOpenCache, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
hd_open_cache_free (HdOpenCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* Without an ETag the entry is forgotten. */
void
hd_open_cache_put (HdOpenCache *self,
                   const char  *path,
                   const char  *etag,
                   HdRecord    *record)
{
  Entry *entry;

  g_hash_table_remove (self->entries, path);

  if (etag == NULL)
    return;

  if (g_hash_table_size (self->entries) >= MAX_ENTRIES)
    g_hash_table_remove_all (self->entries);

  entry = g_new0 (Entry, 1);
  entry->etag = g_strdup (etag);
  entry->record = hd_record_copy (record);
  g_hash_table_insert (self->entries, g_strdup (path), entry);
}

/**
 * hd_open_cache_get:
 * @self: a cache
 * @path: a path
 * @etag: (out) (transfer none) (nullable): what to ask with
 *
 * Returns: (transfer full) (nullable): what the answer is if nothing changed; not
 *   to be changed itself.  Whoever asks holds it, for the cache may forget it meanwhile.
 */
HdRecord *
hd_open_cache_get (HdOpenCache  *self,
                   const char   *path,
                   const char  **etag)
{
  Entry *entry = g_hash_table_lookup (self->entries, path);

  *etag = entry != NULL ? entry->etag : NULL;
  return entry != NULL ? g_object_ref (entry->record) : NULL;
}

void
hd_open_cache_clear (HdOpenCache *self)
{
  g_hash_table_remove_all (self->entries);
}
