/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-search.h"

#include "hd-search-query.h"
#include "hd-store-private.h"

/* What the person opened of what was found.  It never leaves this computer. */

#define MOST_OPENED 500

static gboolean
run_note_opened (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_auto (HdSearchQuery) query = { 0 };

  hd_search_query_init (&query, database, call->text);

  if (query.terms->len == 0)
    return TRUE;

  return hd_database_run (database, error,
                          "INSERT INTO items.opened (words, stems, kind, id, times, at) VALUES (?, ?, ?, ?, 1, ?)"
                          " ON CONFLICT DO UPDATE SET times = times + 1, at = excluded.at",
                          "ssdsl", query.words, query.stems, (int) call->mark, call->id, g_get_real_time ()) &&
         hd_database_run (database, error,
                          "DELETE FROM items.opened WHERE at < (SELECT at FROM items.opened ORDER BY at DESC LIMIT 1 OFFSET ?)",
                          "d", MOST_OPENED - 1);
}

void
hd_store_note_opened_async (HdStore             *self,
                            const char          *text,
                            HdSearchResult      *opened,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_note_opened, hd_store_note_opened_async,
                                         cancellable, callback, user_data);

  call->words = HD_STORE_ALL_WORDS;
  call->text = g_strdup (text);
  call->mark = hd_search_result_get_kind (opened);
  call->id = g_strdup (hd_search_result_get_id (opened));
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (note_opened)

static gboolean
run_forget_opened (HdStoreCall  *call,
                   HdDatabase   *database,
                   GError      **error)
{
  hd_store_forget_waiting (call->store);
  return hd_database_run (database, error, "DELETE FROM items.opened", "");
}

void
hd_store_forget_opened_async (HdStore             *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_WRITE, run_forget_opened, hd_store_forget_opened_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH (forget_opened)
