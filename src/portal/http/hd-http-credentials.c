/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-http-credentials.h"

#include <string.h>

void
hd_http_credentials_clear (HdHttpCredentials *self)
{
  hd_http_credentials_set (self, NULL, NULL);
  g_clear_object (&self->cookies);
}

/* @scheme: of the header `Authorization`; @secret: (nullable): for none */
void
hd_http_credentials_set (HdHttpCredentials *self,
                         const char        *scheme,
                         const char        *secret)
{
  if (self->authorization != NULL)
    explicit_bzero (self->authorization, strlen (self->authorization));

  g_clear_pointer (&self->authorization, g_free);

  if (secret != NULL)
    self->authorization = g_strconcat (scheme, " ", secret, NULL);
}

static void
forget_cookies (SoupCookieJar *jar)
{
  GSList *cookies = soup_cookie_jar_all_cookies (jar);

  for (GSList *l = cookies; l != NULL; l = l->next)
    soup_cookie_jar_delete_cookie (jar, l->data);

  g_slist_free_full (cookies, (GDestroyNotify) soup_cookie_free);
}

/* From now on the server's cookies are kept and sent back to it; those of before are forgotten.  It is one jar all the
 * time: libsoup loses count of the references to one that comes or goes while a message is under way. */
void
hd_http_credentials_start_cookies (HdHttpCredentials *self,
                                   SoupSession       *session)
{
  if (self->cookies != NULL)
    {
      forget_cookies (self->cookies);
      return;
    }

  self->cookies = soup_cookie_jar_new ();
  soup_session_add_feature (session, SOUP_SESSION_FEATURE (self->cookies));
}

/* @anonymous: whether @message is to prove nothing */
void
hd_http_credentials_apply (HdHttpCredentials *self,
                           SoupMessage       *message,
                           gboolean           anonymous)
{
  if (anonymous)
    soup_message_disable_feature (message, SOUP_TYPE_COOKIE_JAR);
  else if (self->authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", self->authorization);
}
