/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-sessions.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include "hd-text.h"

/*
 * Bearer tokens: 32 random bytes in URL-safe base64.  The database has only
 * their hashes, so who reads a copy of it cannot act for anybody.
 */

static char *
create_token (GError **error)
{
  guint8 bytes[32];
  char *token;

  if (gnutls_rnd (GNUTLS_RND_KEY, bytes, sizeof (bytes)) < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no random numbers");
      return NULL;
    }

  token = g_base64_encode (bytes, sizeof (bytes));
  g_strdelimit (token, "+", '-');
  g_strdelimit (token, "/", '_');
  g_strdelimit (token, "=", '\0');
  return token;
}

/**
 * hd_sessions_create:
 * @database: the database
 * @account_id: whose session
 * @now: the time; sessions that ended before are dropped
 * @expires_at: when it ends
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the token
 */
char *
hd_sessions_create (HdDatabase  *database,
                    const char  *account_id,
                    gint64       now,
                    gint64       expires_at,
                    GError     **error)
{
  g_autofree char *token = create_token (error);
  g_autofree char *hash = NULL;

  if (token == NULL)
    return NULL;

  hash = hd_text_hash (token);

  if (!hd_database_run (database, error, "DELETE FROM sessions WHERE expires_at <= ?", "l", now) ||
      !hd_database_run (database, error, "INSERT INTO sessions VALUES (?, ?, ?)", "ssl", hash,
                        account_id, expires_at))
    return NULL;

  return g_steal_pointer (&token);
}

/* Returns: (transfer full) (nullable): the person whose token it is. */
HdUser *
hd_sessions_find (HdDatabase *database,
                  const char *token,
                  gint64      now)
{
  g_autofree char *hash = hd_text_hash (token);
  g_autoptr (HdRows) rows = NULL;

  rows = hd_database_query (database, NULL,
                            "SELECT account_id FROM sessions WHERE token_hash = ? AND expires_at > ?",
                            "sl", hash, now);

  if (rows == NULL || !hd_rows_next (rows, NULL))
    return NULL;

  return hd_accounts_get (database, hd_rows_get_text (rows, 0));
}

gboolean
hd_sessions_end (HdDatabase  *database,
                 const char  *token,
                 GError     **error)
{
  g_autofree char *hash = hd_text_hash (token);

  return hd_database_run (database, error, "DELETE FROM sessions WHERE token_hash = ?", "s", hash);
}
