/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-passwords.h"

#include <crypt.h>
#include <gnutls/gnutls.h>
#include <string.h>

/*
 * yescrypt, through libxcrypt.  Both functions take a good part of a second of
 * processor time on purpose: the server calls them on a thread.
 */

static void
crypt_data_free (struct crypt_data *data)
{
  gnutls_memset (data, 0, sizeof (*data));
  g_free (data);
}

/**
 * hd_password_hash:
 * @password: a password
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what to store
 */
char *
hd_password_hash (const char  *password,
                  GError     **error)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];
  char *hash = NULL;

  if (strlen (password) >= CRYPT_MAX_PASSPHRASE_SIZE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "the password is longer than %d bytes", CRYPT_MAX_PASSPHRASE_SIZE - 1);
      crypt_data_free (data);
      return NULL;
    }

  if (crypt_gensalt_rn ("$y$", 0, NULL, 0, setting, sizeof (setting)) != NULL)
    {
      const char *output = crypt_r (password, setting, data);

      if (output != NULL && output[0] == '$')
        hash = g_strdup (output);
    }

  if (hash == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         "this system's libcrypt cannot hash the password with yescrypt");

  crypt_data_free (data);
  return hash;
}

/**
 * hd_password_verify:
 * @password: what somebody typed
 * @hash: what hd_password_hash() made
 *
 * Takes the same time whatever the password is.
 *
 * Returns: whether it is the password
 */
gboolean
hd_password_verify (const char *password,
                    const char *hash)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *output = crypt_r (password, hash, data);
  gsize size = strlen (hash);
  gboolean ok = FALSE;

  if (output != NULL && output[0] == '$' && strlen (output) == size)
    ok = gnutls_memcmp (output, hash, size) == 0;

  crypt_data_free (data);
  return ok;
}
