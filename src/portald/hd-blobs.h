/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char   *hd_blobs_add  (const char  *data_dir,
                       GBytes      *bytes,
                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *hd_blobs_load (const char  *data_dir,
                       const char  *sha256,
                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
