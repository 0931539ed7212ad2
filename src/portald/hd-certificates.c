/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-certificates.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/*
 * The portal's own certificate authority and the server's certificate.
 *
 *   DATA/ca.pem              what clients are told to trust; anybody may read it
 *   DATA/tls/ca-key.pem      0600
 *   DATA/tls/server.pem      the server's certificate, then the authority's
 *   DATA/tls/server-key.pem  0600
 *
 * A client trusts ca.pem and checks the server's name and dates as for any
 * other server; nothing here asks it to look away.
 */

#define DAY (24 * 60 * 60)
#define CA_LIFETIME (10 * 365 * DAY)
#define SERVER_LIFETIME (90 * DAY)
#define RENEW_BEFORE (30 * DAY)

typedef struct
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t     certificate;
} Identity;

static void
identity_clear (Identity *identity)
{
  g_clear_pointer (&identity->certificate, gnutls_x509_crt_deinit);
  g_clear_pointer (&identity->key, gnutls_x509_privkey_deinit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)

static gboolean
check (int      result,
       GError **error)
{
  if (result >= 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "GnuTLS: %s", gnutls_strerror (result));
  return FALSE;
}

static gboolean
create_key (Identity  *identity,
            GError   **error)
{
  return check (gnutls_x509_privkey_init (&identity->key), error) &&
         check (gnutls_x509_privkey_generate (identity->key, GNUTLS_PK_ECDSA,
                                              GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                error);
}

static gboolean
set_common_members (Identity    *identity,
                    const char  *name,
                    gint64       now,
                    gint64       lifetime,
                    GError     **error)
{
  guint8 serial[16];
  guint8 key_id[20];
  gsize key_id_size = sizeof (key_id);

  if (!check (gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof (serial)), error))
    return FALSE;

  /* Positive, and not shortened by leading zeros. */
  serial[0] = (serial[0] & 0x3f) | 0x40;

  return check (gnutls_x509_crt_init (&identity->certificate), error) &&
         check (gnutls_x509_crt_set_version (identity->certificate, 3), error) &&
         check (gnutls_x509_crt_set_serial (identity->certificate, serial, sizeof (serial)), error) &&
         check (gnutls_x509_crt_set_dn_by_oid (identity->certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                               name, strlen (name)), error) &&
         /* A day back, for clients whose clock is a little slow. */
         check (gnutls_x509_crt_set_activation_time (identity->certificate, now - DAY), error) &&
         check (gnutls_x509_crt_set_expiration_time (identity->certificate, now + lifetime), error) &&
         check (gnutls_x509_crt_set_key (identity->certificate, identity->key), error) &&
         check (gnutls_x509_crt_get_key_id (identity->certificate, GNUTLS_KEYID_USE_SHA1,
                                            key_id, &key_id_size), error) &&
         check (gnutls_x509_crt_set_subject_key_id (identity->certificate, key_id, key_id_size),
                error);
}

static gboolean
create_authority (Identity  *authority,
                  gint64     now,
                  GError   **error)
{
  g_autofree char *name = NULL;
  guint8 tag[4];

  if (!check (gnutls_rnd (GNUTLS_RND_NONCE, tag, sizeof (tag)), error))
    return FALSE;

  /* Two authorities of the same name would be taken for each other. */
  name = g_strdup_printf ("Help Desk practice portal %02x%02x%02x%02x",
                          tag[0], tag[1], tag[2], tag[3]);

  return create_key (authority, error) &&
         set_common_members (authority, name, now, CA_LIFETIME, error) &&
         check (gnutls_x509_crt_set_basic_constraints (authority->certificate, 1, 0), error) &&
         check (gnutls_x509_crt_set_key_usage (authority->certificate, GNUTLS_KEY_KEY_CERT_SIGN),
                error) &&
         check (gnutls_x509_crt_sign2 (authority->certificate, authority->certificate,
                                       authority->key, GNUTLS_DIG_SHA256, 0), error);
}

static gboolean
add_address (gnutls_x509_crt_t   certificate,
             const char         *address,
             GError            **error)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  if (inet == NULL)
    return check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, address,
                                                        strlen (address), GNUTLS_FSAN_APPEND), error);

  return check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS,
                                                      g_inet_address_to_bytes (inet),
                                                      g_inet_address_get_native_size (inet),
                                                      GNUTLS_FSAN_APPEND), error);
}

static gboolean
is_extra_address (const char *address)
{
  static const char *const known[] = { "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", NULL };

  return address != NULL && !g_strv_contains (known, address);
}

static gboolean
create_server (Identity    *server,
               Identity    *authority,
               const char  *address,
               gint64       now,
               GError     **error)
{
  guint8 key_id[64];
  gsize key_id_size = sizeof (key_id);

  return create_key (server, error) &&
         set_common_members (server, "localhost", now, SERVER_LIFETIME, error) &&
         add_address (server->certificate, "localhost", error) &&
         add_address (server->certificate, "127.0.0.1", error) &&
         add_address (server->certificate, "::1", error) &&
         (!is_extra_address (address) || add_address (server->certificate, address, error)) &&
         check (gnutls_x509_crt_set_basic_constraints (server->certificate, 0, -1), error) &&
         check (gnutls_x509_crt_set_key_usage (server->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE),
                error) &&
         check (gnutls_x509_crt_set_key_purpose_oid (server->certificate, GNUTLS_KP_TLS_WWW_SERVER, 0),
                error) &&
         check (gnutls_x509_crt_get_subject_key_id (authority->certificate, key_id, &key_id_size, NULL),
                error) &&
         check (gnutls_x509_crt_set_authority_key_id (server->certificate, key_id, key_id_size),
                error) &&
         check (gnutls_x509_crt_sign2 (server->certificate, authority->certificate, authority->key,
                                       GNUTLS_DIG_SHA256, 0), error);
}

static gboolean
append_certificate (GString            *pem,
                    gnutls_x509_crt_t   certificate,
                    GError            **error)
{
  gnutls_datum_t data = { NULL, 0 };

  if (!check (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &data), error))
    return FALSE;

  g_string_append_len (pem, (const char *) data.data, data.size);
  gnutls_free (data.data);
  return TRUE;
}

static gboolean
save (const char  *path,
      GString     *pem,
      int          mode,
      GError     **error)
{
  return g_file_set_contents_full (path, pem->str, pem->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   mode, error);
}

static gboolean
save_key (const char             *path,
          gnutls_x509_privkey_t   key,
          GError                **error)
{
  g_autoptr (GString) pem = g_string_new (NULL);
  gnutls_datum_t data = { NULL, 0 };
  gboolean ok;

  if (!check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                 &data), error))
    return FALSE;

  g_string_append_len (pem, (const char *) data.data, data.size);
  ok = save (path, pem, 0600, error);

  gnutls_memset (pem->str, 0, pem->len);
  gnutls_memset (data.data, 0, data.size);
  gnutls_free (data.data);
  return ok;
}

static gboolean
load (Identity    *identity,
      const char  *certificate_path,
      const char  *key_path,
      GError     **error)
{
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  gsize certificate_size;
  gsize key_size;
  gnutls_datum_t data;

  if (!g_file_get_contents (certificate_path, &certificate, &certificate_size, error) ||
      !g_file_get_contents (key_path, &key, &key_size, error) ||
      !check (gnutls_x509_crt_init (&identity->certificate), error) ||
      !check (gnutls_x509_privkey_init (&identity->key), error))
    return FALSE;

  data.data = (unsigned char *) certificate;
  data.size = certificate_size;

  if (!check (gnutls_x509_crt_import (identity->certificate, &data, GNUTLS_X509_FMT_PEM), error))
    return FALSE;

  data.data = (unsigned char *) key;
  data.size = key_size;
  return check (gnutls_x509_privkey_import2 (identity->key, &data, GNUTLS_X509_FMT_PEM, NULL, 0),
                error);
}

static gboolean
is_good_until (Identity *identity,
               gint64    time)
{
  return gnutls_x509_crt_get_activation_time (identity->certificate) <= time &&
         gnutls_x509_crt_get_expiration_time (identity->certificate) > time;
}

static gboolean
ensure_authority (Identity    *authority,
                  const char  *data_dir,
                  gint64       now,
                  GError     **error)
{
  g_autofree char *path = hd_certificates_dup_ca_path (data_dir);
  g_autofree char *key_path = g_build_filename (data_dir, "tls", "ca-key.pem", NULL);
  g_autoptr (GString) pem = g_string_new (NULL);

  if (load (authority, path, key_path, NULL) && is_good_until (authority, now + SERVER_LIFETIME))
    return TRUE;

  identity_clear (authority);

  return create_authority (authority, now, error) &&
         append_certificate (pem, authority->certificate, error) &&
         save_key (key_path, authority->key, error) &&
         save (path, pem, 0644, error);
}

/* Whether the certificate in the folder is the authority's, for this address,
 * and will be good for a while. */
static gboolean
server_is_good (const char *certificate_path,
                const char *key_path,
                Identity   *authority,
                const char *address,
                gint64      now)
{
  g_auto (Identity) server = { NULL, NULL };
  unsigned int status = 0;

  return load (&server, certificate_path, key_path, NULL) &&
         is_good_until (&server, now + RENEW_BEFORE) &&
         gnutls_x509_crt_verify (server.certificate, &authority->certificate, 1,
                                 GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status) >= 0 &&
         status == 0 &&
         (!is_extra_address (address) ||
          gnutls_x509_crt_check_hostname (server.certificate, address));
}

/**
 * hd_certificates_ensure:
 * @data_dir: the data folder
 * @address: (nullable): the address to listen on, if the certificate is to be
 *   good for more than this machine's own
 * @now: the time
 * @error: return location for an error
 *
 * Makes the certificate authority and the server's certificate, or renews
 * them, as needed.
 *
 * Returns: whether they are there
 */
gboolean
hd_certificates_ensure (const char  *data_dir,
                        const char  *address,
                        GDateTime   *now,
                        GError     **error)
{
  g_auto (Identity) authority = { NULL, NULL };
  g_auto (Identity) server = { NULL, NULL };
  g_autofree char *dir = g_build_filename (data_dir, "tls", NULL);
  g_autofree char *path = g_build_filename (dir, "server.pem", NULL);
  g_autofree char *key_path = g_build_filename (dir, "server-key.pem", NULL);
  g_autoptr (GString) pem = g_string_new (NULL);
  gint64 time = g_date_time_to_unix (now);

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", dir,
                   g_strerror (errno));
      return FALSE;
    }

  if (!ensure_authority (&authority, data_dir, time, error))
    return FALSE;

  if (server_is_good (path, key_path, &authority, address, time))
    return TRUE;

  return create_server (&server, &authority, address, time, error) &&
         append_certificate (pem, server.certificate, error) &&
         append_certificate (pem, authority.certificate, error) &&
         save_key (key_path, server.key, error) &&
         save (path, pem, 0600, error);
}

char *
hd_certificates_dup_ca_path (const char *data_dir)
{
  return g_build_filename (data_dir, "ca.pem", NULL);
}

/**
 * hd_certificates_load_server:
 * @data_dir: the data folder
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the server's certificate with its key
 */
GTlsCertificate *
hd_certificates_load_server (const char  *data_dir,
                             GError     **error)
{
  g_autofree char *path = g_build_filename (data_dir, "tls", "server.pem", NULL);
  g_autofree char *key_path = g_build_filename (data_dir, "tls", "server-key.pem", NULL);

  return g_tls_certificate_new_from_files (path, key_path, error);
}
