/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-conversation.h"

#include "hd-attachment.h"
#include "hd-form-rules.h"
#include "hd-html-plain.h"
#include "hd-json.h"
#include "hd-rt-field.h"

/* A ticket, its history and the parts of its correspondence as a request. */

static gboolean
is_type (JsonObject *transaction,
         const char *type)
{
  return g_strcmp0 (hd_json_get_string (transaction, "Type"), type) == 0;
}

gboolean
hd_rt_is_correspondence (JsonObject *transaction)
{
  return is_type (transaction, "Create") || is_type (transaction, "Correspond");
}

/* --- The correspondence --- */

HdMessage *
hd_rt_conversation_find_held (HdRtConversation *conversation,
                              const char       *id)
{
  GListModel *messages = conversation->held != NULL ? hd_request_get_messages (conversation->held) : NULL;

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
         JsonObject *made)
{
  const char *id = hd_rt_json_get_text (hd_json_get_object (made, "Creator"), "id");

  return id != NULL && self->user_name != NULL && g_ascii_strcasecmp (id, self->user_name) == 0;
}

static HdMessage *
create_message (HdRtPortal       *self,
                HdRtConversation *conversation,
                JsonObject       *transaction,
                const char       *id)
{
  HdRtParts parts = { id, conversation->bodies, conversation->attachments };
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
create_messages (HdRtPortal       *self,
                 HdRtConversation *conversation)
{
  GListStore *messages = g_list_store_new (HD_TYPE_MESSAGE);

  for (guint i = 0; i < json_array_get_length (conversation->history); i++)
    {
      JsonObject *transaction = hd_rt_json_get_element (conversation->history, i);
      g_autofree char *id = hd_rt_json_dup_id (transaction, "id");
      g_autoptr (HdMessage) message = NULL;

      if (id == NULL || !hd_rt_is_correspondence (transaction))
        continue;

      message = hd_rt_conversation_find_held (conversation, id);

      if (message == NULL)
        message = create_message (self, conversation, transaction, id);

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
create_history (HdRtPortal       *self,
                HdRtConversation *conversation)
{
  GListStore *history = g_list_store_new (HD_TYPE_STATUS_CHANGE);
  JsonObject *creation = NULL;
  const char *first = hd_rt_json_get_text (json_node_get_object (conversation->ticket), "Status");

  for (guint i = json_array_get_length (conversation->history); i > 0; i--)
    {
      JsonObject *transaction = hd_rt_json_get_element (conversation->history, i - 1);

      if (is_type (transaction, "Status"))
        first = hd_rt_json_get_text (transaction, "OldValue");
      else if (is_type (transaction, "Create"))
        creation = transaction;
    }

  if (creation != NULL)
    add_status_change (self, history, creation, first);

  for (guint i = 0; i < json_array_get_length (conversation->history); i++)
    {
      JsonObject *transaction = hd_rt_json_get_element (conversation->history, i);

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
        field = hd_rt_json_find_field (ticket, id);

      if (field != NULL)
        add_field (fields, files, field);
    }
}

/* Returns: (transfer none) (nullable): the key that the person's program wrote; who copies a ticket copies its fields */
static const char *
get_client_key (HdRtPortal *self,
                JsonObject *ticket)
{
  JsonArray *fields = hd_json_get_array (ticket, "CustomFields");

  for (guint i = 0; is_mine (self, ticket) && i < hd_rt_json_get_length (fields); i++)
    {
      JsonObject *field = hd_rt_json_get_element (fields, i);
      const char *key = hd_rt_json_get_value (hd_json_get_array (field, "values"), 0);

      if (hd_rt_site_plays (self->site, HD_RT_ROLE_CLIENT_KEY, hd_rt_json_get_text (field, "name")) &&
          key != NULL && *key != '\0')
        return key;
    }

  return NULL;
}

/* --- All of it --- */

/**
 * hd_rt_conversation_to_request:
 * @self: a portal
 * @conversation: what was received
 *
 * Returns: (transfer full) (nullable): the request with its conversation
 */
HdRequest *
hd_rt_conversation_to_request (HdRtPortal       *self,
                               HdRtConversation *conversation)
{
  JsonObject *ticket = json_node_get_object (conversation->ticket);
  HdRequest *request = hd_rt_ticket_to_request (self, ticket);
  g_autoptr (GListStore) fields = g_list_store_new (HD_TYPE_FIELD_VALUE);
  g_autoptr (GListStore) files = g_list_store_new (HD_TYPE_ATTACHMENT);
  g_autoptr (GListModel) messages = NULL;
  g_autoptr (GListModel) history = NULL;
  g_auto (GStrv) actions = NULL;
  g_auto (GStrv) not_kept = NULL;

  if (request == NULL)
    return NULL;

  messages = create_messages (self, conversation);
  history = create_history (self, conversation);
  actions = hd_rt_portal_dup_actions (self, ticket);
  not_kept = hd_rt_portal_dup_not_kept (self, ticket, conversation->held);
  take_fields (self, ticket, fields, files);
  g_object_set (request,
                "fields", fields,
                "attachments", files,
                "messages", messages,
                "message-count", (gint64) g_list_model_get_n_items (messages),
                "history", history,
                "actions", actions,
                "not-kept", not_kept,
                "client-key", get_client_key (self, ticket),
                "complete", TRUE,
                NULL);
  return request;
}
