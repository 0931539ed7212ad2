/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-certificates.h"
#include "hd-test-utils.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define DAY (24 * 60 * 60)

static void
ensure (const char *dir,
        const char *address,
        GDateTime  *now)
{
  g_autoptr (GError) error = NULL;

  hd_certificates_ensure (dir, address, now, &error);
  g_assert_no_error (error);
}

static char *
load_file (const char *dir,
           const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static int
get_mode (const char *dir,
          const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  struct stat about;

  g_assert_cmpint (stat (path, &about), ==, 0);
  return about.st_mode & 0777;
}

/* What a client that trusts ca.pem thinks of the server under a name. */
static GTlsCertificateFlags
verify (const char *dir,
        const char *name)
{
  g_autofree char *ca_path = hd_certificates_dup_ca_path (dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) authority = g_tls_certificate_new_from_file (ca_path, &error);
  g_autoptr (GTlsCertificate) server = hd_certificates_load_server (dir, &error);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (name);
  g_autoptr (GSocketConnectable) identity = NULL;

  g_assert_no_error (error);

  if (address != NULL)
    identity = G_SOCKET_CONNECTABLE (g_inet_socket_address_new (address, 443));
  else
    identity = g_network_address_new (name, 443);

  return g_tls_certificate_verify (server, identity, authority);
}

static void
the_server_is_good_for_this_machine_alone (void)
{
  g_autofree char *dir = hd_test_make_tmp_dir ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  ensure (dir, NULL, now);
  g_assert_cmpint (verify (dir, "127.0.0.1"), ==, 0);
  g_assert_cmpint (verify (dir, "::1"), ==, 0);
  g_assert_cmpint (verify (dir, "localhost"), ==, 0);
  g_assert_cmpint (verify (dir, "example.com"), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
  g_assert_cmpint (verify (dir, "127.0.0.2"), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);

  ensure (dir, "10.1.2.3", now);
  g_assert_cmpint (verify (dir, "10.1.2.3"), ==, 0);
  g_assert_cmpint (verify (dir, "127.0.0.1"), ==, 0);

  hd_test_remove_tree (dir);
}

static void
keys_are_for_their_owner (void)
{
  g_autofree char *dir = hd_test_make_tmp_dir ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  ensure (dir, NULL, now);
  g_assert_cmpint (get_mode (dir, "ca.pem"), ==, 0644);
  g_assert_cmpint (get_mode (dir, "tls"), ==, 0700);
  g_assert_cmpint (get_mode (dir, "tls/ca-key.pem"), ==, 0600);
  g_assert_cmpint (get_mode (dir, "tls/server-key.pem"), ==, 0600);

  hd_test_remove_tree (dir);
}

static void
certificates_last_until_they_are_nearly_over (void)
{
  g_autofree char *dir = hd_test_make_tmp_dir ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_days (now, 59);
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 61);
  g_autoptr (GDateTime) much_later = g_date_time_add_years (now, 10);
  g_autofree char *ca = NULL;
  g_autofree char *server = NULL;
  g_autofree char *same = NULL;
  g_autofree char *renewed = NULL;
  g_autofree char *same_ca = NULL;
  g_autofree char *new_ca = NULL;

  ensure (dir, NULL, now);
  ca = load_file (dir, "ca.pem");
  server = load_file (dir, "tls/server.pem");

  ensure (dir, NULL, soon);
  same = load_file (dir, "tls/server.pem");
  g_assert_cmpstr (same, ==, server);

  ensure (dir, NULL, later);
  renewed = load_file (dir, "tls/server.pem");
  same_ca = load_file (dir, "ca.pem");
  g_assert_cmpstr (renewed, !=, server);
  g_assert_cmpstr (same_ca, ==, ca);

  ensure (dir, NULL, much_later);
  new_ca = load_file (dir, "ca.pem");
  g_assert_cmpstr (new_ca, !=, ca);

  hd_test_remove_tree (dir);
}

static void
broken_files_are_made_anew (void)
{
  static const char *const names[] = { "ca.pem", "tls/ca-key.pem", "tls/server.pem", "tls/server-key.pem" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *dir = hd_test_make_tmp_dir ();
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      ensure (dir, NULL, now);
      g_assert_true (g_file_set_contents (path, "nonsense", -1, NULL));
      ensure (dir, NULL, now);
      g_assert_cmpint (verify (dir, "127.0.0.1"), ==, 0);
      hd_test_remove_tree (dir);
    }
}

int
main (int    argc,
      char **argv)
{
  hd_test_init (&argc, &argv);

  g_test_add_func ("/certificates/the-server-is-good-for-this-machine-alone",
                   the_server_is_good_for_this_machine_alone);
  g_test_add_func ("/certificates/keys-are-for-their-owner", keys_are_for_their_owner);
  g_test_add_func ("/certificates/certificates-last-until-they-are-nearly-over",
                   certificates_last_until_they_are_nearly_over);
  g_test_add_func ("/certificates/broken-files-are-made-anew", broken_files_are_made_anew);

  return g_test_run ();
}
