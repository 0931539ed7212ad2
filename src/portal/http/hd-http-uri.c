/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-uri.h"

#include <libsoup/soup.h>

#include "hd-error.h"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

/* What a host can be called; the parser takes more than that. */
static gboolean
is_host (const char *host)
{
  return host != NULL && *host != '\0' &&
         strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:") == strlen (host);
}

static GUri *
build (GUri       *parsed,
       const char *scheme)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (parsed), -1);
  const char *path = g_uri_get_path (parsed);
  g_autofree char *folder = g_strconcat (path, g_str_has_suffix (path, "/") ? "" : "/", NULL);
  int port = g_uri_get_port (parsed);

  if (port == (g_str_equal (scheme, "https") ? 443 : 80))
    port = -1;

  return g_uri_build (SOUP_HTTP_URI_FLAGS, scheme, NULL, host, port, folder, NULL, NULL);
}

/**
 * hd_http_uri_parse:
 * @typed: an address as a person types it: with or without scheme, path and slash
 * @error: return location for %HD_ERROR_NAME (no address of a server) or %HD_ERROR_TLS
 *   (an address without protection, other than on this machine)
 *
 * Returns: (transfer full) (nullable): an absolute URI of a folder, without user,
 *   query and fragment
 */
GUri *
hd_http_uri_parse (const char  *typed,
                   GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (typed));
  g_autofree char *full = strstr (stripped, "://") != NULL ? g_strdup (stripped)
                                                           : g_strconcat ("https://", stripped, NULL);
  g_autoptr (GUri) parsed = g_uri_parse (full, SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = parsed != NULL ? g_uri_get_scheme (parsed) : NULL;

  if (parsed == NULL || !is_host (g_uri_get_host (parsed)) ||
      !(g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0))
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_NAME, "not the address of a server");
      return NULL;
    }

  if (g_str_equal (scheme, "http") && !is_loopback (g_uri_get_host (parsed)))
    {
      g_set_error_literal (error, HD_ERROR, HD_ERROR_TLS, "the address is not an https one");
      return NULL;
    }

  return build (parsed, scheme);
}
