/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-json.h"
#include "hd-portal-private.h"
#include "hd-rt-upload.h"

/*
 * What a person does to a ticket: writing to the desk, cancelling, confirming,
 * reopening.
 *
 *   reply → replied_cb → get_request
 *   act → ticket_received_cb → say → (comment → commented_cb) → change_status → changed_cb → verified_cb → get_request
 *
 * What may be done is told by the ticket's links of the kind “lifecycle”, by the
 * status that they lead to.  RT answers 200 to a change that it refused, hence
 * the ticket is read again.  A reply can reopen a ticket, so the change of status
 * comes after it, never with it.
 */

typedef struct
{
  HdSubmission *submission;  /* (owned) */
  HdProgress   *progress;    /* (owned) (nullable) */
  char         *target;      /* (owned) (nullable): the status to change to */
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_object (&act->submission);
  g_clear_object (&act->progress);
  g_free (act->target);
  g_free (act);
}

/* --- What may be done --- */

/* Returns: what changing to a status is; %HD_ACTION_SUBMIT if it is none of the person's */
static HdAction
get_action (HdStatus from,
            HdStatus to)
{
  if (to == HD_STATUS_CANCELLED)
    return HD_ACTION_CANCEL;

  if (to == HD_STATUS_CLOSED)
    return HD_ACTION_CONFIRM;

  return !hd_status_is_open (from) && hd_status_is_open (to) ? HD_ACTION_REOPEN : HD_ACTION_SUBMIT;
}

/* Returns: (transfer none) (nullable): the status that @action leads to */
static const char *
find_target (HdRtPortal *self,
             JsonObject *ticket,
             HdAction    action)
{
  HdStatus from = hd_rt_portal_get_status (self, hd_rt_json_get_text (ticket, "Status"));
  JsonArray *links = hd_json_get_array (ticket, "_hyperlinks");

  for (guint i = 0; i < hd_rt_json_get_length (links); i++)
    {
      JsonObject *link = hd_rt_json_get_element (links, i);
      const char *to = hd_rt_json_get_text (link, "to");

      if (g_strcmp0 (hd_json_get_string (link, "ref"), "lifecycle") == 0 && to != NULL &&
          get_action (from, hd_rt_portal_get_status (self, to)) == action)
        return to;
    }

  return NULL;
}

/* Returns: (transfer full): what the person may do to a ticket */
GStrv
hd_rt_portal_dup_actions (HdRtPortal *self,
                          JsonObject *ticket)
{
  static const HdAction actions[] = { HD_ACTION_CANCEL, HD_ACTION_CONFIRM, HD_ACTION_REOPEN };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *links = hd_json_get_array (ticket, "_hyperlinks");

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (find_target (self, ticket, actions[i]) != NULL)
        g_strv_builder_add (builder, hd_enum_get_nick (HD_TYPE_ACTION, (int) actions[i]));
    }

  for (guint i = 0; i < hd_rt_json_get_length (links); i++)
    {
      if (g_strcmp0 (hd_json_get_string (hd_rt_json_get_element (links, i), "ref"), "correspond") == 0)
        {
          g_strv_builder_add (builder, hd_enum_get_nick (HD_TYPE_ACTION, HD_ACTION_REPLY));
          break;
        }
    }

  return g_strv_builder_end (builder);
}

/* FALSE for an entry that says of no request what it is about. */
static gboolean
check_request_id (HdSubmission *submission,
                  GTask        *task)
{
  if (hd_submission_get_request_id (submission) != NULL)
    return TRUE;

  g_task_return_new_error (task, HD_ERROR, HD_ERROR_NOT_FOUND, "the outbox entry names no request");
  return FALSE;
}

/* --- Writing --- */

static void
read_back (GTask *task)
{
  g_autoptr (GTask) inner = hd_portal_read_back_task_new (task);

  hd_rt_portal_get_request (g_task_get_source_object (task), g_task_get_task_data (task), NULL, inner);
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    read_back (task);
}

void
hd_rt_portal_reply (HdPortal     *portal,
                    HdSubmission *submission,
                    HdProgress   *progress,
                    GTask        *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  HdDraft *draft = hd_submission_get_draft (submission);
  g_autoptr (HdHttpRequest) request = NULL;

  if (draft == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_STORAGE, "the outbox entry has lost its draft");
      return;
    }

  if (!check_request_id (submission, task))
    return;

  request = hd_rt_upload_reply_new (hd_submission_get_request_id (submission), hd_draft_get_text (draft),
                                    hd_draft_get_files (draft));
  hd_http_request_set_progress (request, progress);
  g_task_set_task_data (task, g_strdup (hd_submission_get_request_id (submission)), g_free);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), replied_cb, g_object_ref (task));
}

/* --- Changing the status --- */

static gboolean
is_changed (HdRtPortal *self,
            Act        *act,
            JsonObject *ticket)
{
  return g_strcmp0 (hd_rt_json_get_text (ticket, "Status"), act->target) == 0;
}

static void
verified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  Act *act = g_task_get_task_data (task);
  g_autofree char *request_id = g_strdup (hd_submission_get_request_id (act->submission));
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (!is_changed (self, act, json_node_get_object (answer->root)))
    g_task_return_new_error (task, HD_ERROR, HD_ERROR_CONFLICT, "the server did not change the status");
  else
    hd_rt_portal_get_request (HD_PORTAL (self), request_id, NULL, task);
}

static HdHttpRequest *
create_ticket_request (Act        *act,
                       const char *method)
{
  return hd_rt_request_new (method, "ticket", hd_submission_get_request_id (act->submission));
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  g_autoptr (HdHttpRequest) request = create_ticket_request (g_task_get_task_data (task), "GET");

  if (answer != NULL)
    hd_http_client_send_async (HD_HTTP_CLIENT (object), request, g_task_get_cancellable (task), verified_cb,
                               g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
change_status (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Act *act = g_task_get_task_data (task);
  g_autoptr (HdHttpRequest) request = create_ticket_request (act, "PUT");
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (body, json_object_new ());
  json_object_set_string_member (json_node_get_object (body), "Status", act->target);
  hd_http_request_set_json (request, body);
  hd_http_request_set_progress (request, act->progress);
  hd_http_request_expect_nothing (request);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), changed_cb, g_object_ref (task));
}

static void
commented_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL)
    change_status (task);
  else
    g_task_return_error (task, error);
}

static void
comment (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Act *act = g_task_get_task_data (task);
  g_autoptr (HdHttpRequest) request = NULL;

  request = hd_rt_upload_reply_new (hd_submission_get_request_id (act->submission),
                                    hd_submission_get_comment (act->submission), NULL);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), commented_cb, g_object_ref (task));
}

/* What the person says to it goes before, once. */
static void
say (GTask      *task,
     JsonObject *ticket)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Act *act = g_task_get_task_data (task);
  const char *words = hd_submission_get_comment (act->submission);
  HdStatus status = hd_rt_portal_get_status (self, hd_rt_json_get_text (ticket, "Status"));

  if (words == NULL || *words == '\0' || hd_submission_get_comment_arrived (act->submission))
    change_status (task);
  else if (hd_submission_get_action (act->submission) == HD_ACTION_CONFIRM && !hd_status_is_open (status))
    /* Any word reopens what is resolved, and from there the person has no way to the end. */
    g_task_return_error (task, hd_error_new_for_status (422, NULL,
                                                        _("Here every word reopens the request, so it cannot be confirmed with one. "
                                                          "Confirm it without words, or write a reply.")));
  else
    comment (task);
}

static void
ticket_received_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  Act *act = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  act->target = g_strdup (find_target (self, json_node_get_object (answer->root), hd_submission_get_action (act->submission)));

  if (act->target != NULL)
    say (task, json_node_get_object (answer->root));
  else
    g_task_return_new_error (task, HD_ERROR, HD_ERROR_CONFLICT, "the ticket's lifecycle does not allow this now");
}

void
hd_rt_portal_act (HdPortal     *portal,
                  HdSubmission *submission,
                  HdProgress   *progress,
                  GTask        *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  g_autoptr (HdHttpRequest) request = NULL;
  Act *act;

  if (!check_request_id (submission, task))
    return;

  act = g_new0 (Act, 1);
  act->submission = g_object_ref (submission);
  act->progress = progress != NULL ? g_object_ref (progress) : NULL;
  g_task_set_task_data (task, act, act_free);
  request = create_ticket_request (act, "GET");
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), ticket_received_cb,
                             g_object_ref (task));
}
