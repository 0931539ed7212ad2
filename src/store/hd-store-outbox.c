/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-store-private.h"

#include "hd-error.h"

/*
 * The outbox.  An entry holds its draft, whose files stay where they are; so
 * moving a draft here and back is a change of one file, drafts.db, in one
 * transaction.
 */

/* The JSON of an entry without its draft's files. */
static char *
dup_submission_json (HdSubmission *submission)
{
  g_autoptr (JsonNode) node = hd_record_to_json (HD_RECORD (submission));
  JsonNode *draft = json_object_get_member (json_node_get_object (node), "draft");

  if (draft != NULL)
    json_object_remove_member (json_node_get_object (draft), "files");

  return json_to_string (node, FALSE);
}

static void
set_submission (HdStoreCall  *call,
                HdSubmission *submission)
{
  HdDraft *draft = hd_submission_get_draft (submission);

  call->id = g_strdup (hd_submission_get_id (submission));
  call->other_id = draft != NULL ? g_strdup (hd_draft_get_id (draft)) : NULL;
  call->text = dup_submission_json (submission);
  call->limit = hd_submission_get_state (submission);
  call->topics = HD_STORE_OUTBOX;
}

static gboolean
set_in_outbox (GError **error)
{
  g_set_error_literal (error, HD_ERROR, HD_ERROR_CONFLICT, "the draft is in the outbox already");
  return FALSE;
}

/* What may have arrived keeps its key and its baseline, so that it is known again. */
static gboolean
take_over_key (HdStoreCall  *call,
               HdDatabase   *database,
               GError      **error)
{
  g_autofree char *text =
    hd_database_get_text (database, error,
                          "SELECT json_patch (?, json_object ('client_key', client_key, 'baseline', json (baseline)))"
                          " FROM drafts.drafts WHERE id = ? AND client_key IS NOT NULL", "ss", call->text, call->other_id);

  if (text == NULL)
    return *error == NULL;

  g_free (call->text);
  call->text = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
run_enqueue (HdStoreCall  *call,
             HdDatabase   *database,
             GError      **error)
{
  gboolean is_in = FALSE;

  call->topics = HD_STORE_OUTBOX | (call->other_id != NULL ? HD_STORE_DRAFTS : 0);

  if (call->other_id != NULL &&
      (!hd_store_is_in_outbox (database, call->other_id, &is_in, error) ||
       !take_over_key (call, database, error)))
    return FALSE;

  if (is_in)
    return set_in_outbox (error);

  return hd_database_run (database, error,
                          "INSERT INTO drafts.outbox (id, draft_id, state, json) VALUES (?, ?, ?, ?)",
                          "ssds", call->id, call->other_id, (int) call->limit, call->text) &&
         hd_database_run (database, error, "DELETE FROM drafts.drafts WHERE id = ?", "s", call->other_id);
}

/**
 * hd_store_enqueue_async:
 * @self: a store
 * @submission: a new entry
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Fails with %HD_ERROR_CONFLICT where the draft is in the outbox already: two
 * windows cannot send it twice.  A draft that was sent before, nobody knows
 * whether in vain, is sent under the key that it had then.
 */
void
hd_store_enqueue_async (HdStore             *self,
                        HdSubmission        *submission,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_enqueue, hd_store_enqueue_async,
                                         cancellable, callback, user_data);

  set_submission (call, submission);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (enqueue)

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, HD_ERROR, HD_ERROR_NOT_FOUND, "the outbox has no such entry");
  return FALSE;
}

static gboolean
run_update_submission (HdStoreCall  *call,
                       HdDatabase   *database,
                       GError      **error)
{
  call->topics = HD_STORE_OUTBOX;

  if (!hd_database_run (database, error, "UPDATE drafts.outbox SET state = ?, json = ? WHERE id = ?",
                        "dss", (int) call->limit, call->text, call->id))
    return FALSE;

  return hd_database_count_changes (database) > 0 || set_not_found (error);
}

/**
 * hd_store_update_submission_async:
 * @self: a store
 * @submission: an entry that was changed
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Fails with %HD_ERROR_NOT_FOUND where the entry was discarded meanwhile.
 */
void
hd_store_update_submission_async (HdStore             *self,
                                  HdSubmission        *submission,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_update_submission,
                                         hd_store_update_submission_async, cancellable, callback, user_data);

  set_submission (call, submission);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (update_submission)

/* With its draft's files. */
static HdSubmission *
read_submission (HdStoreCall  *call,
                 HdDatabase   *database,
                 const char   *json,
                 GError      **error)
{
  g_autoptr (HdSubmission) submission = hd_record_new_from_string (HD_TYPE_SUBMISSION, json, NULL);
  HdDraft *draft = submission != NULL ? hd_submission_get_draft (submission) : NULL;

  if (draft != NULL)
    {
      g_autoptr (GListModel) files =
        hd_store_load_draft_files (call->store, database, hd_draft_get_id (draft), error);

      if (files == NULL)
        return NULL;

      g_object_set (draft, "files", files, NULL);
    }

  return g_steal_pointer (&submission);
}

/* Deletes an entry, and its files unless they go on as a draft's. */
static gboolean
delete_entry (HdStoreCall  *call,
              HdDatabase   *database,
              gboolean      keep_files,
              GError      **error)
{
  g_autofree char *draft_id =
    hd_database_get_text (database, error, "SELECT draft_id FROM drafts.outbox WHERE id = ?", "s", call->id);

  call->topics |= HD_STORE_OUTBOX;

  if (*error != NULL ||
      !hd_database_run (database, error, "DELETE FROM drafts.outbox WHERE id = ?", "s", call->id))
    return FALSE;

  if (draft_id == NULL || keep_files)
    return TRUE;

  hd_store_call_doom (call, hd_store_dup_draft_directory (call->store, draft_id));
  return hd_database_run (database, error, "DELETE FROM drafts.draft_files WHERE draft_id = ?", "s", draft_id);
}

/* Of the two files the items are written first: should the power fail in
 * between, the entry is sent again with its key, which the portal knows. */
static gboolean
run_finish_submission (HdStoreCall  *call,
                       HdDatabase   *database,
                       GError      **error)
{
  if (call->record != NULL)
    {
      call->topics |= HD_STORE_REQUESTS;
      hd_store_index_soon (call->store);
      if (!hd_store_keep_request (database, call->record, TRUE, error) ||
          !hd_store_note_filed (database, call->id, hd_request_get_id (call->record), error))
        return FALSE;
    }

  return delete_entry (call, database, FALSE, error);
}

void
hd_store_finish_submission_async (HdStore             *self,
                                  const char          *submission_id,
                                  HdRequest           *request,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_finish_submission,
                                         hd_store_finish_submission_async, cancellable, callback, user_data);

  call->id = g_strdup (submission_id);
  call->record = request != NULL ? g_object_ref (request) : NULL;
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (finish_submission)

/*
 * Whether the portal may have it.  A refusal speaks of the attempt that it answers;
 * of an earlier one only that the portal has it, which the person was told then.
 */
static gboolean
is_uncertain (HdSubmission *submission)
{
  gint64 attempts = hd_submission_get_attempts (submission);

  if (hd_submission_get_state (submission) != HD_SUBMISSION_STATE_REFUSED)
    return attempts > 0;

  return attempts > 1 && hd_submission_get_error_code (submission) != HD_ERROR_SENT_BEFORE;
}

/* Returns: (transfer full) (nullable): JSON */
static char *
dup_baseline (HdSubmission *submission)
{
  g_autoptr (JsonNode) node = hd_record_to_json (HD_RECORD (submission));
  JsonNode *baseline = json_object_get_member (json_node_get_object (node), "baseline");

  return baseline != NULL ? json_to_string (baseline, FALSE) : NULL;
}

static gboolean
keep_draft (HdDatabase    *database,
            HdSubmission  *submission,
            GError       **error)
{
  HdDraft *draft = hd_submission_get_draft (submission);
  gboolean uncertain = is_uncertain (submission);
  g_autofree char *json = hd_store_dup_draft_json (draft);
  g_autofree char *baseline = uncertain ? dup_baseline (submission) : NULL;

  return hd_database_run (database, error,
                          "INSERT OR REPLACE INTO drafts.drafts"
                          " (id, offering_id, request_id, updated, json, client_key, baseline) VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "ssslsss", hd_draft_get_id (draft), hd_draft_get_offering_id (draft),
                          hd_draft_get_request_id (draft), g_get_real_time (), json,
                          uncertain ? hd_submission_get_client_key (submission) : NULL, baseline);
}

static gboolean
set_being_sent (GError **error)
{
  g_set_error_literal (error, HD_ERROR, HD_ERROR_CONFLICT, "the entry is being sent");
  return FALSE;
}

static gboolean
run_return_to_draft (HdStoreCall  *call,
                     HdDatabase   *database,
                     GError      **error)
{
  g_autofree char *json =
    hd_database_get_text (database, error, "SELECT json FROM drafts.outbox WHERE id = ?", "s", call->id);
  g_autoptr (HdSubmission) submission = json != NULL ? read_submission (call, database, json, error) : NULL;
  HdDraft *draft = submission != NULL ? hd_submission_get_draft (submission) : NULL;

  if (*error != NULL)
    return FALSE;

  if (draft == NULL)
    return set_not_found (error);

  if (hd_submission_get_state (submission) == HD_SUBMISSION_STATE_SENDING)
    return set_being_sent (error);

  hd_store_call_take (call, g_object_ref (draft), g_object_unref);
  call->topics = HD_STORE_DRAFTS | HD_STORE_OUTBOX;
  return keep_draft (database, submission, error) && delete_entry (call, database, TRUE, error);
}

/**
 * hd_store_return_to_draft_async:
 * @self: a store
 * @submission_id: an entry that has a draft
 * @cancellable: (nullable): a cancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Fails with %HD_ERROR_NOT_FOUND where the outbox has no such entry, or it has
 * no draft, and with %HD_ERROR_CONFLICT where it is being sent.
 */
void
hd_store_return_to_draft_async (HdStore             *self,
                                const char          *submission_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_return_to_draft, hd_store_return_to_draft_async,
                                         cancellable, callback, user_data);

  call->id = g_strdup (submission_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH_POINTER (return_to_draft, HdDraft *)

static gboolean
run_discard_submission (HdStoreCall  *call,
                        HdDatabase   *database,
                        GError      **error)
{
  return delete_entry (call, database, FALSE, error);
}

void
hd_store_discard_submission_async (HdStore             *self,
                                   const char          *submission_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  HdStoreCall *call = hd_store_call_new (self, HD_STORE_WRITE, run_discard_submission,
                                         hd_store_discard_submission_async, cancellable, callback, user_data);

  call->id = g_strdup (submission_id);
  hd_store_call_push (call);
}

HD_STORE_DEFINE_FINISH (discard_submission)

static gboolean
run_list_outbox (HdStoreCall  *call,
                 HdDatabase   *database,
                 GError      **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HdStatement) statement =
    hd_database_query (database, error, "SELECT json FROM drafts.outbox WHERE state != ? ORDER BY position",
                       "d", HD_SUBMISSION_STATE_SENT);
  HdStep step = HD_STEP_ERROR;

  while (statement != NULL && (step = hd_statement_step (statement, error)) == HD_STEP_ROW)
    {
      HdSubmission *submission = read_submission (call, database, hd_statement_get_text (statement, 0), error);

      if (submission != NULL)
        g_ptr_array_add (records, submission);
      else if (*error != NULL)
        return FALSE;
    }

  return step == HD_STEP_DONE && hd_store_list_result (call, g_steal_pointer (&records), HD_TYPE_SUBMISSION);
}

void
hd_store_list_outbox_async (HdStore             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  hd_store_call_push (hd_store_call_new (self, HD_STORE_READ, run_list_outbox, hd_store_list_outbox_async,
                                         cancellable, callback, user_data));
}

HD_STORE_DEFINE_FINISH_POINTER (list_outbox, GListModel *)
