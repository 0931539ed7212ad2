/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_TYPE_AUTHORITIES (hd_authorities_get_type ())
G_DECLARE_FINAL_TYPE (HdAuthorities, hd_authorities, HD, AUTHORITIES, GTlsDatabase)

GTlsDatabase *hd_authorities_new (const char    *ca_file,
                                  GTlsDatabase  *others,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
