/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-secret.h"

#include <string.h>

/**
 * hd_secret_free:
 * @secret: (transfer full) (nullable): a password, allocated by GLib
 *
 * Frees @secret after writing over it, in a way that the compiler may not leave
 * out, so that it does not linger in freed memory.
 */
void
hd_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
