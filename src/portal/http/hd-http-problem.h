/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How much of a problem document is read. */
#define HD_HTTP_PROBLEM_LIMIT (64u * 1024)

GError *hd_http_problem_to_error (SoupMessage *message,
                                  GBytes      *body) G_GNUC_WARN_UNUSED_RESULT;
void    hd_http_problem_translate (GError               **error,
                                   const GError          *fault,
                                   GTlsCertificateFlags   flags);
int     hd_http_parse_retry_after (const char *value,
                                   GDateTime  *now);

G_END_DECLS
