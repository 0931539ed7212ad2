/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-private.h"

#include <libsoup/soup.h>
#include <string.h>

#include "hd-error.h"
#include "hd-json.h"

/*
 * Who is signed in.
 *
 *   sign_in → form_answered_cb → ask_account ─┬ account_received_cb → finish
 *                                             └ (the site has no such form) try_basic → ask_account …
 *
 * The form of the web interface gives a session of which a request costs the
 * server nothing, and takes any password; so it is tried first.  It answers 200
 * to a wrong password as well as to a right one: what tells is whether the own
 * profile can be read.  A site that does not have the form, as it signs people
 * in by other means, may still take Basic; a password that the form refused is
 * not tried again.
 */

#define ACCOUNT_PATH "user"

typedef struct
{
  char     *user_name;   /* (owned) */
  char     *password;    /* (owned) (nullable): NULL once it was used up */
  gboolean  is_refused;  /* the form was there, so the password is what counts */
} SignIn;

static void ask_account (GTask *task);

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  if (sign_in->password != NULL)
    explicit_bzero (sign_in->password, strlen (sign_in->password));

  g_free (sign_in->password);
  g_free (sign_in->user_name);
  g_free (sign_in);
}

void
hd_rt_portal_forget_person (HdRtPortal *self)
{
  hd_http_client_set_authorization (self->client, NULL, NULL);
  hd_http_client_start_cookies (self->client);
  g_clear_pointer (&self->user_name, g_free);
  g_hash_table_remove_all (self->queues);
  g_hash_table_remove_all (self->key_fields);
  g_hash_table_remove_all (self->proven_keys);
  g_hash_table_remove_all (self->unread);
  g_hash_table_remove_all (self->options);
  g_hash_table_remove_all (self->sections);
  g_clear_pointer (&self->knowledge, g_strfreev);
  g_clear_pointer (&self->news, g_strfreev);
  g_clear_pointer (&self->contacts, g_strfreev);
}

/* --- The account --- */

/* The zone in which RT reads what the person writes: that of the profile, else the server's, which the site's file may name. */
static void
take_zone (HdRtPortal *self,
           JsonObject *user)
{
  const char *name = hd_rt_json_get_text (user, "Timezone");
  GTimeZone *zone;

  if (name == NULL)
    name = hd_rt_site_get (self->site, HD_RT_SETTING_TIME_ZONE);

  zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  self->zone_is_known = zone != NULL;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone != NULL ? zone : g_time_zone_new_local ();
}

static HdAccount *
take_account (HdRtPortal *self,
              JsonObject *user)
{
  const char *name = hd_rt_json_get_text (user, "Name");
  const char *phone = hd_rt_json_get_text (user, "WorkPhone");

  if (name == NULL)
    return NULL;

  g_free (self->user_name);
  self->user_name = g_strdup (name);
  take_zone (self, user);

  return g_object_new (HD_TYPE_ACCOUNT,
                       "id", name,
                       "user-name", name,
                       "name", hd_rt_json_get_text (user, "RealName"),
                       "email", hd_rt_json_get_text (user, "EmailAddress"),
                       "department", hd_rt_json_get_text (user, "Organization"),
                       "phone", phone != NULL ? phone : hd_rt_json_get_text (user, "MobilePhone"),
                       "office", hd_rt_json_get_text (user, "City"),
                       NULL);
}

static void
account_received_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);
  HdAccount *account = answer != NULL ? take_account (self, json_node_get_object (answer->root)) : NULL;

  if (answer != NULL && account == NULL)
    error = g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "the profile has no name");

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, account, g_object_unref);
}

/* As hd_portal_get_account_async(): the person is known by name only. */
void
hd_rt_portal_get_account (HdPortal *portal,
                          GTask    *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  g_autoptr (HdHttpRequest) request = NULL;

  if (self->user_name == NULL)
    {
      g_task_return_new_error (task, HD_ERROR, HD_ERROR_SIGNED_OUT, "nobody is signed in");
      return;
    }

  request = hd_rt_request_new ("GET", ACCOUNT_PATH, self->user_name);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), account_received_cb,
                             g_object_ref (task));
}

/* --- Signing in --- */

static void
try_basic (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autofree char *pair = g_strconcat (sign_in->user_name, ":", sign_in->password, NULL);
  g_autofree char *secret = g_base64_encode ((const guchar *) pair, strlen (pair));

  explicit_bzero (pair, strlen (pair));
  explicit_bzero (sign_in->password, strlen (sign_in->password));
  g_clear_pointer (&sign_in->password, g_free);

  /* A dead cookie beside it would make the refusal a redirection. */
  hd_http_client_start_cookies (self->client);
  hd_http_client_set_authorization (self->client, "Basic", secret);
  explicit_bzero (secret, strlen (secret));
  ask_account (task);
}

static void
own_account_received_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  HdAccount *account = g_task_propagate_pointer (G_TASK (result), &error);

  if (account != NULL)
    {
      g_task_return_pointer (task, account, g_object_unref);
      return;
    }

  if (g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT) && !sign_in->is_refused && sign_in->password != NULL)
    {
      g_clear_error (&error);
      try_basic (task);
      return;
    }

  /* Nobody was signed in, so that cannot have ended. */
  if (g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    error->code = HD_ERROR_CREDENTIALS;

  hd_rt_portal_forget_person (self);
  g_task_return_error (task, error);
}

static void
ask_account (GTask *task)
{
  HdRtPortal *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GTask) inner = g_task_new (self, g_task_get_cancellable (task), own_account_received_cb,
                                        g_object_ref (task));

  g_task_set_source_tag (inner, ask_account);
  g_free (self->user_name);
  self->user_name = g_strdup (sign_in->user_name);
  hd_rt_portal_get_account (HD_PORTAL (self), inner);
}

/* There is no such form, or it is not for everybody. */
static gboolean
has_no_form (const GError *error)
{
  return g_error_matches (error, HD_ERROR, HD_ERROR_FORBIDDEN) || g_error_matches (error, HD_ERROR, HD_ERROR_NOT_FOUND) ||
         g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT) || g_error_matches (error, HD_ERROR, HD_ERROR_REFUSED);
}

static void
form_answered_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL && !has_no_form (error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_error (&error);

  /* A page, not a redirection: either the first page of who is privileged, or the form again. */
  sign_in->is_refused = answer != NULL && SOUP_STATUS_IS_SUCCESSFUL (answer->status);

  if (answer != NULL)
    ask_account (task);
  else
    try_basic (task);
}

void
hd_rt_portal_sign_in (HdPortal   *portal,
                      const char *user_name,
                      const char *password,
                      GTask      *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  g_autoptr (HdHttpRequest) request =
    hd_rt_request_prepare (hd_http_request_new ("POST", "index.html", NULL));
  SignIn *sign_in = g_new0 (SignIn, 1);

  sign_in->user_name = g_strdup (user_name);
  sign_in->password = g_strdup (password);
  g_task_set_task_data (task, sign_in, sign_in_free);

  hd_rt_portal_forget_person (self);
  hd_http_request_add_form_value (request, "user", user_name);
  hd_http_request_add_form_value (request, "pass", password);
  hd_http_request_set_redirect (request, HD_HTTP_REDIRECT_ANSWER);
  hd_http_request_expect_nothing (request);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), form_answered_cb,
                             g_object_ref (task));
}

/* --- Signing out --- */

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdRtPortal *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HdHttpAnswer) answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  /* Here it is forgotten whatever the answer. */
  hd_rt_portal_forget_person (self);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
hd_rt_portal_sign_out (HdPortal *portal,
                       GTask    *task)
{
  HdRtPortal *self = HD_RT_PORTAL (portal);
  g_autoptr (HdHttpRequest) request =
    hd_rt_request_prepare (hd_http_request_new ("GET", "NoAuth", "Logout.html", NULL));

  if (self->user_name == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* Basic has no session to end. */
  if (hd_http_client_has_authorization (self->client))
    {
      hd_rt_portal_forget_person (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  hd_http_request_set_redirect (request, HD_HTTP_REDIRECT_ANSWER);
  hd_http_request_expect_nothing (request);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task), signed_out_cb, g_object_ref (task));
}
