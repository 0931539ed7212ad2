/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-trust.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hd-error.h"

/*
 * Who may vouch for a server: the authorities in a file, instead of the system's.
 *
 * In two steps, since reading certificates brings in all of GnuTLS, and nothing
 * that is on screen at the start should have to wait for that.
 */

static void
set_error (GError     **error,
           const char  *message)
{
  g_set_error (error, HD_ERROR, HD_ERROR_TLS, "the authority’s certificate cannot be read: %s", message);
}

/*
 * hd_http_trust_check:
 * @ca_file: a PEM file
 * @error: return location for a %HD_ERROR_TLS
 *
 * Returns: whether the file can be read at all
 */
gboolean
hd_http_trust_check (const char  *ca_file,
                     GError     **error)
{
  if (g_access (ca_file, R_OK) == 0)
    return TRUE;

  set_error (error, g_strerror (errno));
  return FALSE;
}

/*
 * hd_http_trust_apply:
 * @session: a session
 * @ca_file: a PEM file, by its absolute path
 * @error: return location for a %HD_ERROR_TLS
 *
 * Returns: whether the session now trusts the authorities in the file, and no others
 */
gboolean
hd_http_trust_apply (SoupSession  *session,
                     const char   *ca_file,
                     GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_file, &local_error);

  if (database == NULL)
    {
      set_error (error, local_error->message);
      return FALSE;
    }

  soup_session_set_tls_database (session, database);
  return TRUE;
}
