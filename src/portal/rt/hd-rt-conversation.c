/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-conversation.h"

#include "hd-error.h"
#include "hd-json.h"

/*
 * A ticket with its conversation.
 *
 *   get_request ─┬ ticket_received_cb ──┬ ask_parts ─┬ bodies_listed_cb ──────┬→ build → finish
 *                └ history_listed_cb ───┘            └ attachments_listed_cb ─┘
 *
 * The parts are asked for by the transactions that the history has shown, as RT
 * cuts what is private out of its pages; so nothing is missing between two
 * pages.  A correspondence never changes: what is held is not asked for again.
 */

#define TICKET_FIELDS "RealName"
#define HISTORY_FIELDS "Type,Created,Creator,Field,OldValue,NewValue"
#define PARTS_AT_ONCE 50

typedef struct
{
  HdRtConversation  conversation;
  char             *id;           /* (owned) */
  GPtrArray        *wanted;       /* (owned) (element-type utf8): correspondence that is not held */
  guint             n_asked;
  guint             n_pending;
  GError           *error;        /* (owned) (nullable) */
} Get;

static void ask_parts (GTask *task);

static void
get_free (gpointer data)
{
  Get *get = data;

  g_clear_object (&get->conversation.held);
  g_free (get->id);
  g_clear_pointer (&get->conversation.ticket, json_node_unref);
  g_clear_pointer (&get->conversation.history, json_array_unref);
  g_ptr_array_unref (get->wanted);
  json_array_unref (get->conversation.bodies);
  json_array_unref (get->conversation.attachments);
  g_clear_error (&get->error);
  g_free (get);
}

static void
build (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  HdRequest *request = hd_rt_conversation_to_request (g_task_get_source_object (task), &get->conversation);

  if (request != NULL)
    g_task_return_pointer (task, request, g_object_unref);
  else
    g_task_return_new_error (task, HD_ERROR, HD_ERROR_PROTOCOL, "a ticket has no id");
}

/* One of what is asked for at a time has come; @error: (transfer full) (nullable). Returns: whether all have, well. */
static gboolean
is_all_there (GTask  *task,
              GError *error)
{
  Get *get = g_task_get_task_data (task);

  if (get->error == NULL)
    get->error = error;
  else
    g_clear_error (&error);

  if (--get->n_pending > 0)
    return FALSE;

  if (get->error == NULL)
    return TRUE;

  g_task_return_error (task, g_steal_pointer (&get->error));
  return FALSE;
}

/* --- The parts --- */

static void
ask_next_parts (GTask *task)
{
  Get *get = g_task_get_task_data (task);

  get->n_asked += PARTS_AT_ONCE;
  ask_parts (task);
}

static void
bodies_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonArray) parts = hd_rt_list_finish (HD_RT_PORTAL (object), result, NULL, &error);

  hd_rt_json_append (get->conversation.bodies, parts);

  if (is_all_there (task, error))
    ask_next_parts (task);
}

static void
attachments_listed_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonArray) parts = hd_rt_list_finish (HD_RT_PORTAL (object), result, NULL, &error);

  hd_rt_json_append (get->conversation.attachments, parts);

  if (is_all_there (task, error))
    ask_next_parts (task);
}

static HdHttpRequest *
create_parts_request (Get        *get,
                      const char *fields,
                      gboolean    only_text)
{
  HdHttpRequest *request = hd_rt_question_new ("ticket", get->id, "attachments");
  g_autoptr (JsonNode) filter = only_text ? hd_rt_json_filter ("Filename", "IS", "NULL", "ContentType", "LIKE", "text/", NULL)
                                          : hd_rt_json_filter (NULL, NULL);

  for (guint i = get->n_asked; i < get->wanted->len && i < get->n_asked + PARTS_AT_ONCE; i++)
    hd_rt_json_add_condition (filter, "TransactionId", "=", get->wanted->pdata[i]);

  hd_http_request_add_query (request, "fields", fields);
  hd_http_request_add_query (request, "orderby", "id");
  hd_http_request_set_json (request, filter);
  return request;
}

static HdHttpRequest *
create_bodies_request (HdRtPortal *self,
                       gpointer    user_data)
{
  return create_parts_request (user_data, "ContentType,TransactionId,Content", TRUE);
}

static HdHttpRequest *
create_attachments_request (HdRtPortal *self,
                            gpointer    user_data)
{
  return create_parts_request (user_data, "Filename,ContentType,ContentLength,TransactionId,Headers", FALSE);
}

static void
ask_parts (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (get->n_asked >= get->wanted->len)
    {
      build (task);
      return;
    }

  get->n_pending = 2;
  hd_rt_list_async (self, create_bodies_request, get, HD_RT_END_SHORT, 1, 0, cancellable, bodies_listed_cb, g_object_ref (task));
  hd_rt_list_async (self, create_attachments_request, get, HD_RT_END_SHORT, 1, 0, cancellable, attachments_listed_cb,
                    g_object_ref (task));
}

/* --- Ticket and history --- */

static void
find_wanted (Get *get)
{
  for (guint i = 0; i < json_array_get_length (get->conversation.history); i++)
    {
      JsonObject *transaction = hd_rt_json_get_element (get->conversation.history, i);
      g_autofree char *id = hd_rt_json_dup_id (transaction, "id");
      g_autoptr (HdMessage) held = id != NULL ? hd_rt_conversation_find_held (&get->conversation, id) : NULL;

      if (id != NULL && hd_rt_is_correspondence (transaction) && held == NULL)
        g_ptr_array_add (get->wanted, g_steal_pointer (&id));
    }
}

static void
status_learnt_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (hd_rt_statuses_learn_finish (HD_RT_PORTAL (object), result, &error))
    ask_parts (task);
  else
    g_task_return_error (task, error);
}

static void
go_on (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  g_autoptr (JsonArray) tickets = json_array_new ();

  find_wanted (get);
  json_array_add_element (tickets, json_node_ref (get->conversation.ticket));
  hd_rt_statuses_learn_async (self, tickets, g_task_get_cancellable (task), status_learnt_cb, g_object_ref (task));
}

static void
ticket_received_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer != NULL)
    get->conversation.ticket = g_steal_pointer (&answer->root);

  if (is_all_there (task, error))
    go_on (task);
}

static void
history_listed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;

  get->conversation.history = hd_rt_list_finish (HD_RT_PORTAL (object), result, NULL, &error);

  if (is_all_there (task, error))
    go_on (task);
}

/* Of these types nothing is private, so no page has holes. */
static HdHttpRequest *
create_history_request (HdRtPortal *self,
                        gpointer    user_data)
{
  Get *get = user_data;
  HdHttpRequest *request = hd_rt_question_new ("ticket", get->id, "history");
  g_autoptr (JsonNode) filter = hd_rt_json_filter ("Type", "=", "Create", "Type", "=", "Correspond", "Type", "=", "Status", NULL);

  hd_http_request_add_query (request, "fields", HISTORY_FIELDS);
  hd_http_request_add_query (request, "fields[Creator]", TICKET_FIELDS);
  hd_http_request_add_query (request, "orderby", "id");
  hd_http_request_set_json (request, filter);
  return request;
}

void
hd_rt_portal_get_request (HdPortal   *portal,
                          const char *request_id,
                          HdRequest  *held,
                          GTask      *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (HdHttpRequest) request = hd_rt_request_new ("GET", "ticket", request_id);
  Get *get = g_new0 (Get, 1);

  get->conversation.held = held != NULL ? g_object_ref (held) : NULL;
  get->id = g_strdup (request_id);
  get->wanted = g_ptr_array_new_with_free_func (g_free);
  get->conversation.bodies = json_array_new ();
  get->conversation.attachments = json_array_new ();
  get->n_pending = 2;
  g_task_set_task_data (task, get, get_free);

  hd_http_request_add_query (request, "fields[Owner]", TICKET_FIELDS);
  hd_http_request_add_query (request, "fields[Queue]", "Name");
  hd_http_client_send_async (self->client, request, cancellable, ticket_received_cb, g_object_ref (task));
  hd_rt_list_async (self, create_history_request, get, HD_RT_END_SHORT, 1, 0, cancellable, history_listed_cb, g_object_ref (task));
}
