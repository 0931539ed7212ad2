/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-copies.h"

#include "hd-store-private.h"

/*
 * Requests that are one, for the network delivered it twice.  They have one key; or,
 * where the portal keeps none, they are the same in all that was filed and more of
 * them are open than were filed from here.
 *
 * Only among those that are open: where the desk or the person has ended one of them,
 * the other is the one that goes on.  The oldest are always what stays, so that two
 * computers of one person never cancel one each.
 */

G_STATIC_ASSERT (HD_STATUS_CLOSED == 3 && HD_STATUS_CANCELLED == 4);
#define IS_OPEN "r.status NOT IN (3, 4)"

#define BY_AGE "ORDER BY created, length (id), id"

#define IS_NOT_BEING_CANCELLED \
  "NOT EXISTS (SELECT 1 FROM drafts.outbox AS o" \
  "  WHERE o.json ->> 'action' = 'cancel' AND o.json ->> 'request_id' = copy.id)"

/* JSON has no member for the first of an enumeration. */
G_STATIC_ASSERT (HD_ACTION_SUBMIT == 0);
#define IS_FILING "json ->> 'action' IS NULL"

/* --- By their key --- */

/* What came much later is somebody's own doing. */
#define BY_KEY \
  "SELECT copy.id, copy.first FROM (" \
  "  SELECT r.id, r.created - first_value (r.created) OVER copies AS later, row_number () OVER copies AS nth," \
  "    first_value (coalesce (r.number, r.id)) OVER copies AS first" \
  "  FROM items.conversations AS c JOIN items.requests AS r ON r.row = c.row" \
  "  WHERE " IS_OPEN " AND c.client_key IN (SELECT client_key FROM items.conversations" \
  "    WHERE client_key IS NOT NULL GROUP BY client_key HAVING count (*) > 1)" \
  "  WINDOW copies AS (PARTITION BY c.client_key " BY_AGE ")) AS copy" \
  " WHERE copy.nth > 1 AND copy.later <= ? AND " IS_NOT_BEING_CANCELLED

/* --- By their looks --- */

/* Of what was filed from here: after how many more that is forgotten. */
#define MOST_FILED 1000

/*
 * For how long what was filed may turn out to be there twice; and how far apart two
 * deliveries are: a proxy waits for a minute before it tries another server.
 */
#define DAYS 1
#define APART (2 * G_TIME_SPAN_MINUTE)

#define FILES(path) "(SELECT json_group_array (json_remove (value, '$.id')) FROM json_each (c.json, '" path "'))"

/* Who made it, and with what. */
#define LOOKS \
  "json_array (r.subject, r.offering_id, c.json ->> '$.history[0].by', c.json -> '$.fields', " FILES ("$.attachments") "," \
  "  c.json ->> '$.messages[0].mine', c.json ->> '$.messages[0].text', " FILES ("$.messages[0].attachments") ")"

/* What is near one that was filed from here. */
#define NEAR \
  "SELECT near.row FROM drafts.filed AS f JOIN items.requests AS ours ON ours.id = f.request_id" \
  " CROSS JOIN items.requests AS near" \
  " WHERE f.at > ?1 AND abs (near.created - ours.created) <= ?2"

/* What may be there already, and meant, but is not known to be; or is there, and not all of it is known. */
#define UNDER_WAY \
  "SELECT json ->> '$.draft.offering_id' FROM drafts.outbox WHERE " IS_FILING " AND json -> 'baseline' IS NOT NULL" \
  " UNION SELECT offering_id FROM drafts.drafts WHERE baseline IS NOT NULL AND request_id IS NULL" \
  " UNION SELECT r.offering_id FROM drafts.filed AS f JOIN items.requests AS r ON r.id = f.request_id" \
  "   WHERE f.at > ?1 AND NOT r.complete"

/* Of each group, of which none is far from the next, as many stay open as were meant, whatever has become of those. */
#define BY_LOOKS \
  "WITH under_way (offering_id) AS (" UNDER_WAY ")," \
  " known AS (" \
  "  SELECT r.id, coalesce (r.number, r.id) AS number, r.created, " IS_OPEN " AS open, " LOOKS " AS looks," \
  "    EXISTS (SELECT 1 FROM drafts.filed AS f WHERE f.request_id = r.id) AS ours" \
  "  FROM items.requests AS r JOIN items.conversations AS c ON c.row = r.row" \
  "  WHERE r.row IN (" NEAR ") AND r.complete AND c.client_key IS NULL" \
  "    AND coalesce (r.offering_id, '') NOT IN (SELECT coalesce (offering_id, '') FROM under_way))," \
  " gaps AS (SELECT *, coalesce (created - lag (created) OVER (PARTITION BY looks " BY_AGE ") > ?2, 0) AS gap FROM known)," \
  " groups AS (SELECT *, sum (gap) OVER (PARTITION BY looks " BY_AGE ") AS nth_group FROM gaps)," \
  " copies AS (" \
  "  SELECT id, open, row_number () OVER alike AS nth, first_value (number) OVER alike AS first," \
  "    sum (ours) OVER (PARTITION BY looks, nth_group) AS n_meant" \
  "  FROM groups WINDOW alike AS (PARTITION BY looks, nth_group, open " BY_AGE "))" \
  " SELECT copy.id, copy.first FROM copies AS copy" \
  " WHERE copy.open AND copy.n_meant > 0 AND copy.nth > copy.n_meant AND " IS_NOT_BEING_CANCELLED

/**
 * hd_store_note_filed:
 * @database: the connection, in a transaction
 * @submission_id: an entry of the outbox that has arrived
 * @request_id: (nullable): the request that it became
 * @error: return location for an error
 *
 * Remembers what was filed from here, if only its looks tell it: then the entry has a baseline.  It is in the outbox's
 * file, so that no power cut leaves neither.  No clock forgets it: of two that were meant both are remembered or none.
 */
gboolean
hd_store_note_filed (HdDatabase  *database,
                     const char  *submission_id,
                     const char  *request_id,
                     GError     **error)
{
  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO drafts.filed (request_id, at) SELECT ?, ? FROM drafts.outbox"
                          " WHERE id = ? AND " IS_FILING " AND json -> 'baseline' IS NOT NULL",
                          "sls", request_id, g_get_real_time (), submission_id) &&
         hd_database_run (database, error,
                          "DELETE FROM drafts.filed WHERE position <= (SELECT max (position) FROM drafts.filed) - ?",
                          "d", MOST_FILED);
}

/* --- Listing them --- */

static gboolean
add_copies (GStrvBuilder  *found,
            HdStatement   *statement,
            GError       **error)
{
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    g_strv_builder_add_many (found, hd_statement_get_text (statement, 0), hd_statement_get_text (statement, 1), NULL);

  return step == HD_STEP_DONE;
}

static gboolean
run_list_copies (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (HdStatement) by_key = hd_database_query (database, error, BY_KEY, "l", (gint64) G_TIME_SPAN_HOUR);
  g_autoptr (HdStatement) by_looks = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  if (!add_copies (found, by_key, error))
    return FALSE;

  by_looks = hd_database_query (database, error, BY_LOOKS, "ll", hd_store_days_ago (DAYS), (gint64) APART);

  if (!add_copies (found, by_looks, error))
    return FALSE;

  hd_store_call_take (call, g_strv_builder_end (found), (GDestroyNotify) g_strfreev);
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
