/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-open-private.h"

#include <string.h>

#include "hd-error.h"
#include "hd-json.h"
#include "hd-record-json.h"

/**
 * HdOpenPortal:
 *
 * The portal whose API docs/portal-api.yaml describes.  Its JSON is the model's
 * own, so there is little to map.
 *
 * Forms, single requests and announcements are asked for conditionally; what
 * they were compared to is kept in memory until somebody signs out.
 */

G_DEFINE_FINAL_TYPE (HdOpenPortal, hd_open_portal, HD_TYPE_PORTAL)

#define ALL_CAPABILITIES \
  (HD_PORTAL_IDEMPOTENCY | HD_PORTAL_DELTA | HD_PORTAL_REPLY | HD_PORTAL_CANCEL | HD_PORTAL_REOPEN | \
   HD_PORTAL_CONFIRM | HD_PORTAL_RATE | HD_PORTAL_FEEDBACK | HD_PORTAL_ANNOUNCEMENTS)

#define MAX_TOKEN 4096
#define OPTIONS_LIMIT "50"

/**
 * hd_open_portal_check:
 * @record: what was answered
 * @error: return location for %HD_ERROR_PROTOCOL
 *
 * An object without a single member that is known makes a record too: an empty
 * one, by which everything would have been deleted at the portal.
 *
 * Returns: whether @record says what no good answer leaves out
 */
gboolean
hd_open_portal_check (gpointer   record,
                      GError   **error)
{
  gboolean whole = TRUE;

  if (HD_IS_REQUEST_PAGE (record))
    whole = hd_request_page_get_as_of (record) != NULL;
  else if (HD_IS_ARTICLE_CHANGES (record))
    whole = hd_article_changes_get_as_of (record) != NULL;
  else if (HD_IS_CATALOG (record))
    whole = hd_catalog_get_version (record) != NULL;
  else if (HD_IS_FORM (record))
    whole = hd_form_get_offering_id (record) != NULL;
  else if (HD_IS_PORTAL_INFO (record))
    whole = hd_portal_info_get_name (record) != NULL;

  if (!whole)
    g_set_error (error, HD_ERROR, HD_ERROR_PROTOCOL, "not a whole %s", G_OBJECT_TYPE_NAME (record));

  return whole;
}

static void
record_received_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL || !hd_open_portal_check (answer->record, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer->record), g_object_unref);
}

/**
 * hd_open_portal_ask:
 * @self: a portal
 * @request: what to ask
 * @type: the type of the record that is the answer
 * @task: returns the record
 */
void
hd_open_portal_ask (HdOpenPortal  *self,
                    HdHttpRequest *request,
                    GType          type,
                    GTask         *task)
{
  hd_http_request_expect_record (request, type);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task),
                             record_received_cb, g_object_ref (task));
}

typedef struct
{
  HdHttpRequest *request;  /* (owned) */
  HdRecord      *held;     /* (owned) (nullable): the answer, if nothing changed */
} CachedAsk;

static void
cached_ask_free (gpointer data)
{
  CachedAsk *ask = data;

  g_clear_object (&ask->request);
  g_clear_object (&ask->held);
  g_free (ask);
}

static void
cached_received_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdOpenPortal *self = g_task_get_source_object (task);
  CachedAsk *ask = g_task_get_task_data (task);
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL || (answer->record != NULL && !hd_open_portal_check (answer->record, &error)))
    {
      g_task_return_error (task, error);
      return;
    }

  if (answer->record == NULL)
    {
      g_task_return_pointer (task, hd_record_copy (ask->held), g_object_unref);
      return;
    }

  hd_open_cache_put (self->cache, hd_http_request_get_path (ask->request), answer->etag, answer->record);
  g_task_return_pointer (task, g_steal_pointer (&answer->record), g_object_unref);
}

/* As hd_open_portal_ask(), for what has an ETag. */
void
hd_open_portal_ask_cached (HdOpenPortal  *self,
                           HdHttpRequest *request,
                           GType          type,
                           GTask         *task)
{
  const char *path = hd_http_request_get_path (request);
  const char *etag = NULL;
  CachedAsk *ask = g_new0 (CachedAsk, 1);

  ask->request = g_object_ref (request);
  ask->held = path != NULL ? hd_open_cache_get (self->cache, path, &etag) : NULL;
  g_task_set_task_data (task, ask, cached_ask_free);

  hd_http_request_set_header (request, "If-None-Match", etag);
  hd_http_request_expect_record (request, type);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task),
                             cached_received_cb, g_object_ref (task));
}

static guint64
hd_open_portal_get_traffic (HdPortal *portal)
{
  return hd_http_client_get_traffic (HD_OPEN_PORTAL (portal)->client);
}

static HdPortalCapabilities
hd_open_portal_get_capabilities (HdPortal *portal)
{
  return HD_OPEN_PORTAL (portal)->capabilities;
}

static void
info_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdOpenPortal *self = g_task_get_source_object (task);
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL || !hd_open_portal_check (answer->record, &error))
    {
      g_task_return_error (task, error);
    }
  else
    {
      self->capabilities = hd_portal_parse_capabilities (hd_portal_info_get_capabilities (answer->record));
      g_task_return_pointer (task, g_steal_pointer (&answer->record), g_object_unref);
    }
}

static void
hd_open_portal_get_info (HdPortal *portal,
                         GTask    *task)
{
  HdOpenPortal *self = HD_OPEN_PORTAL (portal);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "info", NULL);

  hd_http_request_set_anonymous (request, TRUE);
  hd_http_request_expect_record (request, HD_TYPE_PORTAL_INFO);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task),
                             info_received_cb, g_object_ref (task));
}

/* What can stand in a header. */
static gboolean
is_token (const char *token)
{
  if (token == NULL || *token == '\0' || strlen (token) > MAX_TOKEN)
    return FALSE;

  for (const char *c = token; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }

  return TRUE;
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HdHttpClient *client = HD_HTTP_CLIENT (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (HdAccount) account = NULL;
  JsonObject *root;
  GError *error = NULL;

  answer = hd_http_client_send_finish (client, result, &error);

  if (answer != NULL)
    {
      root = json_node_get_object (answer->root);
      account = hd_record_new_from_json (HD_TYPE_ACCOUNT, json_object_get_member (root, "account"), &error);

      if (account != NULL && !is_token (hd_json_get_string (root, "token")))
        error = g_error_new_literal (HD_ERROR, HD_ERROR_PROTOCOL, "the session has no token");
      else if (account != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        hd_http_client_set_authorization (client, "Bearer", hd_json_get_string (root, "token"));
    }

  /* Nobody was signed in, so that cannot have ended. */
  if (g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    error->code = HD_ERROR_CREDENTIALS;

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&account), g_object_unref);
}

static void
forget_session (HdOpenPortal *self)
{
  hd_open_portal_drop_ahead (self);
  hd_http_client_set_authorization (self->client, NULL, NULL);
  hd_open_cache_clear (self->cache);
}

static void
hd_open_portal_sign_in (HdPortal   *portal,
                        const char *user_name,
                        const char *password,
                        GTask      *task)
{
  HdOpenPortal *self = HD_OPEN_PORTAL (portal);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("POST", "session", NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) body = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "user_name");
  json_builder_add_string_value (builder, user_name);
  json_builder_set_member_name (builder, "password");
  json_builder_add_string_value (builder, password);
  json_builder_end_object (builder);
  body = json_builder_get_root (builder);

  forget_session (self);
  hd_http_request_set_anonymous (request, TRUE);
  hd_http_request_set_json (request, body);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task),
                             signed_in_cb, g_object_ref (task));
}

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (HdHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL && !g_error_matches (error, HD_ERROR, HD_ERROR_SIGNED_OUT))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
hd_open_portal_sign_out (HdPortal *portal,
                         GTask    *task)
{
  HdOpenPortal *self = HD_OPEN_PORTAL (portal);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("DELETE", "session", NULL);

  if (!hd_http_client_has_authorization (self->client))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  hd_http_request_expect_nothing (request);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task),
                             signed_out_cb, g_object_ref (task));

  /* On its way the token already is; here it is forgotten whatever the answer. */
  forget_session (self);
}

static void
hd_open_portal_get_account (HdPortal *portal,
                            GTask    *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "me", NULL);

  hd_open_portal_ask (HD_OPEN_PORTAL (portal), request, HD_TYPE_ACCOUNT, task);
}

static void
remember_catalog (HdOpenPortal *self,
                  HdHttpAnswer *answer)
{
  g_free (self->catalog_etag);
  self->catalog_etag = g_strdup (answer->etag);
  g_free (self->catalog_version);
  self->catalog_version = g_strdup (hd_catalog_get_version (answer->record));
}

static void
catalog_received_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HdOpenPortal *self = g_task_get_source_object (task);
  const char *held = g_task_get_task_data (task);
  g_autoptr (HdHttpAnswer) answer = NULL;
  GError *error = NULL;

  answer = hd_http_client_send_finish (HD_HTTP_CLIENT (object), result, &error);

  if (answer == NULL || (answer->record != NULL && !hd_open_portal_check (answer->record, &error)))
    {
      g_task_return_error (task, error);
      return;
    }

  if (answer->record != NULL)
    remember_catalog (self, answer);

  /* An empty one without a version says that nothing changed. */
  if (answer->record == NULL ||
      (held != NULL && g_strcmp0 (held, hd_catalog_get_version (answer->record)) == 0))
    g_task_return_pointer (task, hd_record_new_from_string (HD_TYPE_CATALOG, "{}", NULL), g_object_unref);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer->record), g_object_unref);
}

static void
hd_open_portal_get_catalog (HdPortal   *portal,
                            const char *version,
                            GTask      *task)
{
  HdOpenPortal *self = HD_OPEN_PORTAL (portal);
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "catalog", NULL);

  if (version != NULL && g_strcmp0 (version, self->catalog_version) == 0)
    hd_http_request_set_header (request, "If-None-Match", self->catalog_etag);

  g_task_set_task_data (task, g_strdup (version), g_free);
  hd_http_request_expect_record (request, HD_TYPE_CATALOG);
  hd_http_client_send_async (self->client, request, g_task_get_cancellable (task),
                             catalog_received_cb, g_object_ref (task));
}

static void
hd_open_portal_get_form (HdPortal   *portal,
                         const char *offering_id,
                         GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "offerings", offering_id, "form", NULL);

  hd_open_portal_ask_cached (HD_OPEN_PORTAL (portal), request, HD_TYPE_FORM, task);
}

static void
hd_open_portal_get_options (HdPortal   *portal,
                            const char *source,
                            const char *query,
                            const char *parent,
                            GTask      *task)
{
  g_autoptr (HdHttpRequest) request = hd_http_request_new ("GET", "options", source, NULL);

  hd_http_request_add_query (request, "q", query);
  hd_http_request_add_query (request, "parent", parent);
  hd_http_request_add_query (request, "limit", OPTIONS_LIMIT);
  hd_open_portal_ask (HD_OPEN_PORTAL (portal), request, HD_TYPE_OPTION_LIST, task);
}

static void
hd_open_portal_finalize (GObject *object)
{
  HdOpenPortal *self = HD_OPEN_PORTAL (object);

  hd_open_portal_drop_ahead (self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->cache, hd_open_cache_free);
  g_clear_pointer (&self->catalog_etag, g_free);
  g_clear_pointer (&self->catalog_version, g_free);

  G_OBJECT_CLASS (hd_open_portal_parent_class)->finalize (object);
}

static void
hd_open_portal_class_init (HdOpenPortalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  HdPortalClass *portal_class = HD_PORTAL_CLASS (klass);

  object_class->finalize = hd_open_portal_finalize;

  portal_class->get_capabilities = hd_open_portal_get_capabilities;
  portal_class->get_traffic = hd_open_portal_get_traffic;
  portal_class->get_info = hd_open_portal_get_info;
  portal_class->sign_in = hd_open_portal_sign_in;
  portal_class->sign_out = hd_open_portal_sign_out;
  portal_class->get_account = hd_open_portal_get_account;
  portal_class->get_catalog = hd_open_portal_get_catalog;
  portal_class->get_form = hd_open_portal_get_form;
  portal_class->get_options = hd_open_portal_get_options;
  portal_class->submit = hd_open_portal_submit;
  portal_class->list_requests = hd_open_portal_list_requests;
  portal_class->get_request = hd_open_portal_get_request;
  portal_class->reply = hd_open_portal_reply;
  portal_class->act = hd_open_portal_act;
  portal_class->list_articles = hd_open_portal_list_articles;
  portal_class->list_announcements = hd_open_portal_list_announcements;
  portal_class->get_media = hd_open_portal_get_media;
  portal_class->get_media_bundle = hd_open_portal_get_media_bundle;
  portal_class->download = hd_open_portal_download;
  portal_class->send_feedback = hd_open_portal_send_feedback;
}

static void
hd_open_portal_init (HdOpenPortal *self)
{
  self->cache = hd_open_cache_new ();
  self->capabilities = ALL_CAPABILITIES;
}

/**
 * hd_open_portal_new:
 * @client: a client whose base is the API's
 *
 * Until hd_portal_get_info_async() was answered, the portal is taken to be able
 * to do all that the API has.
 *
 * Returns: (transfer full): a portal
 */
HdOpenPortal *
hd_open_portal_new (HdHttpClient *client)
{
  HdOpenPortal *self;

  g_return_val_if_fail (HD_IS_HTTP_CLIENT (client), NULL);

  self = g_object_new (HD_TYPE_OPEN_PORTAL, NULL);
  self->client = g_object_ref (client);
  return self;
}
