/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What proves a session to a server.  In memory only. */
typedef struct
{
  char          *authorization;  /* (owned) (nullable) */
  SoupCookieJar *cookies;        /* (owned) (nullable) */
} HdHttpCredentials;

void hd_http_credentials_clear         (HdHttpCredentials *self);
void hd_http_credentials_set           (HdHttpCredentials *self,
                                        const char        *scheme,
                                        const char        *secret);
void hd_http_credentials_start_cookies (HdHttpCredentials *self,
                                        SoupSession       *session);
void hd_http_credentials_apply         (HdHttpCredentials *self,
                                        SoupMessage       *message,
                                        gboolean           anonymous);

G_END_DECLS
