/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri *hd_http_uri_parse (const char  *typed,
                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
