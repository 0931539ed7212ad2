/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  hd_certificates_ensure     (const char  *data_dir,
                                      const char  *address,
                                      GDateTime   *now,
                                      GError     **error);
char     *hd_certificates_dup_ca_path (const char *data_dir) G_GNUC_WARN_UNUSED_RESULT;
GTlsCertificate *
          hd_certificates_load_server (const char  *data_dir,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
