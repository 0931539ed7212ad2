/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-html-text.h"

/* News and announcements. */

static gboolean
keep_announcement (HdDatabase      *database,
                   HdAnnouncement  *announcement,
                   GError         **error)
{
  g_autofree char *json = hd_record_to_string (HD_RECORD (announcement));

  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO main.announcements (id, published, expires, json)"
                          " VALUES (?, ?, ?, ?)",
                          "slls", hd_announcement_get_id (announcement),
                          hd_database_date_time (hd_announcement_get_published_at (announcement)),
                          hd_database_date_time (hd_announcement_get_expires_at (announcement)), json);
}

/* In place of all that there were. */
gboolean
hd_store_keep_announcements (HdDatabase          *database,
                             HdAnnouncementList  *list,
                             GError             **error)
{
  GListModel *announcements = hd_announcement_list_get_announcements (list);

  if (!hd_database_run (database, error, "DELETE FROM main.announcements", ""))
    return FALSE;

  for (guint i = 0; announcements != NULL && i < g_list_model_get_n_items (announcements); i++)
    {
      g_autoptr (HdAnnouncement) announcement = g_list_model_get_item (announcements, i);

      if (!keep_announcement (database, announcement, error))
        return FALSE;
    }

  return hd_store_set_fact (database, HD_STORE_ANNOUNCEMENTS_TO_INDEX, "", error);
}

static gboolean
index_announcement (HdDatabase      *database,
                    HdAnnouncement  *announcement,
                    GError         **error)
{
  g_autofree char *text = NULL;
  g_autofree char *headings = NULL;
  g_autofree char *words = NULL;

  hd_html_to_text (hd_announcement_get_body (announcement), &text, &headings);
  words = g_strjoin (" ", text, hd_announcement_get_summary (announcement), NULL);

  return hd_store_index (database, HD_RESULT_KIND_ANNOUNCEMENT, hd_announcement_get_id (announcement),
                         hd_announcement_get_title (announcement), headings, NULL, words, NULL,
                         hd_announcement_get_published_at (announcement), error);
}

/* Those that are kept, in place of what was indexed; one that is damaged is passed over. */
gboolean
hd_store_index_announcements (HdDatabase  *database,
                              GError     **error)
{
  g_autoptr (HdStatement) statement = NULL;
  HdStep step = HD_STEP_ERROR;

  if (!hd_store_unindex_kind (database, HD_RESULT_KIND_ANNOUNCEMENT, error))
    return FALSE;

  statement = hd_database_query (database, error, "SELECT json FROM main.announcements", "");
  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      g_autoptr (HdAnnouncement) announcement =
        hd_record_new_from_string (HD_TYPE_ANNOUNCEMENT, hd_statement_get_text (statement, 0), NULL);

      if (announcement != NULL && !index_announcement (database, announcement, error))
        return FALSE;
    }

  return step == HD_STEP_DONE;
}

static gboolean
run_put_announcements (HdStoreCall  *call,
                       HdDatabase   *database,
                       GError      **error)
{
  call->topics = HD_STORE_ANNOUNCEMENTS;
  hd_store_index_soon (call->store);
  return hd_store_keep_announcements (database, call->record, error);
}

/**
 * hd_store_put_announcements_async:
 * @self: a store
 * @announcements: all there are; not to be changed any more
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 */
void
hd_store_put_announcements_async (HdStore             *self,
                                  HdAnnouncementList  *announcements,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_put_announcements,
                                         hd_store_put_announcements_async, cancellable, callback, user_data);

  call->record = g_object_ref (announcements);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (put_announcements)

static gboolean
run_list_announcements (HdStoreCall  *call,
                        HdDatabase   *database,
                        GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error,
                       "SELECT json FROM main.announcements WHERE expires = 0 OR expires > ?"
                       " ORDER BY published DESC, id",
                       "l", g_get_real_time ());

  return hd_store_read_records (call, statement, HD_TYPE_ANNOUNCEMENT, error);
}

void
hd_store_list_announcements_async (HdStore             *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_list_announcements,
                                         hd_store_list_announcements_async, cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (list_announcements, GListModel *)

static gboolean
run_get_announcement (HdStoreCall  *call,
                      HdDatabase   *database,
                      GError      **error)
{
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json FROM main.announcements WHERE id = ?", "s", call->id);

  return hd_store_read_record (call, statement, HD_TYPE_ANNOUNCEMENT, error);
}

void
hd_store_get_announcement_async (HdStore             *self,
                                 const char          *announcement_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_announcement, hd_store_get_announcement_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (announcement_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_announcement, HdAnnouncement *)
