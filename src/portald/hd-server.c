/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-server.h"

#include <libsoup/soup.h>

#include "hd-blobs.h"
#include "hd-body-guard.h"
#include "hd-call.h"
#include "hd-certificates.h"
#include "hd-info.h"
#include "hd-mailer.h"
#include "hd-patience.h"
#include "hd-practice.h"
#include "hd-problem.h"
#include "hd-rate-limit.h"
#include "hd-router.h"
#include "hd-sessions.h"
#include "hd-text.h"

/**
 * HdServer:
 *
 * The portal as it is reached over HTTPS: takes calls, checks who is asking,
 * and hands them to the operations of hd-router.c.
 *
 * Runs on the main context of the thread that made it.
 */

#define API_PREFIX "/api/v1/"

/* Of a body without files, and what descriptions add to the files themselves. */
#define MAX_TEXT_BODY (256 * 1024)
#define MAX_MULTIPART_OVERHEAD (1024 * 1024)

/* What a client that is told to come back later should wait, in seconds. */
#define MAINTENANCE_RETRY "60"

/* What is younger may be what another process, the desk's, is just about to name. */
#define STRAY_AGE_SECONDS (24 * 60 * 60)

struct _HdServer
{
  GObject      parent_instance;

  HdDatabase  *database; /* (owned) */
  HdSignIn    *sign_in;  /* (owned) */
  HdMailer    *mailer;   /* (owned) */
  HdPractice  *practice; /* (owned) (nullable) */
  HdRateLimit *rate_limit;  /* (owned) */
  SoupServer  *soup;     /* (owned) */
  HdPatience  *patience; /* (owned) */
  char        *address;  /* (owned) */
  guint        port;
  gint64       token_lifetime;
};

G_DEFINE_FINAL_TYPE (HdServer, hd_server, G_TYPE_OBJECT)

static const HdRoute *
find_route (SoupServerMessage   *message,
            char              ***arguments,
            gboolean            *is_known_path)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  *is_known_path = FALSE;

  if (!g_str_has_prefix (path, API_PREFIX))
    return NULL;

  return hd_router_find (soup_server_message_get_method (message), path + strlen (API_PREFIX),
                         arguments, is_known_path);
}

static gboolean
identify (HdCall  *call,
          GError **error)
{
  const char *token = hd_call_get_token (call);
  HdUser *user = token != NULL ? hd_sessions_find (hd_call_get_database (call), token, hd_text_now ())
                               : NULL;

  if (user == NULL)
    return hd_problem_set (error, HD_PROBLEM_SIGNED_OUT);

  hd_call_take_user (call, user);
  return TRUE;
}

static gboolean
check_open (HdServer  *self,
            HdCall    *call,
            GError   **error)
{
  g_autofree char *closed = hd_info_dup_closed (self->database);

  if (closed == NULL)
    return TRUE;

  hd_call_set_header (call, "Retry-After", MAINTENANCE_RETRY);
  return hd_problem_set_literal (error, HD_PROBLEM_MAINTENANCE,
                                 closed[0] != '\0' ? closed : "The portal is closed for maintenance.");
}

/*
 * Returns: (transfer full): who is to be counted: a session, for many may come from
 * one address; without one the address, for anybody can make up tokens
 */
static char *
dup_caller (HdCall *call)
{
  SoupServerMessage *message = hd_call_get_message (call);
  const char *host = soup_server_message_get_remote_host (message);

  if (hd_call_get_user (call) != NULL)
    return g_strconcat ("session ", hd_call_get_token (call), NULL);

  return g_strconcat ("address ", host != NULL ? host : "", NULL);
}

/* @counts: whether it is a call, and not only the question whether to send its body */
static gboolean
check_rate (HdServer  *self,
            HdCall    *call,
            gboolean   counts,
            GError   **error)
{
  g_autofree char *caller = dup_caller (call);
  g_autofree char *seconds = NULL;
  gint64 now = g_get_monotonic_time ();
  guint wait = counts ? hd_rate_limit_take (self->rate_limit, caller, now)
                      : hd_rate_limit_look (self->rate_limit, caller, now);

  if (wait == 0)
    return TRUE;

  seconds = g_strdup_printf ("%u", wait);
  hd_call_set_header (call, "Retry-After", seconds);
  return hd_problem_set (error, HD_PROBLEM_RATE_LIMITED);
}

static gboolean
check (HdServer       *self,
       HdCall         *call,
       const HdRoute  *route,
       gboolean        counts,
       GError        **error)
{
  gboolean is_known = (route->flags & HD_ROUTE_PUBLIC) != 0;

  if ((route->flags & HD_ROUTE_ALWAYS) == 0 && !check_open (self, call, error))
    return FALSE;

  is_known = is_known || identify (call, NULL);

  if (!check_rate (self, call, counts, error))
    return FALSE;

  if (!is_known)
    return hd_problem_set (error, HD_PROBLEM_SIGNED_OUT);

  if (hd_body_guard_is_too_large (hd_call_get_message (call)))
    return hd_problem_set (error, HD_PROBLEM_TOO_LARGE);

  return TRUE;
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  HdServer *self = user_data;
  g_autoptr (HdCall) call = hd_call_new (self, message, query);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  gboolean is_known_path;
  const HdRoute *route = find_route (message, &arguments, &is_known_path);

  if (route == NULL)
    {
      hd_problem_set (&error,
                      is_known_path ? HD_PROBLEM_METHOD_NOT_ALLOWED : HD_PROBLEM_NOT_FOUND);
    }
  else if (check (self, call, route, TRUE, &error))
    {
      g_debug ("%s %s", route->method, route->path);
      hd_call_take_arguments (call, g_steal_pointer (&arguments));
      route->handler (call);
    }

  if (error != NULL)
    hd_call_fail (call, error);
}

static gsize
get_body_limit (HdServer      *self,
                HdCall        *call,
                const HdRoute *route)
{
  if (route == NULL || (route->flags & HD_ROUTE_MULTIPART) == 0 || !identify (call, NULL))
    return MAX_TEXT_BODY;

  return (gsize) hd_info_get_limits (self->database).max_total_size + MAX_MULTIPART_OVERHEAD;
}

/* Runs when the headers have come but the body has not. */
static void
headers_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  HdServer *self = user_data;
  g_autoptr (HdCall) call = hd_call_new (self, message, query);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  gboolean is_known_path;
  const HdRoute *route = find_route (message, &arguments, &is_known_path);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  hd_body_guard_watch (message, get_body_limit (self, call, route));

  /* It asked whether to send the body: then it need not send it in vain. */
  if ((soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE) != 0 &&
      route != NULL && !check (self, call, route, FALSE, &error))
    hd_call_fail (call, error);
}

static void
hd_server_finalize (GObject *object)
{
  HdServer *self = HD_SERVER (object);

  hd_server_stop (self);
  g_clear_object (&self->patience);
  g_clear_object (&self->soup);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->rate_limit, hd_rate_limit_free);
  g_clear_object (&self->mailer);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->database);
  g_free (self->address);

  G_OBJECT_CLASS (hd_server_parent_class)->finalize (object);
}

static void
hd_server_class_init (HdServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_server_finalize;
}

static void
hd_server_init (HdServer *self)
{
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->soup, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
}

HdServer *
hd_server_new (HdDatabase            *database,
               const HdServerOptions *options)
{
  HdServer *self = g_object_new (HD_TYPE_SERVER, NULL);

  self->database = g_object_ref (database);
  self->sign_in = hd_sign_in_new (database, options->lock_duration);
  self->mailer = hd_mailer_new (database);
  self->patience = hd_patience_new (self->soup, options->patience);
  self->rate_limit = hd_rate_limit_new (options->rate_limit, options->rate_burst);
  self->address = g_strdup (options->address);
  self->port = options->port;
  self->token_lifetime = options->token_lifetime;

  if (options->practice_delay >= 0)
    self->practice = hd_practice_new (database, (guint) options->practice_delay);

  return self;
}

/* Uploads that came to nothing because the portal was stopped. */
static void
collect_strays (HdServer *self)
{
  const char *data_dir = hd_database_get_data_dir (self->database);
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdRows) rows = hd_database_query (self->database, &error,
                                               "SELECT sha256 FROM attachments UNION SELECT sha256 FROM media", "");
  guint n_files;

  while (rows != NULL && hd_rows_next (rows, &error))
    g_hash_table_add (wanted, g_strdup (hd_rows_get_text (rows, 0)));

  /* Of what is not known to be unwanted nothing is deleted. */
  if (error != NULL)
    return;

  n_files = hd_blobs_collect (data_dir, "files", wanted, hd_text_now () - STRAY_AGE_SECONDS) +
            hd_blobs_collect (data_dir, "uploads", NULL, hd_text_now () - STRAY_AGE_SECONDS);
  g_debug ("%u files that nothing names are deleted", n_files);
}

/**
 * hd_server_start:
 * @self: a server
 * @error: return location for an error
 *
 * Begins to listen, with a certificate that is made or renewed if need be.
 *
 * Returns: whether it does
 */
gboolean
hd_server_start (HdServer  *self,
                 GError   **error)
{
  const char *data_dir = hd_database_get_data_dir (self->database);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (self->address);
  g_autoptr (GSocketAddress) address = NULL;

  if (inet == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not an IP address",
                   self->address);
      return FALSE;
    }

  if (!hd_certificates_ensure (data_dir, self->address, now, error))
    return FALSE;

  certificate = hd_certificates_load_server (data_dir, error);

  if (certificate == NULL)
    return FALSE;

  soup_server_set_tls_certificate (self->soup, certificate);
  address = g_inet_socket_address_new (inet, (guint16) self->port);

  if (!soup_server_listen (self->soup, address, SOUP_SERVER_LISTEN_HTTPS, error))
    return FALSE;

  collect_strays (self);
  hd_mailer_wake (self->mailer);

  if (self->practice != NULL)
    hd_practice_resume (self->practice);

  return TRUE;
}

/* Stops listening; whatever is under way is dropped. */
void
hd_server_stop (HdServer *self)
{
  hd_patience_end (self->patience);
  soup_server_disconnect (self->soup);
}

/* Returns: (transfer full): where the portal is to be reached. */
char *
hd_server_dup_url (HdServer *self)
{
  GSList *uris = soup_server_get_uris (self->soup);
  char *url = uris != NULL ? g_uri_to_string (uris->data) : g_strdup ("");

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

HdDatabase *
hd_server_get_database (HdServer *self)
{
  return self->database;
}

HdSignIn *
hd_server_get_sign_in (HdServer *self)
{
  return self->sign_in;
}

gint64
hd_server_get_token_lifetime (HdServer *self)
{
  return self->token_lifetime;
}

/**
 * hd_server_request_changed:
 * @self: the server
 * @request_id: a request
 *
 * Somebody registered the request or did something about it: there may be a
 * letter to send, and something for the played desk to do.
 */
void
hd_server_request_changed (HdServer   *self,
                           const char *request_id)
{
  hd_mailer_wake (self->mailer);

  if (self->practice != NULL)
    hd_practice_watch (self->practice, request_id);
}
