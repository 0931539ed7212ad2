/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-session-private.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-status-change.h"
#include "hd-store-copies.h"

/*
 * What the network delivered twice.  Where the portal files whatever it is sent,
 * there are two requests then; if it keeps our keys, both have the same one.  The
 * younger is cancelled, through the outbox, like what the person does.
 *
 *   cancel_copies_async → copies_listed_cb → look_at_next → note_read_cb → copy_read_cb → queued_cb → noted_cb
 *     → look_at_next → … → finish
 *
 * Once: what was queued is noted, and what was cancelled before, here or elsewhere,
 * and is open again, somebody wants.
 */

#define NOTE_PREFIX "copy-"

typedef struct
{
  GStrv found;     /* (owned) (nullable): as hd_store_list_copies_finish() gives them */
  guint position;  /* of the next */
} Copies;

static void look_at_next (GTask *task);

static void
copies_free (gpointer data)
{
  Copies *copies = data;

  g_strfreev (copies->found);
  g_free (copies);
}

/* Returns: (transfer none): the id of the copy that is looked at */
static const char *
get_id (GTask *task)
{
  Copies *copies = g_task_get_task_data (task);

  return copies->found[copies->position - 2];
}

static char *
dup_note_key (GTask *task)
{
  return g_strconcat (NOTE_PREFIX, get_id (task), NULL);
}

static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
was_cancelled (HdRequest *request)
{
  GListModel *history = hd_request_get_history (request);

  for (guint i = 0; history != NULL && i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (HdStatusChange) change = g_list_model_get_item (history, i);

      if (hd_status_change_get_status (change) == HD_STATUS_CANCELLED)
        return TRUE;
    }

  return FALSE;
}

/* Where more has happened than is known here, a later sync tells. */
static gboolean
is_to_be_cancelled (HdRequest *request)
{
  const char *const *actions = hd_request_get_actions (request);

  return hd_request_get_complete (request) && actions != NULL && g_strv_contains (actions, "cancel") &&
         !was_cancelled (request);
}

static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (hd_store_set_value_finish (HD_STORE (object), result, &error))
    look_at_next (task);
  else
    fail (task, error);
}

static void
queued_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  HdSession *self = g_task_get_source_object (task);
  g_autofree char *key = dup_note_key (task);
  GError *error = NULL;

  if (hd_submitter_submit_finish (HD_SUBMITTER (object), result, &error))
    hd_store_set_value_async (self->store, key, "queued", g_task_get_cancellable (task), noted_cb, task);
  else
    fail (task, error);
}

static void
queue (GTask     *task,
       HdRequest *copy)
{
  HdSession *self = g_task_get_source_object (task);
  Copies *copies = g_task_get_task_data (task);
  /* Translators: what the program says when it cancels a request; %s is the number of another that is the same. */
  g_autofree char *comment = g_strdup_printf (_("The network delivered request %s twice. This one is the copy."),
                                              copies->found[copies->position - 1]);
  g_autoptr (HdSubmission) submission = g_object_new (HD_TYPE_SUBMISSION,
                                                      "action", HD_ACTION_CANCEL,
                                                      "title", hd_request_get_subject (copy),
                                                      "request-id", hd_request_get_id (copy),
                                                      "request-number", hd_request_get_number (copy),
                                                      "comment", comment,
                                                      NULL);

  hd_submitter_submit_async (self->submitter, submission, g_task_get_cancellable (task), queued_cb, task);
}

static void
copy_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (HdRequest) copy = hd_store_get_request_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    fail (task, error);
  else if (copy != NULL && is_to_be_cancelled (copy))
    queue (task, copy);
  else
    look_at_next (task);
}

static void
note_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *note = hd_store_get_value_finish (HD_STORE (object), result, &error);

  if (error != NULL)
    fail (task, error);
  else if (note == NULL)
    hd_store_get_request_async (HD_STORE (object), get_id (task), g_task_get_cancellable (task), copy_read_cb, task);
  else
    look_at_next (task);
}

static void
look_at_next (GTask *task)
{
  HdSession *self = g_task_get_source_object (task);
  Copies *copies = g_task_get_task_data (task);
  g_autofree char *key = NULL;

  if (copies->found[copies->position] == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  copies->position += 2;
  key = dup_note_key (task);
  hd_store_get_value_async (self->store, key, g_task_get_cancellable (task), note_read_cb, task);
}

static void
copies_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Copies *copies = g_task_get_task_data (task);
  GError *error = NULL;

  copies->found = hd_store_list_copies_finish (HD_STORE (object), result, &error);

  if (copies->found != NULL)
    look_at_next (task);
  else
    fail (task, error);
}

/* Queues the end of each request that is the copy of another. */
void
hd_session_cancel_copies_async (HdSession           *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, hd_session_cancel_copies_async);
  g_task_set_task_data (task, g_new0 (Copies, 1), copies_free);
  hd_store_list_copies_async (self->store, cancellable, copies_listed_cb, task);
}

HD_SESSION_DEFINE_FINISH (cancel_copies)
