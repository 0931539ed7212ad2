/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-api.h"

#include "hd-announcements.h"
#include "hd-articles.h"
#include "hd-info.h"
#include "hd-json.h"
#include "hd-offerings.h"
#include "hd-problem.h"
#include "hd-sessions.h"
#include "hd-text.h"

#define VERSION_LENGTH 12

static void
add_version (JsonObject *info,
             const char *name,
             JsonNode   *content)
{
  g_autoptr (JsonNode) owned = content;
  g_autofree char *text = hd_text_from_json (owned);
  g_autofree char *hash = hd_text_hash (text);

  hash[VERSION_LENGTH] = '\0';
  json_object_set_string_member (info, name, hash);
}

void
hd_api_get_info (HdCall *call)
{
  HdDatabase *database = hd_call_get_database (call);
  JsonNode *info = hd_info_get (database);

  add_version (json_node_get_object (info), "catalog_version", hd_offerings_get (database));
  add_version (json_node_get_object (info), "announcements_version", hd_announcements_get (database, hd_text_now ()));
  add_version (json_node_get_object (info), "articles_version", hd_articles_get_state (database));
  hd_call_reply_json (call, SOUP_STATUS_OK, info);
}

/* Returns: (transfer full) (nullable): what a person gets for a password. */
static JsonNode *
start_session (HdCall        *call,
               const HdUser  *user,
               GError       **error)
{
  gint64 now = hd_text_now ();
  gint64 expires_at = now + hd_server_get_token_lifetime (hd_call_get_server (call));
  g_autofree char *token = NULL;
  JsonObject *object;

  token = hd_sessions_create (hd_call_get_database (call), user->id, now, expires_at, error);

  if (token == NULL)
    return NULL;

  object = json_object_new ();
  hd_text_add_string (object, "token", token);
  hd_text_add_time (object, "expires_at", expires_at);
  json_object_set_member (object, "account", hd_user_to_json (user));
  return hd_text_take_object (object);
}

static void
refuse (HdCall          *call,
        const HdRefusal *refusal,
        const GError    *error)
{
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, refusal->retry_after);

  if (g_error_matches (error, HD_PROBLEM, HD_PROBLEM_LOCKED))
    hd_call_set_header (call, "Retry-After", seconds);

  if (g_error_matches (error, HD_PROBLEM, HD_PROBLEM_INVALID_CREDENTIALS))
    hd_call_add_to_problem (call, "tries_left",
                            json_node_init_int (json_node_alloc (), refusal->tries_left));

  hd_call_fail (call, error);
}

static void
password_checked_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (HdCall) call = user_data;
  g_autoptr (HdUser) user = NULL;
  g_autoptr (GError) error = NULL;
  HdRefusal refusal;
  JsonNode *answer = NULL;

  user = hd_sign_in_finish (HD_SIGN_IN (object), result, &refusal, &error);

  if (user != NULL)
    answer = start_session (call, user, &error);
  else if (error == NULL)
    hd_problem_set (&error, HD_PROBLEM_INVALID_CREDENTIALS);

  if (answer != NULL)
    {
      hd_call_set_header (call, "Cache-Control", "no-store");
      hd_call_reply_json (call, SOUP_STATUS_CREATED, answer);
    }
  else
    {
      refuse (call, &refusal, error);
    }
}

void
hd_api_sign_in (HdCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = hd_call_read_json (call, &error);
  const char *user_name = hd_json_get_string (object, "user_name");
  const char *password = hd_json_get_string (object, "password");

  if (error == NULL && (user_name == NULL || password == NULL))
    hd_problem_set (&error, HD_PROBLEM_BAD_REQUEST);

  if (error != NULL)
    {
      hd_call_fail (call, error);
      return;
    }

  hd_call_pause (call);
  hd_sign_in_async (hd_server_get_sign_in (hd_call_get_server (call)), user_name, password, NULL,
                    password_checked_cb, g_object_ref (call));
}

void
hd_api_sign_out (HdCall *call)
{
  g_autoptr (GError) error = NULL;

  if (hd_sessions_end (hd_call_get_database (call), hd_call_get_token (call), &error))
    hd_call_reply_empty (call, SOUP_STATUS_NO_CONTENT);
  else
    hd_call_fail (call, error);
}

void
hd_api_get_me (HdCall *call)
{
  hd_call_reply_json (call, SOUP_STATUS_OK, hd_user_to_json (hd_call_get_user (call)));
}
