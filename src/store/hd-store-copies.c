/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-copies.h"

#include "hd-store-private.h"

/* Requests that are one, for they were filed under one key. */

/*
 * Among those that are open: where the desk or the person has ended one of them,
 * the other is the one that goes on.  What came much later is somebody's own doing.
 */
#define COPIES \
  "SELECT copy.id, copy.first FROM (" \
  "  SELECT r.id, r.created - first_value (r.created) OVER copies AS later, row_number () OVER copies AS nth," \
  "    first_value (coalesce (r.number, r.id)) OVER copies AS first" \
  "  FROM items.conversations AS c JOIN items.requests AS r ON r.row = c.row" \
  "  WHERE r.status NOT IN (3, 4) AND c.client_key IN (SELECT client_key FROM items.conversations" \
  "    WHERE client_key IS NOT NULL GROUP BY client_key HAVING count (*) > 1)" \
  "  WINDOW copies AS (PARTITION BY c.client_key ORDER BY r.created, length (r.id), r.id)) AS copy" \
  " WHERE copy.nth > 1 AND copy.later <= ? AND NOT EXISTS (SELECT 1 FROM drafts.outbox AS o" \
  "   WHERE o.json ->> 'action' = 'cancel' AND o.json ->> 'request_id' = copy.id)"

G_STATIC_ASSERT (HD_STATUS_CLOSED == 3 && HD_STATUS_CANCELLED == 4);

static gboolean
run_list_copies (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdStatement) statement = hd_database_query (database, error, COPIES, "l", (gint64) G_TIME_SPAN_HOUR);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    g_strv_builder_add_many (builder, hd_statement_get_text (statement, 0), hd_statement_get_text (statement, 1), NULL);

  if (step != HD_STEP_DONE)
    return FALSE;

  hd_store_call_take (call, g_strv_builder_end (builder), (GDestroyNotify) g_strfreev);
  return TRUE;
}

void
hd_store_list_copies_async (HdStore             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_list_copies, hd_store_list_copies_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (list_copies, GStrv)
