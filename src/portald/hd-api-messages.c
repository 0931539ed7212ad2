/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-api.h"

#include "hd-idempotency.h"
#include "hd-json.h"
#include "hd-problem.h"
#include "hd-request-changes.h"
#include "hd-requests.h"
#include "hd-text.h"

/*
 * What the author of a request does about it: reply, cancel, confirm, open
 * again, rate.
 */

#define MAX_TEXT_LENGTH 20000

/* The request must be the person's own, and in a state that allows the action. */
static gboolean
check_action (HdCall           *call,
              HdRequestAction   action,
              GError          **error)
{
  int rating = 0;
  g_autofree char *status = hd_requests_find (hd_call_get_database (call),
                                              hd_call_get_user (call)->id,
                                              hd_call_get_argument (call, 0), &rating, error);

  if (status == NULL)
    return FALSE;

  if (!hd_requests_allows (status, rating, action))
    return hd_problem_set (error, HD_PROBLEM_CONFLICT);

  return TRUE;
}

static gboolean
refuse_field (HdCall      *call,
              const char  *field,
              const char  *sentence,
              GError     **error)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  hd_text_add_string (object, "field", field);
  hd_text_add_string (object, "message",
                      hd_words_translate (hd_call_get_language (call), sentence));
  json_array_add_object_element (array, object);
  json_node_take_array (node, array);
  hd_call_add_to_problem (call, "fields", node);
  return hd_problem_set (error, HD_PROBLEM_REFUSED);
}

/*
 * reply: hd_api_reply → reply_stored_cb → add_reply
 */

typedef struct
{
  HdCall   *call;    /* (owned) */
  HdUpload *upload;  /* (owned) */
} Reply;

static void
reply_free (Reply *reply)
{
  g_clear_object (&reply->call);
  g_clear_pointer (&reply->upload, hd_upload_free);
  g_free (reply);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static gboolean
check_text (HdCall         *call,
            const HdUpload *upload,
            const char     *text,
            GError        **error)
{
  if (g_utf8_strlen (text, -1) > MAX_TEXT_LENGTH)
    return refuse_field (call, "text", "The text is too long.", error);

  if (text[0] == '\0' && upload->files->len == 0)
    return refuse_field (call, "text", "Write the text of the message.", error);

  return TRUE;
}

static gboolean
add_reply (HdCall     *call,
           gpointer    user_data,
           char      **location,
           JsonNode  **answer,
           GError    **error)
{
  Reply *reply = user_data;
  HdDatabase *database = hd_call_get_database (call);
  const char *request_id = hd_call_get_argument (call, 0);
  const char *sent = hd_json_get_string (json_node_get_object (reply->upload->description), "text");
  g_autofree char *text = g_strstrip (g_strdup (sent != NULL ? sent : ""));
  g_autofree char *message_id = NULL;

  if (!check_action (call, HD_REQUEST_ACTION_REPLY, error) ||
      !check_text (call, reply->upload, text, error) ||
      !hd_request_set_waiting (database, request_id, FALSE, error))
    return FALSE;

  message_id = hd_request_add_message (database, request_id, hd_call_get_user (call)->name, TRUE,
                                       text, reply->upload->files, hd_text_now (), error);

  if (message_id == NULL)
    return FALSE;

  *answer = hd_requests_get_message (database, message_id, error);
  return *answer != NULL;
}

static void
reply_stored_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Reply) reply = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  HdDatabase *database = hd_call_get_database (reply->call);
  gboolean is_done;

  if (!hd_upload_store_finish (result, &error))
    {
      hd_upload_release (reply->upload, database, FALSE);
      hd_call_fail (reply->call, error);
      return;
    }

  content = hd_upload_fingerprint (reply->upload);

  is_done = hd_idempotency_run (reply->call, content, SOUP_STATUS_CREATED, add_reply, reply);
  hd_upload_release (reply->upload, database, is_done);

  if (is_done)
    hd_server_request_changed (hd_call_get_server (reply->call),
                               hd_call_get_argument (reply->call, 0));
}

void
hd_api_reply (HdCall *call)
{
  HdDatabase *database = hd_call_get_database (call);
  HdLimits limits = hd_info_get_limits (database);
  g_autoptr (GError) error = NULL;
  HdUpload *upload = hd_upload_parse (call, "message", &limits, &error);
  Reply *reply;

  if (upload == NULL)
    {
      hd_call_fail (call, error);
      return;
    }

  reply = g_new0 (Reply, 1);
  reply->call = g_object_ref (call);
  reply->upload = upload;

  hd_call_pause (call);
  hd_upload_store_async (upload, hd_database_get_data_dir (database), NULL, reply_stored_cb, reply);
}

/* An action that sets the status, with or without a word about it. */
static gboolean
change_status (HdCall           *call,
               HdRequestAction   action,
               JsonObject       *object,
               const char       *status,
               const char       *label,
               JsonNode        **answer,
               GError          **error)
{
  HdDatabase *database = hd_call_get_database (call);
  const HdUser *user = hd_call_get_user (call);
  const char *id = hd_call_get_argument (call, 0);
  const char *comment = hd_json_get_string (object, "comment");
  gint64 now = hd_text_now ();

  if (!check_action (call, action, error))
    return FALSE;

  if (comment != NULL && g_utf8_strlen (comment, -1) > MAX_TEXT_LENGTH)
    return refuse_field (call, "comment", "The text is too long.", error);

  if (comment != NULL && comment[0] != '\0')
    {
      g_autofree char *message_id = hd_request_add_message (database, id, user->name, TRUE, comment,
                                                            NULL, now, error);

      if (message_id == NULL)
        return FALSE;
    }

  if (!hd_request_set_waiting (database, id, FALSE, error) ||
      !hd_request_set_status (database, id, status, label, user->name, now, error))
    return FALSE;

  *answer = hd_requests_get_full (database, id, error);
  return *answer != NULL;
}

static gboolean
cancel_request (HdCall     *call,
                gpointer    user_data,
                char      **location,
                JsonNode  **answer,
                GError    **error)
{
  return change_status (call, HD_REQUEST_ACTION_CANCEL, user_data, "cancelled", NULL, answer, error);
}

static gboolean
reopen_request (HdCall     *call,
                gpointer    user_data,
                char      **location,
                JsonNode  **answer,
                GError    **error)
{
  return change_status (call, HD_REQUEST_ACTION_REOPEN, user_data, "in-progress",
                        "Відкрито повторно", answer, error);
}

static gboolean
confirm_request (HdCall     *call,
                 gpointer    user_data,
                 char      **location,
                 JsonNode  **answer,
                 GError    **error)
{
  return change_status (call, HD_REQUEST_ACTION_CONFIRM, user_data, "closed", NULL, answer, error);
}

static gboolean
rate_request (HdCall     *call,
              gpointer    user_data,
              char      **location,
              JsonNode  **answer,
              GError    **error)
{
  JsonObject *object = user_data;
  HdDatabase *database = hd_call_get_database (call);
  const char *id = hd_call_get_argument (call, 0);
  const char *comment = hd_json_get_string (object, "comment");
  gint64 stars = hd_json_get_int (object, "stars", 0);

  if (!check_action (call, HD_REQUEST_ACTION_RATE, error))
    return FALSE;

  if (stars < 1 || stars > 5)
    return refuse_field (call, "stars", "Choose from one to five stars.", error);

  if (comment != NULL && g_utf8_strlen (comment, -1) > MAX_TEXT_LENGTH)
    return refuse_field (call, "comment", "The text is too long.", error);

  if (!hd_request_rate (database, id, stars, comment, hd_text_now (), error))
    return FALSE;

  *answer = hd_requests_get_full (database, id, error);
  return *answer != NULL;
}

static void
act (HdCall   *call,
     HdEffect  effect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = hd_call_read_json (call, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *content = NULL;

  if (object == NULL)
    {
      hd_call_fail (call, error);
      return;
    }

  node = hd_text_take_object (json_object_ref (object));
  content = hd_text_from_json (node);

  if (hd_idempotency_run (call, content, SOUP_STATUS_OK, effect, object))
    hd_server_request_changed (hd_call_get_server (call), hd_call_get_argument (call, 0));
}

void
hd_api_cancel (HdCall *call)
{
  act (call, cancel_request);
}

void
hd_api_reopen (HdCall *call)
{
  act (call, reopen_request);
}

void
hd_api_confirm (HdCall *call)
{
  act (call, confirm_request);
}

void
hd_api_rate (HdCall *call)
{
  act (call, rate_request);
}
