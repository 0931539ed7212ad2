/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-pack-format.h"
#include "hd-pack-manifest.h"

G_BEGIN_DECLS

/**
 * HdPackRecord:
 * @kind: what it is; %HD_PACK_KIND_END after the last
 * @record: (owned) (nullable): the record, of anything but a picture
 * @name: (owned) (nullable): of a picture
 * @bytes: (owned) (nullable): of a picture
 */
typedef struct
{
  HdPackKind  kind;
  gpointer    record;
  char       *name;
  GBytes     *bytes;
} HdPackRecord;

void hd_pack_record_clear (HdPackRecord *record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HdPackRecord, hd_pack_record_clear)

#define HD_TYPE_PACK (hd_pack_get_type ())
G_DECLARE_FINAL_TYPE (HdPack, hd_pack, HD, PACK, GObject)

HdPack         *hd_pack_open         (const char          *path,
                                      const char *const   *trusted,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
HdPackManifest *hd_pack_get_manifest (HdPack              *self);
const char     *hd_pack_get_key      (HdPack              *self);
void            hd_pack_keep_in      (HdPack              *self,
                                      const char          *folder);
gboolean        hd_pack_check        (HdPack              *self,
                                      GCancellable        *cancellable,
                                      GError             **error);
gboolean        hd_pack_check_until  (HdPack              *self,
                                      gint64               until,
                                      GError             **error);
gboolean        hd_pack_is_checked   (HdPack              *self);
void            hd_pack_rewind       (HdPack              *self);
gboolean        hd_pack_read         (HdPack              *self,
                                      HdPackRecord        *record,
                                      GError             **error);
double          hd_pack_get_fraction (HdPack              *self);

G_END_DECLS
