/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

gboolean hd_http_trust_check (const char   *ca_file,
                              GError      **error);
gboolean hd_http_trust_apply (SoupSession  *session,
                              const char   *ca_file,
                              GError      **error);
