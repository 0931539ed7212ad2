/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-test-authority.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#include "hd-test-utils.h"

/**
 * HdTestAuthority:
 *
 * A certification authority of a test's own, with its certificate in a file.
 */

#define DAY (24 * 3600)

struct _HdTestAuthority
{
  char                  *folder;   /* (owned) */
  char                  *ca_file;  /* (owned) */
  gnutls_x509_privkey_t  key;
  gnutls_x509_crt_t      certificate;
};

static gnutls_x509_privkey_t
create_key (void)
{
  gnutls_x509_privkey_t key;

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                                 GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0), ==, 0);
  return key;
}

static gnutls_x509_crt_t
create_certificate (gnutls_x509_privkey_t  key,
                    const char            *name,
                    int                    from_day,
                    int                    to_day)
{
  guint32 serial = g_random_int () | 1;
  time_t now = time (NULL);
  gnutls_x509_crt_t certificate;

  g_assert_cmpint (gnutls_x509_crt_init (&certificate), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_version (certificate, 3), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_serial (certificate, &serial, sizeof serial), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_activation_time (certificate, now + from_day * DAY), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_expiration_time (certificate, now + to_day * DAY), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_key (certificate, key), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                                  name, strlen (name)), ==, 0);
  return certificate;
}

static char *
certificate_to_pem (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t datum;
  char *pem;

  g_assert_cmpint (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &datum), ==, 0);
  pem = g_strndup ((const char *) datum.data, datum.size);
  gnutls_free (datum.data);
  return pem;
}

static char *
key_to_pem (gnutls_x509_privkey_t key)
{
  gnutls_datum_t datum;
  char *pem;

  g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &datum), ==, 0);
  pem = g_strndup ((const char *) datum.data, datum.size);
  gnutls_free (datum.data);
  return pem;
}

/**
 * hd_test_authority_new:
 *
 * Returns: (transfer full): an authority that nobody knows
 */
HdTestAuthority *
hd_test_authority_new (void)
{
  HdTestAuthority *self = g_new0 (HdTestAuthority, 1);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;

  /* Named by itself, or the signature of another one would only be found wrong. */
  self->key = create_key ();
  self->certificate = create_certificate (self->key, id, -30, 30);
  g_assert_cmpint (gnutls_x509_crt_set_basic_constraints (self->certificate, 1, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_key_usage (self->certificate, GNUTLS_KEY_KEY_CERT_SIGN), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_sign2 (self->certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0), ==, 0);

  pem = certificate_to_pem (self->certificate);
  self->folder = hd_test_make_tmp_dir ();
  self->ca_file = g_build_filename (self->folder, "ca.pem", NULL);
  g_file_set_contents (self->ca_file, pem, -1, &error);
  g_assert_no_error (error);

  return self;
}

void
hd_test_authority_free (HdTestAuthority *self)
{
  gnutls_x509_crt_deinit (self->certificate);
  gnutls_x509_privkey_deinit (self->key);
  hd_test_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->ca_file);
  g_free (self);
}

const char *
hd_test_authority_get_ca_file (HdTestAuthority *self)
{
  return self->ca_file;
}

static void
set_host (gnutls_x509_crt_t  certificate,
          const char        *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    g_assert_cmpint (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS,
                                                           g_inet_address_to_bytes (address),
                                                           g_inet_address_get_native_size (address),
                                                           GNUTLS_FSAN_SET), ==, 0);
  else
    g_assert_cmpint (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME,
                                                           host, strlen (host), GNUTLS_FSAN_SET), ==, 0);
}

/**
 * hd_test_authority_issue:
 * @self: an authority
 * @host: whose certificate it is: a name or an address
 * @from_day: from when it is valid, in days from now
 * @to_day: until when
 *
 * Returns: (transfer full): a certificate with its key
 */
GTlsCertificate *
hd_test_authority_issue (HdTestAuthority *self,
                         const char      *host,
                         int              from_day,
                         int              to_day)
{
  gnutls_x509_privkey_t key = create_key ();
  gnutls_x509_crt_t certificate = create_certificate (key, host, from_day, to_day);
  g_autofree char *certificate_pem = NULL;
  g_autofree char *key_pem = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *tls_certificate;

  set_host (certificate, host);
  g_assert_cmpint (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_sign2 (certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0), ==, 0);

  certificate_pem = certificate_to_pem (certificate);
  key_pem = key_to_pem (key);
  pem = g_strconcat (certificate_pem, key_pem, NULL);
  tls_certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_assert_no_error (error);

  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
  return tls_certificate;
}
