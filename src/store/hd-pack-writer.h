/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-pack-format.h"
#include "hd-pack-key.h"
#include "hd-pack-manifest.h"

G_BEGIN_DECLS

typedef struct _HdPackWriter HdPackWriter;

HdPackWriter   *hd_pack_writer_new         (const char      *path,
                                            GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            hd_pack_writer_free        (HdPackWriter    *self);
gboolean        hd_pack_writer_add_record  (HdPackWriter    *self,
                                            HdPackKind       kind,
                                            HdRecord        *record,
                                            GError         **error);
gboolean        hd_pack_writer_add_picture (HdPackWriter    *self,
                                            const char      *name,
                                            GBytes          *bytes,
                                            GError         **error);
HdPackManifest *hd_pack_writer_finish      (HdPackWriter    *self,
                                            HdPackManifest  *about,
                                            HdPackKey       *key,
                                            GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdPackWriter, hd_pack_writer_free)

G_END_DECLS
