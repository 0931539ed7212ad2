/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char   *hd_blobs_add     (const char  *data_dir,
                          GBytes      *bytes,
                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;
char   *hd_blobs_hold    (const char  *data_dir,
                          GBytes      *bytes,
                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void    hd_blobs_release (const char  *data_dir,
                          const char  *sha256,
                          gboolean     is_wanted);
guint   hd_blobs_collect (const char  *data_dir,
                          const char  *folder,
                          GHashTable  *wanted,
                          gint64       older_than);
GBytes *hd_blobs_load    (const char  *data_dir,
                          const char  *sha256,
                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean hd_blobs_is_hash (const char *text);

G_END_DECLS
