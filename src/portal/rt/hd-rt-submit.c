/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <glib/gi18n-lib.h>

#include "hd-error.h"
#include "hd-json.h"
#include "hd-rt-answers.h"
#include "hd-rt-upload.h"

/*
 * Filing a ticket.
 *
 *   submit → key_field_async → key_field_found_cb → created_cb → get_request → read_back_cb → finish
 *
 * RT takes whatever it is given and says nothing of what it drops: answers that
 * its own form would refuse, or that the person may not give.  So the ticket is
 * read back, and what is not there is named in the request.  Where that fails it
 * is filed all the same, and compared when it is read the next time.
 */

typedef struct
{
  HdSubmission *submission;  /* (owned) */
  HdProgress   *progress;    /* (owned) (nullable) */
  HdRtAnswers  *answers;     /* (owned) */
  char         *key_field;   /* (owned) (nullable): the number of the custom field that holds the key */
  char         *ticket_id;   /* (owned) (nullable) */
} Submit;

static void
submit_clear (gpointer data)
{
  Submit *submit = data;

  g_clear_object (&submit->submission);
  g_clear_object (&submit->progress);
  g_clear_pointer (&submit->answers, hd_rt_answers_free);
  g_free (submit->key_field);
  g_free (submit->ticket_id);
}

static void
submit_unref (gpointer data)
{
  g_rc_box_release_full (data, submit_clear);
}

/* --- Reading it back --- */

/* Returns: (transfer full) (element-type utf8 Submit): for what was filed and not read since, by the ticket's id */
GHashTable *
hd_rt_unread_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, submit_unref);
}

/**
 * hd_rt_portal_dup_not_kept:
 * @self: a portal
 * @ticket: a ticket that was read
 * @held: (nullable): what is held of it
 *
 * Returns: (transfer full) (nullable): the names of the answers that it was filed with and has not
 */
GStrv
hd_rt_portal_dup_not_kept (HdRtPortal *self,
                           JsonObject *ticket,
                           HdRequest  *held)
{
  g_autofree char *id = hd_rt_json_dup_id (ticket, "id");
  Submit *submit = id != NULL ? g_hash_table_lookup (self->unread, id) : NULL;
  GStrv not_kept;

  if (submit == NULL)
    return held != NULL ? g_strdupv ((GStrv) hd_request_get_not_kept (held)) : NULL;

  hd_rt_key_field_prove (self, submit->submission, submit->key_field, ticket);
  not_kept = hd_rt_answers_dup_not_kept (submit->answers, ticket);
  g_hash_table_remove (self->unread, id);
  return not_kept;
}

/*
 * What is known of a ticket that was filed but cannot be read now.  When it was changed last it does not
 * know, so that a list that tells it has the rest fetched; what the person says in it is no news.
 */
static HdRequest *
create_unread (HdRtPortal *self,
               Submit     *submit)
{
  const char *queue_id = hd_draft_get_offering_id (hd_submission_get_draft (submit->submission));
  HdRtQueue *queue = g_hash_table_lookup (self->queues, queue_id);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_object_new (HD_TYPE_REQUEST,
                       "id", submit->ticket_id,
                       "number", submit->ticket_id,
                       "kind", hd_rt_portal_get_queue_kind (self, queue_id, NULL),
                       "subject", hd_rt_answers_get_subject (submit->answers),
                       "offering-id", queue_id,
                       "offering-name", queue != NULL ? queue->name : NULL,
                       "status", HD_STATUS_REGISTERED,
                       "created-at", now,
                       "message-count", (gint64) 1,
                       NULL);
}

static void
read_back_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  HdRequest *request = g_task_propagate_pointer (G_TASK (result), &error);

  if (request == NULL)
    g_debug ("what was filed cannot be read now: %s", error->message);

  g_task_return_pointer (task, request != NULL ? request : create_unread (HD_RT_PORTAL (object), g_task_get_task_data (task)),
                         g_object_unref);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  Submit *submit = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  g_autoptr (GTask) reading = NULL;

  if (answer != NULL)
    submit->ticket_id = hd_rt_json_dup_id (json_node_get_object (answer->root), "id");

  if (answer != NULL && submit->ticket_id == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "a new ticket has no id");

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_hash_table_replace (self->unread, g_strdup (submit->ticket_id), g_rc_box_acquire (submit));
  reading = g_task_new (self, g_task_get_cancellable (task), read_back_cb, g_object_ref (task));
  g_task_set_source_tag (reading, created_cb);
  hd_rt_portal_get_request (HD_PORTAL (self), submit->ticket_id, NULL, reading);
}

/* --- Sending it --- */

/* The article that led to the request stands at the end of its text. */
static char *
dup_content (HdRtPortal *self,
             Submit     *submit)
{
  HdDraft *draft = hd_submission_get_draft (submit->submission);
  const char *article = hd_draft_get_article_title (draft);
  const char *text = hd_rt_answers_get_text (submit->answers);
  g_autofree char *named = article != NULL ? g_strdup_printf (_("About the article “%s”"), article) : NULL;

  if (named == NULL)
    return g_strdup (text);

  return *text != '\0' ? g_strconcat (text, "\n\n", named, NULL) : g_steal_pointer (&named);
}

/* The requestor is always named: a ticket without one is its author's no more. */
static JsonNode *
create_ticket (HdRtPortal *self,
               Submit     *submit)
{
  HdDraft *draft = hd_submission_get_draft (submit->submission);
  g_autofree char *content = dup_content (self, submit);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *ticket = json_object_new ();
  JsonObject *fields = hd_rt_answers_create_json (submit->answers, self->zone);

  if (submit->key_field != NULL)
    json_object_set_string_member (fields, submit->key_field, hd_submission_get_client_key (submit->submission));

  json_object_set_string_member (ticket, "Queue", hd_draft_get_offering_id (draft));
  json_object_set_string_member (ticket, "Subject", hd_rt_answers_get_subject (submit->answers));
  json_object_set_string_member (ticket, "Requestor", self->user_name);
  json_object_set_string_member (ticket, "ContentType", "text/plain");
  json_object_set_string_member (ticket, "Content", content);
  json_object_set_object_member (ticket, "CustomFields", fields);
  json_node_take_object (node, ticket);
  return node;
}

static void
key_field_found_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  HdRtPortal *self = HD_RT_PORTAL (object);
  g_autoptr (GTask) task = user_data;
  Submit *submit = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpRequest) request = NULL;
  g_autoptr (JsonNode) ticket = NULL;

  submit->key_field = hd_rt_key_field_finish (self, result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->user_name == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_SIGNED_OUT, "nobody is signed in");
      return;
    }

  request = hd_rt_request_new ("POST", "ticket");
  ticket = create_ticket (self, submit);
  hd_rt_upload_set (request, ticket, hd_rt_answers_get_files (submit->answers));
  hd_http_request_set_progress (request, submit->progress);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), created_cb, g_object_ref (task));
}

void
hd_rt_portal_submit (HdPortal     *portal,
                     HdSubmission *submission,
                     HdForm       *form,
                     HdProgress   *progress,
                     GTask        *task)
{
  HdDraft *draft = hd_submission_get_draft (submission);
  Submit *submit;

  if (draft == NULL || hd_draft_get_offering_id (draft) == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_STORAGE, "the outbox entry has lost its draft");
      return;
    }

  submit = g_rc_box_new0 (Submit);
  submit->submission = g_object_ref (submission);
  submit->progress = progress != NULL ? g_object_ref (progress) : NULL;
  submit->answers = hd_rt_answers_new (form, draft);
  g_task_set_task_data (task, submit, submit_unref);
  hd_rt_key_field_async (HD_RT_PORTAL (portal), hd_draft_get_offering_id (draft), g_task_get_cancellable (task),
                         key_field_found_cb, g_object_ref (task));
}
