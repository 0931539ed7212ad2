/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-key.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>
#include <unistd.h>

#include "hd-error.h"

/*
 * The Ed25519 key that knowledge packs are signed with.  The private half is a file in PEM (PKCS #8) that only its
 * owner can read; the public half is 32 bytes, written as base64 wherever people and files hand it on.
 */

#define MAX_KEY_FILE 65536

struct _HdPackKey
{
  gnutls_privkey_t  key;  /* (owned) */
  char             *public_key;  /* (owned) */
};

static gboolean
check (int      code,
       GError **error)
{
  if (code < 0)
    g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "GnuTLS: %s", gnutls_strerror (code));

  return code >= 0;
}

void
hd_pack_key_free (HdPackKey *self)
{
  g_clear_pointer (&self->key, gnutls_privkey_deinit);
  g_free (self->public_key);
  g_free (self);
}

/* The public half; fails where the key is of another kind. */
static gboolean
read_public (HdPackKey  *self,
             GError    **error)
{
  gnutls_datum_t x = { NULL, 0 };
  gnutls_ecc_curve_t curve;

  if (gnutls_privkey_get_pk_algorithm (self->key, NULL) != GNUTLS_PK_EDDSA_ED25519)
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_STORAGE, "it is no Ed25519 key");
      return FALSE;
    }

  if (!check (gnutls_privkey_export_ecc_raw2 (self->key, &curve, &x, NULL, NULL, 0), error))
    return FALSE;

  self->public_key = g_base64_encode (x.data, x.size);
  gnutls_free (x.data);
  return TRUE;
}

/* As a new file, which nobody else can read at any time; an old one is never written over. */
static gboolean
write_new (const char      *path,
           gnutls_datum_t  *text,
           GError         **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean is_written = fd >= 0 && write (fd, text->data, text->size) == (gssize) text->size && fsync (fd) == 0;
  int code = errno;

  if (fd >= 0)
    close (fd);

  if (is_written)
    return TRUE;

  g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "%s: %s", path, g_strerror (code));
  if (fd >= 0)
    unlink (path);
  return FALSE;
}

/* The private key of a PEM file, or a new one where @text is NULL. */
static HdPackKey *
key_new (const gnutls_datum_t   *text,
         gnutls_x509_privkey_t   x509,
         GError                **error)
{
  g_autoptr (HdPackKey) self = g_new0 (HdPackKey, 1);
  int code = text != NULL ? gnutls_x509_privkey_import2 (x509, text, GNUTLS_X509_FMT_PEM, NULL, 0)
                          : gnutls_x509_privkey_generate (x509, GNUTLS_PK_EDDSA_ED25519, 0, 0);

  if (!check (code, error) ||
      !check (gnutls_privkey_init (&self->key), error) ||
      !check (gnutls_privkey_import_x509 (self->key, x509, GNUTLS_PRIVKEY_IMPORT_COPY), error) ||
      !read_public (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * hd_pack_key_make:
 * @path: a file that there is not yet
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Makes a key and keeps it, readable by its owner alone.
 *
 * Returns: (transfer full) (nullable): the key
 */
HdPackKey *
hd_pack_key_make (const char  *path,
                  GError     **error)
{
  g_autoptr (HdPackKey) self = NULL;
  gnutls_x509_privkey_t x509 = NULL;
  gnutls_datum_t text = { NULL, 0 };
  gboolean is_kept;

  if (!check (gnutls_x509_privkey_init (&x509), error))
    return NULL;

  self = key_new (NULL, x509, error);
  is_kept = self != NULL &&
            check (gnutls_x509_privkey_export2_pkcs8 (x509, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &text),
                   error) &&
            write_new (path, &text, error);

  gnutls_x509_privkey_deinit (x509);

  if (text.data != NULL)
    gnutls_memset (text.data, 0, text.size);

  gnutls_free (text.data);
  return is_kept ? g_steal_pointer (&self) : NULL;
}

/**
 * hd_pack_key_load:
 * @path: a file in PEM
 * @error: return location for a %HD_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the key in it
 */
HdPackKey *
hd_pack_key_load (const char  *path,
                  GError     **error)
{
  g_autoptr (HdPackKey) self = NULL;
  g_autoptr (GError) local_error = NULL;
  gnutls_x509_privkey_t x509 = NULL;
  gnutls_datum_t text = { NULL, 0 };
  char *contents = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &contents, &size, &local_error) || size > MAX_KEY_FILE)
    g_set_error (error, HD_ERROR, HD_ERROR_STORAGE, "%s: %s", path,
                 local_error != NULL ? local_error->message : "too large for a key");
  else if (check (gnutls_x509_privkey_init (&x509), error))
    {
      text.data = (unsigned char *) contents;
      text.size = (unsigned int) size;
      self = key_new (&text, x509, error);
      gnutls_x509_privkey_deinit (x509);
    }

  if (contents != NULL)
    gnutls_memset (contents, 0, size);

  g_free (contents);
  return g_steal_pointer (&self);
}

/* Returns: (transfer none): the half that others are given, as base64 */
const char *
hd_pack_key_get_public (HdPackKey *self)
{
  return self->public_key;
}

/**
 * hd_pack_key_sign:
 * @self: a key
 * @data: anything
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): %HD_PACK_SIGNATURE_SIZE bytes
 */
GBytes *
hd_pack_key_sign (HdPackKey  *self,
                  GBytes     *data,
                  GError    **error)
{
  gnutls_datum_t signature = { NULL, 0 };
  gnutls_datum_t text;
  gsize size;
  GBytes *bytes;

  text.data = (unsigned char *) g_bytes_get_data (data, &size);
  text.size = (unsigned int) size;

  if (!check (gnutls_privkey_sign_data2 (self->key, GNUTLS_SIGN_EDDSA_ED25519, 0, &text, &signature), error))
    return NULL;

  bytes = g_bytes_new (signature.data, signature.size);
  gnutls_free (signature.data);
  return bytes;
}

/* Returns: (transfer full) (nullable): the bytes of a public key, NULL where it is none */
static guint8 *
dup_public_bytes (const char *public_key)
{
  gsize size = 0;
  g_autofree guint8 *bytes = g_base64_decode (public_key, &size);

  return size == HD_PACK_KEY_SIZE ? g_steal_pointer (&bytes) : NULL;
}

/**
 * hd_pack_key_has_signed:
 * @public_key: a public key as base64
 * @data: anything
 * @signature: what is said to be its signature
 *
 * Returns: whether the owner of the key has signed @data
 */
gboolean
hd_pack_key_has_signed (const char   *public_key,
                        GBytes       *data,
                        const guint8  signature[HD_PACK_SIGNATURE_SIZE])
{
  g_autofree guint8 *bytes = dup_public_bytes (public_key);
  gnutls_datum_t x = { bytes, HD_PACK_KEY_SIZE };
  gnutls_datum_t signed_by = { (unsigned char *) signature, HD_PACK_SIGNATURE_SIZE };
  gnutls_pubkey_t key = NULL;
  gnutls_datum_t text;
  gboolean is_good;
  gsize size;

  text.data = (unsigned char *) g_bytes_get_data (data, &size);
  text.size = (unsigned int) size;

  if (bytes == NULL || gnutls_pubkey_init (&key) < 0)
    return FALSE;

  is_good = gnutls_pubkey_import_ecc_raw (key, GNUTLS_ECC_CURVE_ED25519, &x, NULL) >= 0 &&
            gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_EDDSA_ED25519, 0, &text, &signed_by) >= 0;

  gnutls_pubkey_deinit (key);
  return is_good;
}

/**
 * hd_pack_key_dup_fingerprint:
 * @public_key: a public key as base64
 *
 * Returns: (transfer full) (nullable): 128 bits of its SHA-256 sum, to be compared by eye or over the telephone;
 *   %NULL where it is no key
 */
char *
hd_pack_key_dup_fingerprint (const char *public_key)
{
  g_autofree guint8 *bytes = dup_public_bytes (public_key);
  g_autofree char *sum = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (bytes == NULL)
    return NULL;

  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, HD_PACK_KEY_SIZE);

  for (guint i = 0; i < 32; i += 4)
    g_string_append_printf (text, "%s%.4s", i > 0 ? "-" : "", sum + i);

  g_string_ascii_up (text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
