/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-conversation.h"

#include <glib/gi18n-lib.h>

#include "hd-attachment.h"
#include "hd-error.h"
#include "hd-form-rules.h"
#include "hd-html-plain.h"
#include "hd-json.h"
#include "hd-rt-field.h"

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
  HdRequest  *held;         /* (owned) (nullable) */
  char       *id;           /* (owned) */
  JsonNode   *ticket;       /* (owned) (nullable) */
  JsonArray  *history;      /* (owned) (nullable) */
  GPtrArray  *wanted;       /* (owned) (element-type utf8): correspondence that is not held */
  guint       n_asked;
  JsonArray  *bodies;       /* (owned) */
  JsonArray  *attachments;  /* (owned) */
  guint       n_pending;
  GError     *error;        /* (owned) (nullable) */
} Get;

static void ask_parts (GTask *task);

static void
get_free (gpointer data)
{
  Get *get = data;

  g_clear_object (&get->held);
  g_free (get->id);
  g_clear_pointer (&get->ticket, json_node_unref);
  g_clear_pointer (&get->history, json_array_unref);
  g_ptr_array_unref (get->wanted);
  json_array_unref (get->bodies);
  json_array_unref (get->attachments);
  g_clear_error (&get->error);
  g_free (get);
}

static gboolean
is_type (JsonObject *transaction,
         const char *type)
{
  return g_strcmp0 (hd_json_get_string (transaction, "Type"), type) == 0;
}

static gboolean
is_correspondence (JsonObject *transaction)
{
  return is_type (transaction, "Create") || is_type (transaction, "Correspond");
}

/* --- What it becomes --- */

static HdMessage *
find_held (Get        *get,
           const char *id)
{
  GListModel *messages = get->held != NULL ? hd_request_get_messages (get->held) : NULL;

  for (guint i = 0; messages != NULL && i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (HdMessage) message = g_list_model_get_item (messages, i);

      if (g_strcmp0 (hd_message_get_id (message), id) == 0)
        return g_steal_pointer (&message);
    }

  return NULL;
}

static const char *
get_creator_name (JsonObject *transaction)
{
  JsonObject *creator = hd_json_get_object (transaction, "Creator");
  const char *name = hd_rt_json_get_text (creator, "RealName");

  return name != NULL ? name : hd_rt_json_get_text (creator, "id");
}

static gboolean
is_mine (HdRtPortal *self,
         JsonObject *transaction)
{
  const char *id = hd_rt_json_get_text (hd_json_get_object (transaction, "Creator"), "id");

  return id != NULL && self->user_name != NULL && g_ascii_strcasecmp (id, self->user_name) == 0;
}

static HdMessage *
create_message (HdRtPortal *self,
                Get        *get,
                JsonObject *transaction,
                const char *id)
{
  HdRtParts parts = { id, get->bodies, get->attachments };
  g_autofree char *text = hd_rt_parts_dup_text (&parts);
  g_autoptr (GListStore) attachments = hd_rt_parts_dup_attachments (&parts);
  g_autoptr (GDateTime) created_at = hd_rt_json_get_time (transaction, "Created");

  return g_object_new (HD_TYPE_MESSAGE,
                       "id", id,
                       "author", get_creator_name (transaction),
                       "mine", is_mine (self, transaction),
                       "text", text,
                       "created-at", created_at,
                       "attachments", attachments,
                       NULL);
}

/* What a ticket was made with may be nothing but its fields. */
static gboolean
says_something (HdMessage *message)
{
  GListModel *attachments = hd_message_get_attachments (message);
  const char *text = hd_message_get_text (message);

  return (text != NULL && *text != '\0') || (attachments != NULL && g_list_model_get_n_items (attachments) > 0);
}

static GListModel *
create_messages (HdRtPortal *self,
                 Get        *get)
{
  GListStore *messages = g_list_store_new (HD_TYPE_MESSAGE);

  for (guint i = 0; i < json_array_get_length (get->history); i++)
    {
      JsonObject *transaction = hd_rt_json_get_element (get->history, i);
      g_autofree char *id = hd_rt_json_dup_id (transaction, "id");
      g_autoptr (HdMessage) message = NULL;

      if (id == NULL || !is_correspondence (transaction))
        continue;

      message = find_held (get, id);

      if (message == NULL)
        message = create_message (self, get, transaction, id);

      if (says_something (message))
        g_list_store_append (messages, message);
    }

  return G_LIST_MODEL (messages);
}

static void
add_status_change (HdRtPortal *self,
                   GListStore *history,
                   JsonObject *transaction,
                   const char *word)
{
  g_autoptr (GDateTime) at = hd_rt_json_get_time (transaction, "Created");
  g_autoptr (HdStatusChange) change = NULL;

  change = g_object_new (HD_TYPE_STATUS_CHANGE,
                         "status", hd_rt_portal_get_status (self, word),
                         "status-label", word,
                         "at", at,
                         "by", get_creator_name (transaction),
                         NULL);
  g_list_store_append (history, change);
}

/* The status that a ticket was made in is the one that it was the first to leave. */
static GListModel *
create_history (HdRtPortal *self,
                Get        *get)
{
  GListStore *history = g_list_store_new (HD_TYPE_STATUS_CHANGE);
  JsonObject *creation = NULL;
  const char *first = hd_rt_json_get_text (json_node_get_object (get->ticket), "Status");

  for (guint i = json_array_get_length (get->history); i > 0; i--)
    {
      JsonObject *transaction = hd_rt_json_get_element (get->history, i - 1);

      if (is_type (transaction, "Status"))
        first = hd_rt_json_get_text (transaction, "OldValue");
      else if (is_type (transaction, "Create"))
        creation = transaction;
    }

  if (creation != NULL)
    add_status_change (self, history, creation, first);

  for (guint i = 0; i < json_array_get_length (get->history); i++)
    {
      JsonObject *transaction = hd_rt_json_get_element (get->history, i);

      if (is_type (transaction, "Status"))
        add_status_change (self, history, transaction, hd_rt_json_get_text (transaction, "NewValue"));
    }

  return G_LIST_MODEL (history);
}

/* --- The fields --- */

/* A value in words: a time in the zone of this machine, HTML as text. */
static char *
dup_value_text (const char *value)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *sent = NULL;

  /* A ticket does not tell the types of its fields. */
  if (g_regex_match_simple ("</[a-z][a-z0-9]*>|<br\\b", value, G_REGEX_CASELESS, 0))
    return hd_html_to_plain (value);

  if (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d$", value, 0, 0))
    return hd_form_dup_date_text (value);

  if (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z$", value, 0, 0))
    time = g_date_time_new_from_iso8601 (value, utc);

  if (time == NULL)
    return g_strdup (value);

  local = g_date_time_to_local (time);
  sent = g_date_time_format (local, "%FT%H:%M");
  return hd_form_dup_date_text (sent);
}

static void
add_file (GListStore *files,
          JsonObject *value,
          const char *field_id)
{
  g_autofree char *number = hd_rt_json_dup_last_part (hd_json_get_string (value, "_url"));
  g_autofree char *id = number != NULL ? g_strconcat (HD_RT_FIELD_PREFIX, number, NULL) : NULL;
  g_autoptr (HdAttachment) file = NULL;

  if (id == NULL)
    return;

  file = g_object_new (HD_TYPE_ATTACHMENT,
                       "id", id,
                       "name", hd_rt_json_get_text (value, "filename"),
                       "content-type", hd_rt_json_get_text (value, "content_type"),
                       "field-id", field_id,
                       NULL);
  g_list_store_append (files, file);
}

static void
add_field (GListStore *fields,
           GListStore *files,
           JsonObject *field)
{
  JsonArray *values = hd_json_get_array (field, "values");
  g_autofree char *number = hd_rt_json_dup_id (field, "id");
  g_autofree char *id = g_strconcat (HD_RT_FIELD_PREFIX, number, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (HdFieldValue) shown = NULL;

  for (guint i = 0; i < hd_rt_json_get_length (values); i++)
    {
      const char *value = hd_rt_json_get_value (values, i);
      g_autofree char *words = value != NULL ? dup_value_text (value) : NULL;
      JsonObject *file = hd_rt_json_get_element (values, i);

      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
      else if (file != NULL)
        add_file (files, file, id);
    }

  if (text->len == 0)
    return;

  shown = g_object_new (HD_TYPE_FIELD_VALUE,
                        "field-id", id,
                        "label", hd_rt_json_get_text (field, "name"),
                        "value", text->str,
                        NULL);
  g_list_store_append (fields, shown);
}

static JsonObject *
find_custom_field (JsonObject *ticket,
                   const char *id)
{
  JsonArray *fields = hd_json_get_array (ticket, "CustomFields");

  for (guint i = 0; i < hd_rt_json_get_length (fields); i++)
    {
      g_autofree char *other = hd_rt_json_dup_id (hd_rt_json_get_element (fields, i), "id");

      if (g_strcmp0 (id, other) == 0)
        return hd_rt_json_get_element (fields, i);
    }

  return NULL;
}

/* RT gives the values in any order, but the links to their fields in that of the form. */
static void
take_fields (HdRtPortal *self,
             JsonObject *ticket,
             GListStore *fields,
             GListStore *files)
{
  JsonArray *links = hd_json_get_array (ticket, "_hyperlinks");

  for (guint i = 0; i < hd_rt_json_get_length (links); i++)
    {
      JsonObject *link = hd_rt_json_get_element (links, i);
      g_autofree char *id = hd_rt_json_dup_id (link, "id");
      JsonObject *field = NULL;

      if (g_strcmp0 (hd_json_get_string (link, "ref"), "customfield") == 0 && id != NULL &&
          !hd_rt_site_plays (self->site, HD_RT_ROLE_CLIENT_KEY, hd_rt_json_get_text (link, "name")))
        field = find_custom_field (ticket, id);

      if (field != NULL)
        add_field (fields, files, field);
    }
}

/* --- All of it --- */

static HdRequest *
create_request (HdRtPortal *self,
                Get        *get)
{
  JsonObject *ticket = json_node_get_object (get->ticket);
  HdRequest *request = hd_rt_ticket_to_request (self, ticket);
  g_autoptr (GListStore) fields = g_list_store_new (HD_TYPE_FIELD_VALUE);
  g_autoptr (GListStore) files = g_list_store_new (HD_TYPE_ATTACHMENT);
  g_autoptr (GListModel) messages = NULL;
  g_autoptr (GListModel) history = NULL;
  g_auto (GStrv) actions = NULL;

  if (request == NULL)
    return NULL;

  messages = create_messages (self, get);
  history = create_history (self, get);
  actions = hd_rt_portal_dup_actions (self, ticket);
  take_fields (self, ticket, fields, files);
  g_object_set (request,
                "fields", fields,
                "attachments", files,
                "messages", messages,
                "message-count", (gint64) g_list_model_get_n_items (messages),
                "history", history,
                "actions", actions,
                "not-kept", get->held != NULL ? hd_request_get_not_kept (get->held) : NULL,
                "complete", TRUE,
                NULL);
  return request;
}

static void
build (GTask *task)
{
  HdRequest *request = create_request (g_task_get_source_object (task), g_task_get_task_data (task));

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

  hd_rt_json_append (get->bodies, parts);

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

  hd_rt_json_append (get->attachments, parts);

  if (is_all_there (task, error))
    ask_next_parts (task);
}

static HdHttpRequest *
create_parts_request (Get        *get,
                      const char *fields,
                      gboolean    only_text)
{
  HdHttpRequest *request = hd_rt_request_new ("POST", "ticket", get->id, "attachments");
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
  for (guint i = 0; i < json_array_get_length (get->history); i++)
    {
      JsonObject *transaction = hd_rt_json_get_element (get->history, i);
      g_autofree char *id = hd_rt_json_dup_id (transaction, "id");
      g_autoptr (HdMessage) held = id != NULL ? find_held (get, id) : NULL;

      if (id != NULL && is_correspondence (transaction) && held == NULL)
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
  json_array_add_element (tickets, json_node_ref (get->ticket));
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
    get->ticket = g_steal_pointer (&answer->root);

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

  get->history = hd_rt_list_finish (HD_RT_PORTAL (object), result, NULL, &error);

  if (is_all_there (task, error))
    go_on (task);
}

/* Of these types nothing is private, so no page has holes. */
static HdHttpRequest *
create_history_request (HdRtPortal *self,
                        gpointer    user_data)
{
  Get *get = user_data;
  HdHttpRequest *request = hd_rt_request_new ("POST", "ticket", get->id, "history");
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

  get->held = held != NULL ? g_object_ref (held) : NULL;
  get->id = g_strdup (request_id);
  get->wanted = g_ptr_array_new_with_free_func (g_free);
  get->bodies = json_array_new ();
  get->attachments = json_array_new ();
  get->n_pending = 2;
  g_task_set_task_data (task, get, get_free);

  hd_http_request_add_query (request, "fields[Owner]", TICKET_FIELDS);
  hd_http_request_add_query (request, "fields[Queue]", "Name");
  hd_http_client_send_async (self->client, request, cancellable, ticket_received_cb, g_object_ref (task));
  hd_rt_list_async (self, create_history_request, get, HD_RT_END_SHORT, 1, 0, cancellable, history_listed_cb, g_object_ref (task));
}
