/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include "hd-error.h"
#include "hd-essence.h"
#include "hd-json.h"
#include "hd-rt-field.h"

/*
 * Whether something was filed already.  RT takes no key that files a thing once
 * only; but a custom field can hold one, by which the ticket is found.  Where a
 * queue has no such field, or nobody has seen yet that it is kept, what the person
 * has newest in the queue must do, by its subject, but for what has another key.
 *
 *   find_similar → key_field_async → key_field_found_cb ─┬─► search_by_key → keyed_received_cb ─┬─► finish
 *                                                        └──────────────► search_by_subject ◄───┘
 *                                                                     → similar_received_cb → finish
 */

/* --- The field that holds the key --- */

#define NONE ""

static void
return_key_field (GTask      *task,
                  const char *id)
{
  g_task_return_pointer (task, g_str_equal (id, NONE) ? NULL : g_strdup (id), g_free);
}

/* Returns: (transfer none): the number of the field, or %NONE */
static const char *
remember_key_field (HdRtPortal *self,
                    const char *queue_id,
                    JsonObject *queue)
{
  JsonArray *fields = hd_json_get_array (queue, "TicketCustomFields");
  char *id = NULL;

  for (guint i = 0; i < hd_rt_json_get_length (fields) && id == NULL; i++)
    {
      JsonObject *field = hd_rt_json_get_element (fields, i);

      if (hd_rt_site_plays (self->site, HD_RT_ROLE_CLIENT_KEY, hd_rt_json_get_text (field, "name")))
        id = hd_rt_json_dup_id (field, "id");
    }

  id = id != NULL ? id : g_strdup (NONE);
  g_hash_table_replace (self->key_fields, g_strdup (queue_id), id);
  return id;
}

static void
queue_received_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL)
    return_key_field (task, remember_key_field (self, g_task_get_task_data (task), json_node_get_object (answer->root)));
  else
    g_task_return_error (task, error);
}

/*
 * hd_rt_key_field_async:
 * @self: a portal
 * @queue_id: a queue
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Finds out which custom field of a queue's tickets holds the key of a submission.
 */
void
hd_rt_key_field_async (HdRtPortal          *self,
                       const char          *queue_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *known = g_hash_table_lookup (self->key_fields, queue_id);
  g_autoptr (HdHttpRequest) request = NULL;

  g_task_set_source_tag (task, hd_rt_key_field_async);
  g_task_set_task_data (task, g_strdup (queue_id), g_free);

  if (known != NULL)
    {
      return_key_field (task, known);
      return;
    }

  request = hd_rt_request_new ("GET", "queue", queue_id);
  hd_http_client_send_async (self->client, request, cancellable, queue_received_cb, g_object_ref (task));
}

/* Returns: (transfer full) (nullable): its number; %NULL without an error where there is none */
char *
hd_rt_key_field_finish (HdRtPortal    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hd_rt_key_field_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * hd_rt_key_field_prove:
 * @self: a portal
 * @submission: what was filed
 * @key_field: (nullable): the number of the custom field that was to hold its key
 * @ticket: what was made of it
 *
 * Notes whether the queue keeps keys: RT drops what the person may not fill in.
 */
void
hd_rt_key_field_prove (HdRtPortal   *self,
                       HdSubmission *submission,
                       const char   *key_field,
                       JsonObject   *ticket)
{
  const char *queue_id = hd_draft_get_offering_id (hd_submission_get_draft (submission));
  JsonObject *field = key_field != NULL ? hd_rt_json_find_field (ticket, key_field) : NULL;
  const char *kept = hd_rt_json_get_value (hd_json_get_array (field, "values"), 0);

  if (g_strcmp0 (kept, hd_submission_get_client_key (submission)) == 0)
    g_hash_table_add (self->proven_keys, g_strdup (queue_id));
}

/* --- The search --- */

typedef struct
{
  HdSubmission *submission;  /* (owned) */
  char         *key_field;   /* (owned) (nullable): the number of the custom field that holds its key */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_object (&search->submission);
  g_free (search->key_field);
  g_free (search);
}

static const char *
get_subject (HdDraft *draft)
{
  GListModel *answers = hd_draft_get_answers (draft);

  for (guint i = 0; answers != NULL && i < g_list_model_get_n_items (answers); i++)
    {
      g_autoptr (HdAnswer) answer = g_list_model_get_item (answers, i);
      const char *const *values = hd_answer_get_values (answer);

      if (g_strcmp0 (hd_answer_get_field_id (answer), HD_RT_SUBJECT_FIELD) == 0 && values != NULL)
        return values[0]; /* the draft keeps it alive */
    }

  return NULL;
}

/* Returns: (transfer full) (nullable): those of a list of tickets, if @subject is not %NULL of about that subject */
static GListStore *
read_tickets (HdRtPortal    *self,
              HdHttpAnswer  *answer,
              const char    *subject,
              const char    *client_key,
              GError       **error)
{
  JsonArray *tickets = hd_rt_get_items (answer->root);
  GListStore *found;

  if (tickets == NULL)
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_PROTOCOL, "a list of tickets has no items");
      return NULL;
    }

  found = g_list_store_new (HD_TYPE_REQUEST);

  for (guint i = 0; i < hd_rt_json_get_length (tickets); i++)
    {
      g_autoptr (HdRequest) request = hd_rt_ticket_to_request (self, hd_rt_json_get_element (tickets, i));

      if (request == NULL || (subject != NULL && !hd_essence_is_same (subject, hd_request_get_subject (request))))
        continue;

      g_object_set (request, "client-key", client_key, NULL);
      g_list_store_append (found, request);
    }

  return found;
}

static void
ask (GTask               *task,
     const char          *query,
     GAsyncReadyCallback  callback)
{
  HdRtPortal *self = g_task_get_source_object (task);
  g_autoptr (HdHttpRequest) request = hd_rt_tickets_request_new (query, 1);

  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
similar_received_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  const char *subject = get_subject (hd_submission_get_draft (search->submission));
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  GListStore *found = NULL;

  if (answer != NULL)
    found = read_tickets (g_task_get_source_object (task), answer, subject != NULL ? subject : "", NULL, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* The newest of the queue; RT may have changed the subject, so that is compared here. */
static void
search_by_subject (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  HdDraft *draft = hd_submission_get_draft (search->submission);
  g_autofree char *queue = hd_rt_dup_quoted (hd_draft_get_offering_id (draft));
  g_autofree char *no_key = search->key_field != NULL ? g_strdup_printf (" AND 'CF.%s' IS NULL", search->key_field) : NULL;
  g_autofree char *query = g_strdup_printf (HD_RT_MINE " AND Queue = %s%s", queue, no_key != NULL ? no_key : "");

  ask (task, query, similar_received_cb);
}

static void
keyed_received_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  const char *queue_id = hd_draft_get_offering_id (hd_submission_get_draft (search->submission));
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  g_autoptr (GListStore) found = NULL;

  if (answer != NULL)
    found = read_tickets (self, answer, NULL, hd_submission_get_client_key (search->submission), &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else if (g_list_model_get_n_items (G_LIST_MODEL (found)) > 0 || g_hash_table_contains (self->proven_keys, queue_id))
    g_task_return_pointer (task, g_steal_pointer (&found), g_object_unref);
  else
    search_by_subject (task);
}

static void
search_by_key (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autofree char *key = hd_rt_dup_quoted (hd_submission_get_client_key (search->submission));
  g_autofree char *query = g_strdup_printf (HD_RT_MINE " AND 'CF.%s' = %s", search->key_field, key);

  ask (task, query, keyed_received_cb);
}

static void
key_field_found_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  search->key_field = hd_rt_key_field_finish (HD_RT_PORTAL (object), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (search->key_field != NULL)
    search_by_key (task);
  else
    search_by_subject (task);
}

void
hd_rt_portal_find_similar (HdPortal     *portal,
                           HdSubmission *submission,
                           GTask        *task)
{
  const char *queue_id = hd_draft_get_offering_id (hd_submission_get_draft (submission));
  Search *search;

  if (queue_id == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_NOT_FOUND, "the draft names no offering");
      return;
    }

  search = g_new0 (Search, 1);
  search->submission = g_object_ref (submission);
  g_task_set_task_data (task, search, search_free);
  hd_rt_key_field_async (HD_RT_PORTAL (portal), queue_id, g_task_get_cancellable (task), key_field_found_cb,
                         g_object_ref (task));
}
