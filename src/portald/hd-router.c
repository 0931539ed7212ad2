/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-router.h"

#include "hd-api.h"

/* Every operation of docs/portal-api.yaml. */
static const HdRoute routes[] = {
  { "GET", "info", hd_api_get_info, HD_ROUTE_PUBLIC | HD_ROUTE_ALWAYS },
  { "POST", "session", hd_api_sign_in, HD_ROUTE_PUBLIC },
  { "DELETE", "session", hd_api_sign_out, HD_ROUTE_DEFAULT },
  { "GET", "me", hd_api_get_me, HD_ROUTE_DEFAULT },
  { "GET", "catalog", hd_api_get_catalog, HD_ROUTE_DEFAULT },
  { "GET", "offerings/*/form", hd_api_get_form, HD_ROUTE_DEFAULT },
  { "GET", "options/*", hd_api_get_options, HD_ROUTE_DEFAULT },
  { "POST", "requests", hd_api_submit, HD_ROUTE_MULTIPART },
  { "GET", "requests", hd_api_list_requests, HD_ROUTE_DEFAULT },
  { "GET", "requests/*", hd_api_get_request, HD_ROUTE_DEFAULT },
  { "POST", "requests/*/messages", hd_api_reply, HD_ROUTE_MULTIPART },
  { "POST", "requests/*/cancel", hd_api_cancel, HD_ROUTE_DEFAULT },
  { "POST", "requests/*/reopen", hd_api_reopen, HD_ROUTE_DEFAULT },
  { "POST", "requests/*/confirm", hd_api_confirm, HD_ROUTE_DEFAULT },
  { "POST", "requests/*/rating", hd_api_rate, HD_ROUTE_DEFAULT },
  { "GET", "requests/*/attachments/*", hd_api_get_attachment, HD_ROUTE_DEFAULT },
  { "GET", "articles", hd_api_list_articles, HD_ROUTE_DEFAULT },
  { "GET", "articles/*", hd_api_get_article, HD_ROUTE_DEFAULT },
  { "POST", "articles/*/feedback", hd_api_send_feedback, HD_ROUTE_DEFAULT },
  { "GET", "media", hd_api_get_media_bundle, HD_ROUTE_DEFAULT },
  { "GET", "media/*", hd_api_get_media, HD_ROUTE_DEFAULT },
  { "GET", "uploads/*", hd_api_get_upload, HD_ROUTE_DEFAULT },
  { "PATCH", "uploads/*", hd_api_add_to_upload, HD_ROUTE_DEFAULT },
  { "GET", "announcements", hd_api_get_announcements, HD_ROUTE_DEFAULT },
};

/* Returns: (nullable): the parts of @path that stand where @pattern has a `*`. */
static char **
match_path (const char *pattern,
            char      **parts)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  guint n = g_strv_length (wanted);

  if (g_strv_length (parts) != n)
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *decoded = g_uri_unescape_string (parts[i], "/");

      if (g_str_equal (wanted[i], "*") && decoded != NULL && decoded[0] != '\0')
        g_strv_builder_add (arguments, decoded);
      else if (!g_str_equal (wanted[i], parts[i]))
        return NULL;
    }

  return g_strv_builder_end (arguments);
}

/**
 * hd_router_find:
 * @method: a method
 * @path: a path, as it came, after `/api/v1/`
 * @arguments: (out) (transfer full): the variable parts of the path
 * @is_known_path: (out): whether the path is good with some method
 *
 * Returns: (nullable): the operation
 */
const HdRoute *
hd_router_find (const char   *method,
                const char   *path,
                char       ***arguments,
                gboolean     *is_known_path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  *is_known_path = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_auto (GStrv) found = match_path (routes[i].path, parts);

      if (found == NULL)
        continue;

      *is_known_path = TRUE;

      if (g_str_equal (routes[i].method, method))
        {
          *arguments = g_steal_pointer (&found);
          return &routes[i];
        }
    }

  return NULL;
}
