/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "hd-ctl-print.h"
#include "hd-ctl.h"
#include "hd-authorities.h"
#include "hd-error.h"
#include "hd-field-value.h"
#include "hd-portal-factory.h"
#include "hd-synonyms.h"

/*
 * doctor: tries one thing after the other, from the policy to the store, and says
 * of each whether it is in order; what cannot be tried because of an earlier
 * fault is left out.  The exit code is that of the first fault.
 */

#define CERTIFICATE_DAYS 21
#define SYNC_DAYS 2

typedef enum
{
  STATE_OK,
  STATE_WARN,
  STATE_FAIL,
} State;

static const char *const state_names[] = { "ok", "warn", "fail" };

typedef struct
{
  HdCtl           *ctl;
  JsonBuilder     *report;       /* (owned) */
  HdCtlExit        code;         /* of the first fault */
  GUri            *uri;          /* (owned) (nullable) */
  GTlsCertificate *certificate;  /* (owned) (nullable) */
} Doctor;

/* --- Reporting --- */

G_GNUC_PRINTF (4, 5)
static void
tell (Doctor     *doctor,
      State       state,
      const char *check,
      const char *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (!doctor->ctl->json)
    hd_ctl_print ("%-4s  %-12s %s\n", state_names[state], check, text);

  json_builder_begin_object (doctor->report);
  json_builder_set_member_name (doctor->report, "check");
  json_builder_add_string_value (doctor->report, check);
  json_builder_set_member_name (doctor->report, "state");
  json_builder_add_string_value (doctor->report, state_names[state]);
  json_builder_set_member_name (doctor->report, "text");
  json_builder_add_string_value (doctor->report, text);
  json_builder_end_object (doctor->report);
}

static gboolean
tell_error (Doctor       *doctor,
            const char   *check,
            const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (error->domain == G_OPTION_ERROR)
    {
      tell (doctor, STATE_FAIL, check, "%s", error->message);
    }
  else
    {
      title = hd_error_dup_title (error);
      text = hd_error_dup_text (error);
      tell (doctor, STATE_FAIL, check, "%s. %s (%s)", title, text, error->message);
    }

  if (doctor->code == HD_CTL_OK)
    doctor->code = hd_ctl_exit_for_error (error);

  return FALSE;
}

/* --- What is configured --- */

static gboolean
check_policy (Doctor *doctor)
{
  HdCtl *ctl = doctor->ctl;
  const char *address = hd_ctl_get_address (ctl);

  if (address == NULL)
    {
      tell (doctor, STATE_FAIL, "policy", "%s", _("No portal is known. Give its address with --portal."));
      doctor->code = HD_CTL_USAGE;
      return FALSE;
    }

  tell (doctor, STATE_OK, "policy", "%s", ctl->portal != NULL ? _("The portal is given on the command line.")
                                                              : _("The portal is given by the policy."));
  return TRUE;
}

/* Without the file search is worse, and all else is as it should be. */
static void
check_synonyms (Doctor *doctor)
{
  const char *path = hd_policy_get_synonyms_file (doctor->ctl->policy);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = path != NULL ? hd_synonyms_read_file (path, &error) : NULL;

  if (error != NULL)
    tell (doctor, STATE_WARN, "search", _("The policy’s list of synonyms cannot be used. (%s)"), error->message);
  else if (path != NULL)
    tell (doctor, STATE_OK, "search",
          ngettext ("The policy adds %u line of synonyms.", "The policy adds %u lines of synonyms.", g_strv_length (lines)),
          g_strv_length (lines));
}

static gboolean
check_address (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = hd_portal_dup_uri (hd_ctl_get_address (doctor->ctl), &error);

  if (address == NULL)
    return tell_error (doctor, "address", error);

  doctor->uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  tell (doctor, STATE_OK, "address", "%s", address);
  return doctor->uri != NULL;
}

/* --- The way to the portal --- */

static gboolean
check_name (Doctor *doctor)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  GList *addresses;

  g_resolver_lookup_by_name_async (resolver, g_uri_get_host (doctor->uri), NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  addresses = g_resolver_lookup_by_name_finish (resolver, result, &error);

  if (addresses == NULL)
    {
      hd_error_from_transport (&error);
      return tell_error (doctor, "name", error);
    }

  first = g_inet_address_to_string (addresses->data);
  tell (doctor, STATE_OK, "name", "%s → %s", g_uri_get_host (doctor->uri), first);
  g_resolver_free_addresses (addresses);

  return TRUE;
}

static guint16
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return (guint16) g_uri_get_port (uri);

  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

static GSocketConnection *
connect_with (Doctor         *doctor,
              GSocketClient  *client,
              GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_socket_client_set_timeout (client, 15);
  g_socket_client_connect_to_host_async (client, g_uri_get_host (doctor->uri), get_port (doctor->uri),
                                         NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  return g_socket_client_connect_to_host_finish (client, result, error);
}

static gboolean
check_connection (Doctor *doctor)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  g_autoptr (GSocketConnection) connection = connect_with (doctor, client, &error);

  if (connection == NULL)
    {
      hd_error_from_transport (&error);
      return tell_error (doctor, "connection", error);
    }

  tell (doctor, STATE_OK, "connection", _("Port %u answers after %d ms."), get_port (doctor->uri),
        (int) ((g_get_monotonic_time () - started) / 1000));
  return TRUE;
}

/* --- TLS --- */

typedef struct
{
  GTlsDatabase         *database;     /* (owned) (nullable) */
  GTlsCertificate      *certificate;  /* (owned) (nullable) */
  GTlsCertificateFlags  flags;
} Handshake;

static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       Handshake            *handshake)
{
  g_set_object (&handshake->certificate, certificate);
  handshake->flags = flags;
  return FALSE;
}

static void
client_event_cb (GSocketClient      *client,
                 GSocketClientEvent  event,
                 GSocketConnectable *connectable,
                 GIOStream          *connection,
                 Handshake          *handshake)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    {
      if (handshake->database != NULL)
        g_tls_connection_set_database (G_TLS_CONNECTION (connection), handshake->database);

      g_signal_connect (connection, "accept-certificate", G_CALLBACK (accept_certificate_cb), handshake);
    }
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    {
      g_set_object (&handshake->certificate, g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (connection)));
      g_signal_handlers_disconnect_by_data (connection, handshake);
    }
}

static GTlsDatabase *
make_database (Doctor  *doctor,
               GError **error)
{
  const char *ca_file = doctor->ctl->ca_file != NULL ? doctor->ctl->ca_file
                                                     : hd_policy_get_ca_file (doctor->ctl->policy);
  g_autofree char *absolute = ca_file != NULL ? g_canonicalize_filename (ca_file, NULL) : NULL;

  return absolute != NULL ? hd_authorities_new (absolute, NULL, error) : NULL;
}

static void
tell_validity (Doctor *doctor)
{
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (doctor->certificate);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = until != NULL ? g_date_time_format (until, "%Y-%m-%d") : NULL;
  gboolean is_short = until != NULL && g_date_time_difference (until, now) < CERTIFICATE_DAYS * G_TIME_SPAN_DAY;

  if (date == NULL)
    tell (doctor, STATE_OK, "tls", "%s", _("The certificate is trusted."));
  else
    tell (doctor, is_short ? STATE_WARN : STATE_OK, "tls", _("The certificate is trusted; it is valid until %s."), date);
}

static gboolean
check_tls (Doctor *doctor)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  Handshake handshake = { NULL, NULL, 0 };

  if (!g_str_equal (g_uri_get_scheme (doctor->uri), "https"))
    {
      tell (doctor, STATE_WARN, "tls", "%s", _("The connection is not encrypted."));
      return TRUE;
    }

  handshake.database = make_database (doctor, &error);

  if (error == NULL)
    {
      g_socket_client_set_tls (client, TRUE);
      g_signal_connect (client, "event", G_CALLBACK (client_event_cb), &handshake);
      connection = connect_with (doctor, client, &error);
    }

  doctor->certificate = g_steal_pointer (&handshake.certificate);
  g_clear_object (&handshake.database);

  if (connection != NULL)
    {
      tell_validity (doctor);
      return TRUE;
    }

  hd_error_from_transport (&error);

  if (g_error_matches (error, HD_ERROR, HD_ERROR_TLS))
    hd_error_set_tls_flags (error, handshake.flags);

  return tell_error (doctor, "tls", error);
}

/* The certificate's dates are the only clock that is not this computer's own. */
static void
check_clock (Doctor *doctor)
{
  g_autoptr (GDateTime) since = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = g_date_time_format (now, "%Y-%m-%d %H:%M %Z");

  if (doctor->certificate == NULL)
    return;

  since = g_tls_certificate_get_not_valid_before (doctor->certificate);
  until = g_tls_certificate_get_not_valid_after (doctor->certificate);

  if ((since != NULL && g_date_time_compare (now, since) < 0) || (until != NULL && g_date_time_compare (now, until) > 0))
    tell (doctor, STATE_WARN, "clock",
          _("By this computer’s clock (%s) the portal’s certificate is not valid. Check the clock."), text);
  else
    tell (doctor, STATE_OK, "clock", "%s", text);
}

/* --- The portal --- */

static gboolean
check_portal (Doctor *doctor)
{
  HdPortal *portal = hd_session_get_portal (doctor->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  HdOutage *outage;

  hd_portal_get_info_async (portal, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  info = hd_portal_get_info_finish (portal, result, &error);

  if (info == NULL)
    return tell_error (doctor, "portal", error);

  outage = hd_portal_info_get_outage (info);

  if (outage != NULL)
    tell (doctor, STATE_WARN, "portal", "%s: %s", hd_portal_info_get_name (info), hd_outage_get_message (outage));
  else
    tell (doctor, STATE_OK, "portal", "%s", hd_portal_info_get_name (info));

  return TRUE;
}

/* --- This computer --- */

static gboolean
check_open (Doctor *doctor)
{
  HdSession *session = doctor->ctl->session;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hd_session_open_async (session, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  hd_session_open_finish (session, result, &error);

  if (error != NULL)
    return tell_error (doctor, "store", error);

  return TRUE;
}

static void
check_store (Doctor *doctor)
{
  HdStore *store = hd_session_get_store (doctor->ctl->session);
  GDateTime *synced_at = hd_session_get_synced_at (doctor->ctl->session);
  g_autofree char *time = hd_ctl_dup_time (synced_at);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) articles = NULL;
  g_autoptr (GError) error = NULL;
  guint n_articles;

  hd_store_list_articles_async (store, NULL, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  articles = hd_store_list_articles_finish (store, result, &error);

  if (articles == NULL)
    {
      tell_error (doctor, "store", error);
      return;
    }

  n_articles = g_list_model_get_n_items (articles);

  if (synced_at == NULL)
    tell (doctor, STATE_OK, "store", "%s", _("It can be used; nothing was synchronized yet."));
  else
    tell (doctor,
          g_date_time_difference (now, synced_at) > SYNC_DAYS * G_TIME_SPAN_DAY ? STATE_WARN : STATE_OK, "store",
          ngettext ("%u article is kept; as of %s.", "%u articles are kept; as of %s.", n_articles),
          n_articles, time);
}

static void
check_outbox (Doctor *doctor)
{
  HdStore *store = hd_session_get_store (doctor->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) outbox = NULL;
  guint n;

  hd_store_list_outbox_async (store, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  outbox = hd_store_list_outbox_finish (store, result, NULL);
  n = outbox != NULL ? g_list_model_get_n_items (outbox) : 0;

  if (n > 0)
    tell (doctor, STATE_WARN, "outbox",
          ngettext ("%u entry waits to be sent.", "%u entries wait to be sent.", n), n);
  else
    tell (doctor, STATE_OK, "outbox", "%s", _("Nothing waits to be sent."));
}

static void
check_keyring (Doctor *doctor)
{
  if (!hd_policy_get_allow_remember_me (doctor->ctl->policy))
    tell (doctor, STATE_OK, "keyring", "%s", _("The administrator allows no password to be remembered."));
  else if (hd_session_has_keyring (doctor->ctl->session))
    tell (doctor, STATE_OK, "keyring", "%s", _("There is a keyring."));
  else
    tell (doctor, STATE_WARN, "keyring", "%s",
          _("There is no keyring: passwords cannot be remembered. Install gnome-keyring or another Secret Service."));
}

static gboolean
check_sign_in (Doctor *doctor)
{
  HdCtl *ctl = doctor->ctl;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (ctl->password_stdin && ctl->user != NULL)
    {
      hd_ctl_sign_in (ctl, FALSE, &error);
    }
  else if (hd_session_get_state (ctl->session) != HD_SESSION_SIGNED_OUT)
    {
      hd_session_resume_async (ctl->session, NULL, hd_ctl_store_result_cb, &result);
      hd_ctl_await (&result);
      hd_session_resume_finish (ctl->session, result, &error);
    }
  else
    {
      tell (doctor, STATE_WARN, "sign-in", "%s", _("Nobody is signed in."));
      return FALSE;
    }

  if (error != NULL)
    return tell_error (doctor, "sign-in", error);

  tell (doctor, STATE_OK, "sign-in", "%s", hd_account_get_user_name (hd_session_get_account (ctl->session)));
  return TRUE;
}

/* What was made of a portal that does not say itself what is what. */
static void
explain_portal (Doctor *doctor)
{
  HdPortal *portal = hd_session_get_portal (doctor->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) lines = NULL;
  g_autoptr (GError) error = NULL;

  hd_portal_explain_async (portal, NULL, hd_ctl_store_result_cb, &result);
  hd_ctl_await (&result);
  lines = hd_portal_explain_finish (portal, result, &error);

  if (error != NULL)
    tell_error (doctor, "found", error);

  for (guint i = 0; lines != NULL && i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (HdFieldValue) line = g_list_model_get_item (lines, i);

      tell (doctor, STATE_OK, "found", "%s: %s", hd_field_value_get_label (line), hd_field_value_get_value (line));
    }
}

static void
examine (Doctor *doctor)
{
  gboolean is_there;

  if (!check_policy (doctor))
    return;

  check_synonyms (doctor);

  if (!check_address (doctor))
    return;

  if (!hd_ctl_make_session (doctor->ctl, &doctor->code))
    return;

  is_there = check_name (doctor) && check_connection (doctor) && check_tls (doctor);
  check_clock (doctor);
  is_there = is_there && check_portal (doctor);

  if (!check_open (doctor))
    return;

  check_store (doctor);
  check_outbox (doctor);
  check_keyring (doctor);

  if (is_there && check_sign_in (doctor))
    explain_portal (doctor);
}

HdCtlExit
hd_ctl_doctor (HdCtl  *ctl,
               char  **arguments)
{
  Doctor doctor = { .ctl = ctl, .report = json_builder_new (), .code = HD_CTL_OK };

  json_builder_begin_array (doctor.report);
  examine (&doctor);
  json_builder_end_array (doctor.report);

  if (ctl->json)
    hd_ctl_print_json (json_builder_get_root (doctor.report));

  g_object_unref (doctor.report);
  g_clear_pointer (&doctor.uri, g_uri_unref);
  g_clear_object (&doctor.certificate);

  return doctor.code;
}
