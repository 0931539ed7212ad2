/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"

G_BEGIN_DECLS

typedef enum
{
  HD_STORE_FILE_CACHE,
  HD_STORE_FILE_ITEMS,
  HD_STORE_FILE_DRAFTS,
} HdStoreFile;

#define HD_N_STORE_FILES 3

const char *hd_store_file_get_name (HdStoreFile   file);
gboolean    hd_store_file_migrate  (HdStoreFile   file,
                                    HdDatabase   *database,
                                    GError      **error);
HdDatabase *hd_store_files_open    (const char   *directory,
                                    gboolean      check,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    hd_store_files_delete  (const char   *directory,
                                    HdStoreFile   file,
                                    GError      **error);

G_END_DECLS
