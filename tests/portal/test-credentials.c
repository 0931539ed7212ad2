/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>
#include <string.h>

#include "hd-authorities.h"
#include "hd-error.h"
#include "hd-misbehaving-server.h"
#include "hd-open-portal.h"
#include "hd-portal-call.h"
#include "hd-portal-calls.h"
#include "hd-test-authority.h"

/*
 * Whom the portal talks to: nobody who cannot prove who they are, nobody to
 * whom it is sent on, and with its token only to where that came from.
 */

#define SIGNED_IN \
  "HTTP/1.1 201 Created\r\nContent-Length: 66\r\n\r\n" \
  "{\"token\":\"very-secret\",\"account\":{\"id\":\"1\",\"user_name\":\"support\"}}"

enum
{
  SHORT = 150,                      /* milliseconds of silence that are too many, where there is silence */
  LONG = 20 * 1000,
  PATIENCE = 30 * G_USEC_PER_SEC,   /* nothing here may take longer */
};

static const HdMisbehaviour signs_in = { { { SIGNED_IN } } };
static const HdMisbehaviour is_silent_and_deaf = { { { NULL } }, .deaf = TRUE, .stay = TRUE };
static const HdMisbehaviour closes = { { { NULL } }, .deaf = TRUE };

static HdPortal *
create_portal (const char *uri,
               const char *ca_file,
               guint       timeout)
{
  g_autofree char *base = g_strconcat (uri, "api/v1/", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HdHttpClient) client = hd_http_client_new (base, ca_file, &error);

  g_assert_no_error (error);
  hd_http_client_set_timeout (client, timeout);
  return HD_PORTAL (hd_open_portal_new (client));
}

static void
sign_in (HdPortal            *portal,
         HdMisbehavingServer *server)
{
  g_autoptr (HdAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  hd_misbehaving_server_set (server, &signs_in);
  account = HD_PORTAL_CALL (sign_in, portal, &error, "support", "my-password");
  g_assert_no_error (error);
}

/* All calls but signing in; what they end with is nobody's matter here. */
static void
call_all (HdPortal *portal)
{
  guint n_calls = 0;
  const HdPortalCallInfo *calls = hd_portal_calls_get (&n_calls);

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (GError) error = NULL;

      if (g_str_equal (calls[i].name, "sign_in"))
        continue;

      calls[i].call (portal, &error);
      g_test_message ("%s: %s", calls[i].name, error != NULL ? error->message : "no error");
    }
}

static void
assert_info_fails (HdPortal *portal,
                   HdError   code)
{
  g_autoptr (HdPortalInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  info = HD_PORTAL_CALL (get_info, portal, &error);
  g_assert_error (error, HD_ERROR, (int) code);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, PATIENCE);
}

static void
test_redirections_lead_nowhere (void)
{
  const guint statuses[] = { 300, 301, 302, 303, 307, 308 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
      g_autoptr (HdMisbehavingServer) elsewhere = hd_misbehaving_server_new (NULL);
      g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
      g_autofree char *other_uri = hd_misbehaving_server_dup_uri (elsewhere, "127.0.0.1");
      g_autoptr (HdPortal) portal = create_portal (uri, NULL, LONG);
      g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u Moved\r\nLocation: %sapi/v1/info\r\n"
                                               "Content-Length: 0\r\n\r\n", statuses[i], other_uri);
      const HdMisbehaviour redirects = { { { text } } };

      sign_in (portal, server);
      hd_misbehaving_server_set (server, &redirects);
      assert_info_fails (portal, HD_ERROR_PROTOCOL);
      call_all (portal);

      g_assert_true (hd_misbehaving_server_has_heard (server, "Authorization: Bearer very-secret"));
      g_assert_cmpuint (hd_misbehaving_server_get_n_connections (elsewhere), ==, 0);
    }
}

static void
test_a_redirection_to_itself_is_no_loop (void)
{
  g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
  g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
  g_autoptr (HdPortal) portal = create_portal (uri, NULL, LONG);
  static const HdMisbehaviour redirects = { { { "HTTP/1.1 302 Found\r\nLocation: /api/v1/info\r\nContent-Length: 0\r\n\r\n" } } };

  hd_misbehaving_server_set (server, &redirects);
  assert_info_fails (portal, HD_ERROR_PROTOCOL);
  g_assert_cmpuint (hd_misbehaving_server_get_n_requests (server), ==, 1);
}

/* Each asks for more than the portal's own token; none gets it, nor a second try. */
static void
test_no_other_credentials_are_given (void)
{
  const struct { const char *answer; const char *never; guint n_requests; } cases[] = {
    { "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n", "Basic", 2 },
    { "HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n", "Negotiate", 2 },
    { "HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n", "NTLM", 2 },
    { "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n", "Proxy-Authorization", 2 },
    { "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 2\r\n\r\n{}", "Cookie:", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
      g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
      g_autoptr (HdPortal) portal = create_portal (uri, NULL, LONG);
      const HdMisbehaviour asks = { { { cases[i].answer } } };
      g_autoptr (HdAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      sign_in (portal, server);
      hd_misbehaving_server_set (server, &asks);
      account = HD_PORTAL_CALL (get_account, portal, &error);
      g_assert_nonnull (error);
      g_assert_cmpuint (hd_misbehaving_server_get_n_requests (server), ==, cases[i].n_requests);

      g_clear_error (&error);
      account = HD_PORTAL_CALL (get_account, portal, &error);
      g_assert_false (hd_misbehaving_server_has_heard (server, cases[i].never));
    }
}

/* The password is in the body of one request, and nowhere in a head. */
static void
test_secrets_are_not_in_addresses (void)
{
  g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
  g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
  g_autoptr (HdPortal) portal = create_portal (uri, NULL, LONG);

  sign_in (portal, server);
  call_all (portal);
  g_assert_true (hd_misbehaving_server_has_heard (server, "very-secret"));
  g_assert_false (hd_misbehaving_server_has_heard (server, "my-password"));
  g_assert_false (hd_misbehaving_server_has_heard (server, "support"));
  g_assert_false (hd_misbehaving_server_has_heard (server, "Referer"));
}

static const struct
{
  const char           *name;
  const char           *host;        /* whose certificate it is */
  int                   from_day;
  int                   to_day;
  gboolean              is_known;    /* by an authority that we were told of */
  GTlsCertificateFlags  flag;        /* 0: nothing is wrong */
} certificates[] = {
  { "good", "127.0.0.1", -1, 1, TRUE, 0 },
  { "expired", "127.0.0.1", -2, -1, TRUE, G_TLS_CERTIFICATE_EXPIRED },
  { "not yet valid", "127.0.0.1", 1, 2, TRUE, G_TLS_CERTIFICATE_NOT_ACTIVATED },
  { "another host's", "helpdesk.example.org", -1, 1, TRUE, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "another address's", "127.0.0.2", -1, 1, TRUE, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "an unknown authority's", "127.0.0.1", -1, 1, FALSE, G_TLS_CERTIFICATE_UNKNOWN_CA },
};

static void
test_certificates (void)
{
  g_autoptr (HdTestAuthority) known = hd_test_authority_new ();
  g_autoptr (HdTestAuthority) unknown = hd_test_authority_new ();

  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autoptr (GTlsCertificate) certificate =
        hd_test_authority_issue (certificates[i].is_known ? known : unknown, certificates[i].host,
                                 certificates[i].from_day, certificates[i].to_day);
      g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (certificate);
      g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
      g_autoptr (HdPortal) portal = create_portal (uri, hd_test_authority_get_ca_file (known), LONG);
      g_autoptr (HdAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", certificates[i].name);
      hd_misbehaving_server_set (server, &signs_in);
      account = HD_PORTAL_CALL (sign_in, portal, &error, "support", "my-password");

      if (certificates[i].flag == 0)
        {
          g_assert_no_error (error);
          continue;
        }

      g_assert_error (error, HD_ERROR, HD_ERROR_TLS);
      g_assert_cmphex (hd_error_get_tls_flags (error), ==, certificates[i].flag);

      /* There is no second look: it stays as it is. */
      assert_info_fails (portal, HD_ERROR_TLS);
      g_assert_cmpuint (hd_misbehaving_server_get_n_requests (server), ==, 0);
    }
}

/* Returns: what is wrong with a server whose certificate is by @issuer, which @database is to judge */
static GTlsCertificateFlags
judge (GTlsDatabase    *database,
       HdTestAuthority *issuer,
       int              to_day)
{
  g_autoptr (GTlsCertificate) certificate = hd_test_authority_issue (issuer, "127.0.0.1", -2, to_day);
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("127.0.0.1", 443);
  g_autoptr (GError) error = NULL;
  GTlsCertificateFlags faults = g_tls_database_verify_chain (database, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                                             identity, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, &error);

  g_assert_no_error (error);
  return faults;
}

/* @others stand for the system's, which a test cannot add to. */
static void
test_a_file_is_trusted_besides_the_others (void)
{
  g_autoptr (HdTestAuthority) in_file = hd_test_authority_new ();
  g_autoptr (HdTestAuthority) known = hd_test_authority_new ();
  g_autoptr (HdTestAuthority) unknown = hd_test_authority_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) others = g_tls_file_database_new (hd_test_authority_get_ca_file (known), &error);
  g_autoptr (GTlsDatabase) database = hd_authorities_new (hd_test_authority_get_ca_file (in_file), others, &error);

  g_assert_no_error (error);
  g_assert_cmphex (judge (database, in_file, 1), ==, 0);
  g_assert_cmphex (judge (database, known, 1), ==, 0);
  g_assert_cmphex (judge (database, unknown, 1), ==, G_TLS_CERTIFICATE_UNKNOWN_CA);
  g_assert_cmphex (judge (database, in_file, -1), ==, G_TLS_CERTIFICATE_EXPIRED);
  g_assert_cmphex (judge (database, known, -1), ==, G_TLS_CERTIFICATE_EXPIRED);
}

/* And so for a whole connection: libsoup asks this database, whichever of its two parts knows the server. */
static void
test_a_server_that_the_others_know_is_served (void)
{
  HdTestAuthority *in_file = hd_test_authority_new ();
  HdTestAuthority *known = hd_test_authority_new ();
  HdTestAuthority *issuers[] = { in_file, known };
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) others = g_tls_file_database_new (hd_test_authority_get_ca_file (known), &error);
  g_autoptr (GTlsDatabase) database = hd_authorities_new (hd_test_authority_get_ca_file (in_file), others, &error);

  for (guint i = 0; i < G_N_ELEMENTS (issuers); i++)
    {
      g_autoptr (GTlsCertificate) certificate = hd_test_authority_issue (issuers[i], "127.0.0.1", -1, 1);
      g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (certificate);
      g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
      g_autoptr (SoupSession) session = soup_session_new_with_options ("tls-database", database, NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      hd_misbehaving_server_set (server, &signs_in);
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, hd_test_store_result_cb, &result);
      hd_test_await (&result);
      body = soup_session_send_and_read_finish (session, result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (body), >, 0);
      soup_session_abort (session);
    }

  g_clear_pointer (&in_file, hd_test_authority_free);
  g_clear_pointer (&known, hd_test_authority_free);
}

/* The system's authorities do not know ours. */
static void
test_without_a_file_the_system_decides (void)
{
  g_autoptr (HdTestAuthority) authority = hd_test_authority_new ();
  g_autoptr (GTlsCertificate) certificate = hd_test_authority_issue (authority, "127.0.0.1", -1, 1);
  g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (certificate);
  g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
  g_autoptr (HdPortal) portal = create_portal (uri, NULL, LONG);

  hd_misbehaving_server_set (server, &signs_in);
  assert_info_fails (portal, HD_ERROR_TLS);
  g_assert_cmpuint (hd_misbehaving_server_get_n_requests (server), ==, 0);
}

/* Where TLS is expected and something else comes. */
static void
test_no_tls_at_all (void)
{
  static const HdMisbehaviour speaks_http = { { { "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" } }, .deaf = TRUE };
  const struct { const HdMisbehaviour *behaviour; HdError code; } cases[] = {
    { &speaks_http, HD_ERROR_TLS },
    { &is_silent_and_deaf, HD_ERROR_NETWORK },
    { &closes, HD_ERROR_NETWORK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (NULL);
      g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
      g_autofree char *tls_uri = g_strconcat ("https", uri + strlen ("http"), NULL);
      g_autoptr (HdPortal) portal = create_portal (tls_uri, NULL, cases[i].behaviour == &is_silent_and_deaf ? SHORT : LONG);

      hd_misbehaving_server_set (server, cases[i].behaviour);
      assert_info_fails (portal, cases[i].code);
      g_assert_false (hd_misbehaving_server_has_heard (server, "GET"));
    }
}

static void
test_tls_that_is_cut (void)
{
  g_autoptr (HdTestAuthority) authority = hd_test_authority_new ();
  g_autoptr (GTlsCertificate) certificate = hd_test_authority_issue (authority, "127.0.0.1", -1, 1);
  g_autoptr (HdMisbehavingServer) server = hd_misbehaving_server_new (certificate);
  g_autofree char *uri = hd_misbehaving_server_dup_uri (server, "127.0.0.1");
  g_autoptr (HdPortal) portal = create_portal (uri, hd_test_authority_get_ca_file (authority), LONG);
  static const HdMisbehaviour cuts = { { { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{" } } };

  hd_misbehaving_server_set (server, &cuts);
  assert_info_fails (portal, HD_ERROR_NETWORK);
}

static void
test_a_port_where_nobody_listens (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (HdPortal) portal = create_portal (uri, NULL, LONG);

  g_socket_listener_close (listener);
  assert_info_fails (portal, HD_ERROR_NETWORK);
}

/* A resolver for a place without any: a test must not ask the real one. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
test_resolver_lookup_by_name_with_flags_async (GResolver                *resolver,
                                               const char               *host,
                                               GResolverNameLookupFlags  flags,
                                               GCancellable             *cancellable,
                                               GAsyncReadyCallback       callback,
                                               gpointer                  user_data)
{
  g_task_report_new_error (resolver, callback, user_data, test_resolver_lookup_by_name_with_flags_async,
                           G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such name");
}

static GList *
test_resolver_lookup_by_name_with_flags_finish (GResolver     *resolver,
                                                GAsyncResult  *result,
                                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = test_resolver_lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = test_resolver_lookup_by_name_with_flags_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static void
test_a_name_that_cannot_be_resolved (void)
{
  g_autoptr (GResolver) old = g_resolver_get_default ();
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (HdPortal) portal = create_portal ("https://helpdesk.invalid/", NULL, LONG);

  g_resolver_set_default (resolver);
  assert_info_fails (portal, HD_ERROR_NAME);
  g_resolver_set_default (old);
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/credentials/redirections-lead-nowhere", test_redirections_lead_nowhere);
  g_test_add_func ("/credentials/a-redirection-to-itself-is-no-loop", test_a_redirection_to_itself_is_no_loop);
  g_test_add_func ("/credentials/no-other-credentials-are-given", test_no_other_credentials_are_given);
  g_test_add_func ("/credentials/secrets-are-not-in-addresses", test_secrets_are_not_in_addresses);
  g_test_add_func ("/credentials/certificates", test_certificates);
  g_test_add_func ("/credentials/a-file-is-trusted-besides-the-others", test_a_file_is_trusted_besides_the_others);
  g_test_add_func ("/credentials/a-server-that-the-others-know-is-served", test_a_server_that_the_others_know_is_served);
  g_test_add_func ("/credentials/without-a-file-the-system-decides", test_without_a_file_the_system_decides);
  g_test_add_func ("/credentials/no-tls-at-all", test_no_tls_at_all);
  g_test_add_func ("/credentials/tls-that-is-cut", test_tls_that_is_cut);
  g_test_add_func ("/credentials/a-port-where-nobody-listens", test_a_port_where_nobody_listens);
  g_test_add_func ("/credentials/a-name-that-cannot-be-resolved", test_a_name_that_cannot_be_resolved);

  return g_test_run ();
}
