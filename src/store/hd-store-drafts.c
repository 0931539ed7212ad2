/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-error.h"

/* Drafts.  Their files are rows of their own, so that saving a text never touches them: hd-store-draft-files.c */

/* Returns: (transfer full): the JSON of a draft without its files */
char *
hd_store_dup_draft_json (HdDraft *draft)
{
  return hd_record_to_string_without (HD_RECORD (draft), "files");
}

gboolean
hd_store_is_in_outbox (HdDatabase  *database,
                       const char  *draft_id,
                       gboolean    *is_in,
                       GError     **error)
{
  gint64 n;

  if (!hd_database_get_int (database, &n, error, "SELECT count (*) FROM drafts.outbox WHERE draft_id = ?",
                            "s", draft_id))
    return FALSE;

  *is_in = n > 0;
  return TRUE;
}

static gboolean
run_save_draft (HdStoreCall  *call,
                HdDatabase   *database,
                GError      **error)
{
  gboolean is_in;

  if (!hd_store_is_in_outbox (database, call->id, &is_in, error))
    return FALSE;

  if (is_in)
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_CONFLICT, "the draft is in the outbox");
      return FALSE;
    }

  call->topics = HD_STORE_DRAFTS;
  return hd_database_run (database, error,
                          "INSERT INTO drafts.drafts (id, offering_id, request_id, updated, json)"
                          " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET"
                          " offering_id = ?2, request_id = ?3, updated = ?4, json = ?5",
                          "sssls", call->id, call->other_id, call->extra, g_get_real_time (), call->text);
}

/**
 * hd_store_save_draft_async:
 * @self: a store
 * @draft: what was typed so far; its list of files is not looked at
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Fails with %HD_ERROR_CONFLICT where the draft is in the outbox: what is being
 * sent does not become a draft again by a late save.
 */
void
hd_store_save_draft_async (HdStore             *self,
                           HdDraft             *draft,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_save_draft, hd_store_save_draft_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (hd_draft_get_id (draft));
  call->other_id = g_strdup (hd_draft_get_offering_id (draft));
  call->extra = g_strdup (hd_draft_get_request_id (draft));
  call->text = hd_store_dup_draft_json (draft);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (save_draft)

/* With its files. */
static HdDraft *
read_draft (HdStoreCall  *call,
            HdDatabase   *database,
            const char   *json,
            GError      **error)
{
  g_autoptr (HdDraft) draft = hd_record_new_from_string (HD_TYPE_DRAFT, json, NULL);
  g_autoptr (GListModel) files = NULL;

  if (draft == NULL)
    return NULL;

  files = hd_store_load_draft_files (call->store, database, hd_draft_get_id (draft), error);
  if (files == NULL)
    return NULL;

  g_object_set (draft, "files", files, NULL);
  return g_steal_pointer (&draft);
}

static gboolean
run_get_draft (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  g_autofree char *json = NULL;

  if (call->id != NULL)
    json = hd_database_get_text (database, error, "SELECT json FROM drafts.drafts WHERE id = ?", "s", call->id);
  else
    json = hd_database_get_text (database, error,
                                 "SELECT json FROM drafts.drafts"
                                 " WHERE (?1 IS NOT NULL AND offering_id = ?1)"
                                 "    OR (?2 IS NOT NULL AND request_id = ?2)"
                                 " ORDER BY updated DESC, rowid DESC LIMIT 1",
                                 "ss", call->other_id, call->extra);

  if (json != NULL)
    hd_store_call_take (call, read_draft (call, database, json, error), g_object_unref);

  return *error == NULL;
}

void
hd_store_get_draft_async (HdStore             *self,
                          const char          *draft_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_draft, hd_store_get_draft_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (draft_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (get_draft, HdDraft *)

void
hd_store_find_draft_async (HdStore             *self,
                           const char          *offering_id,
                           const char          *request_id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_READ, run_get_draft, hd_store_find_draft_async,
                                         cancellable, callback, user_data);

  call->other_id = g_strdup (offering_id);
  call->extra = g_strdup (request_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (find_draft, HdDraft *)

static gboolean
run_list_drafts (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json FROM drafts.drafts ORDER BY updated DESC, rowid DESC", "");
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      HdDraft *draft = read_draft (call, database, hd_statement_get_text (statement, 0), error);

      if (draft != NULL)
        g_ptr_array_add (records, draft);
      else if (*error != NULL)
        return FALSE;
    }

  return step == HD_STEP_DONE && hd_store_list_result (call, g_steal_pointer (&records), HD_TYPE_DRAFT);
}

void
hd_store_list_drafts_async (HdStore             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_list_drafts, hd_store_list_drafts_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (list_drafts, GListModel *)

static gboolean
run_delete_draft (HdStoreCall  *call,
                  HdDatabase   *database,
                  GError      **error)
{
  gboolean is_in;

  call->topics = HD_STORE_DRAFTS;
  if (!hd_store_is_in_outbox (database, call->id, &is_in, error) ||
      !hd_database_run (database, error, "DELETE FROM drafts.drafts WHERE id = ?", "s", call->id))
    return FALSE;

  /* What is being sent needs its files. */
  if (is_in)
    return TRUE;

  hd_store_call_doom (call, hd_store_dup_draft_directory (call->store, call->id));
  return hd_database_run (database, error, "DELETE FROM drafts.draft_files WHERE draft_id = ?", "s", call->id);
}

void
hd_store_delete_draft_async (HdStore             *self,
                             const char          *draft_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_delete_draft, hd_store_delete_draft_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (draft_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (delete_draft)
