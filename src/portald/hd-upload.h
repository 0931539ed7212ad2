/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "hd-call.h"
#include "hd-info.h"

G_BEGIN_DECLS

/**
 * HdUploadFile:
 *
 * One file of an upload.
 */
typedef struct
{
  char   *name;
  char   *content_type;
  char   *field_id;      /* (nullable) */
  char   *announced;     /* (nullable): what its hash is said to be */
  char   *sha256;        /* (nullable): set when the file is stored */
  GBytes *bytes;
} HdUploadFile;

/**
 * HdUpload:
 *
 * A description in JSON, and the files that it describes.
 */
typedef struct
{
  JsonNode  *description;  /* an object */
  GPtrArray *files;        /* (element-type HdUploadFile) */
} HdUpload;

HdUpload *hd_upload_parse        (HdCall               *call,
                                  const char           *part_name,
                                  const HdLimits       *limits,
                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void      hd_upload_store_async  (HdUpload             *self,
                                  const char           *data_dir,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean  hd_upload_store_finish (GAsyncResult         *result,
                                  GError              **error);
char     *hd_upload_fingerprint  (const HdUpload       *self) G_GNUC_WARN_UNUSED_RESULT;
void      hd_upload_release      (HdUpload             *self,
                                  HdDatabase           *database,
                                  gboolean              is_used);
void      hd_upload_free         (HdUpload             *self);

char     *hd_upload_clean_name   (const char           *name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdUpload, hd_upload_free)

G_END_DECLS
