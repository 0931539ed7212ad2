/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-leisure.h"

#include "hd-search-words.h"

/*
 * What the store's thread does while nobody wants anything of it: what has come is
 * indexed, and the log is written to where it belongs.
 */

/* For so long nobody must have wanted anything before what can wait is done.  What takes a processor or the disk for
 * some tenths of a second, reading the dictionary and writing the log, is not done in the middle of a sync. */
#define LEISURE_USEC (50 * 1000)
#define LONG_LEISURE_USEC (500 * 1000)

static gboolean
has_log (HdDatabase *database)
{
  return database != NULL && hd_database_has_log (database);
}

/**
 * hd_store_leisure_get_wanted:
 * @self: what can wait
 * @database: (nullable): the connection
 *
 * Returns: for how long nobody must have wanted anything, in microseconds, before something is done; -1 if there is nothing
 */
gint64
hd_store_leisure_get_wanted (HdStoreLeisure *self,
                             HdDatabase     *database)
{
  gboolean indexes = self->indexes && !self->waits;

  if (indexes && (database == NULL || hd_search_words_are_ready (hd_database_get_search_words (database))))
    return LEISURE_USEC;

  return indexes || has_log (database) ? LONG_LEISURE_USEC : -1;
}

/* A little; where that fails, no more before something else comes. */
static void
index_more (HdStoreLeisure *self,
            HdDatabase     *database,
            HdStoreAside   *aside)
{
  g_autoptr (GError) error = NULL;
  HdStoreTopics missing = 0;

  if (database == NULL || !hd_store_index_find_missing (database, &missing, &error))
    g_debug ("what the index lacks is not known: %s", error != NULL ? error->message : "no database");

  self->waits = missing != 0 && !hd_store_aside_are_words_ready (aside, database);
  if (self->waits)
    return;

  if (missing != 0 && !hd_store_index_more (database, &error))
    g_debug ("what has come could not be indexed: %s", error->message);

  self->indexed |= missing;
  self->indexes = missing != 0 && error == NULL;
}

/**
 * hd_store_leisure_use:
 * @self: what can wait
 * @leisure: for how long nobody has wanted anything, in microseconds
 * @database: (nullable): the connection, in no transaction
 * @aside: who waits for the words
 *
 * Does a little of it.
 *
 * Returns: of what all that has come was indexed with this: who shows what was found looks again
 */
HdStoreTopics
hd_store_leisure_use (HdStoreLeisure *self,
                      gint64          leisure,
                      HdDatabase     *database,
                      HdStoreAside   *aside)
{
  HdStoreTopics indexed;

  if (has_log (database) && leisure >= LONG_LEISURE_USEC)
    {
      hd_database_write_log (database);
      return 0;
    }

  index_more (self, database, aside);
  if (self->indexes)
    return 0;

  indexed = self->indexed;
  self->indexed = 0;
  return indexed;
}
