/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-trust.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hd-authorities.h"
#include "hd-error.h"

/*
 * Who may vouch for a server: the system's authorities, and those in a file.
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
 * Returns: whether the file can be read at all, to an end
 */
gboolean
hd_http_trust_check (const char  *ca_file,
                     GError     **error)
{
  if (g_access (ca_file, R_OK) != 0)
    {
      set_error (error, g_strerror (errno));
      return FALSE;
    }

  if (!g_file_test (ca_file, G_FILE_TEST_IS_REGULAR))
    {
      set_error (error, "not a file");
      return FALSE;
    }

  return TRUE;
}

/*
 * hd_http_trust_apply:
 * @session: a session
 * @ca_file: (nullable): a PEM file, by its absolute path; %NULL for the system's authorities alone
 * @error: return location for a %HD_ERROR_TLS
 *
 * Returns: whether the session now trusts these authorities
 */
gboolean
hd_http_trust_apply (SoupSession  *session,
                     const char   *ca_file,
                     GError      **error)
{
  GTlsBackend *backend = g_tls_backend_get_default ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GTlsDatabase) database = NULL;

  if (ca_file != NULL)
    database = hd_authorities_new (ca_file, NULL, &local_error);

  if (local_error != NULL)
    {
      set_error (error, local_error->message);
      return FALSE;
    }

  /* Each connection begins with the default authorities until libsoup has told it
   * ours.  Were these the system's, all of them would be read and kept, for nothing. */
  g_tls_backend_set_default_database (backend, database);

  if (database == NULL)
    database = g_tls_backend_get_default_database (backend);

  soup_session_set_tls_database (session, database);
  return TRUE;
}
