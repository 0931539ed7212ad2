/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-portal-factory.h"

#include "hd-error.h"
#include "hd-http-client.h"
#include "hd-http-uri.h"
#include "hd-open-portal.h"
#include "hd-rt-portal.h"

#define OPEN_API_PATH "api/v1/"

static HdPortal *
create_open_portal (const char  *uri,
                    const char  *ca_file,
                    const char  *site_file,
                    GError     **error)
{
  g_autofree char *base = g_strconcat (uri, g_str_has_suffix (uri, "/" OPEN_API_PATH) ? "" : OPEN_API_PATH, NULL);
  g_autoptr (HdHttpClient) client = hd_http_client_new (base, ca_file, error);

  return client != NULL ? HD_PORTAL (hd_open_portal_new (client)) : NULL;
}

static HdPortal *
create_rt_portal (const char  *uri,
                  const char  *ca_file,
                  const char  *site_file,
                  GError     **error)
{
  g_autoptr (HdHttpClient) client = hd_http_client_new (uri, ca_file, error);

  return client != NULL ? HD_PORTAL (hd_rt_portal_new (client, site_file, error)) : NULL;
}

static const struct
{
  const char *kind;
  HdPortal   *(*create) (const char  *uri,
                         const char  *ca_file,
                         const char  *site_file,
                         GError     **error);
} kinds[] = {
  { HD_PORTAL_KIND_OPEN, create_open_portal },
  { HD_PORTAL_KIND_RT, create_rt_portal },
};

/**
 * hd_portal_dup_uri:
 * @typed: an address as a person types it
 * @error: return location for %HD_ERROR_NAME (no address) or %HD_ERROR_TLS (an
 *   `http` address of another machine)
 *
 * Returns: (transfer full) (nullable): the address in full, always the same for
 *   the same portal: `https://help.example.org/`
 */
char *
hd_portal_dup_uri (const char  *typed,
                   GError     **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  uri = hd_http_uri_parse (typed, error);

  return uri != NULL ? g_uri_to_string (uri) : NULL;
}

/**
 * hd_portal_new_for_kind:
 * @kind: a kind of portal, as #HD_PORTAL_KIND_OPEN
 * @uri: its address, as a person types it
 * @ca_file: (nullable): a PEM file with authorities to trust besides the system's
 * @site_file: (nullable): a key file that says what is what, for kinds of portal that do not say it themselves
 * @error: return location for %HD_ERROR_UNSUPPORTED (no such kind), %HD_ERROR_SETTINGS (of @site_file), %HD_ERROR_TLS
 *   (of @ca_file) and the errors of hd_portal_dup_uri()
 *
 * Makes a portal.  This does no network activity.
 *
 * Returns: (transfer full) (nullable): a portal
 */
HdPortal *
hd_portal_new_for_kind (const char  *kind,
                        const char  *uri,
                        const char  *ca_file,
                        const char  *site_file,
                        GError     **error)
{
  g_autofree char *full_uri = NULL;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kind, kinds[i].kind))
        {
          full_uri = hd_portal_dup_uri (uri, error);
          return full_uri != NULL ? kinds[i].create (full_uri, ca_file, site_file, error) : NULL;
        }
    }

  g_set_error (error, HD_ERROR, HD_ERROR_UNSUPPORTED, "this version knows no portals of the kind “%s”", kind);
  return NULL;
}
