/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_PACK_MANIFEST (hd_pack_manifest_get_type ())
G_DECLARE_FINAL_TYPE (HdPackManifest, hd_pack_manifest, HD, PACK_MANIFEST, HdRecord)

const char         *hd_pack_manifest_get_portal          (HdPackManifest *self);
const char         *hd_pack_manifest_get_kind            (HdPackManifest *self);
const char         *hd_pack_manifest_get_portal_name     (HdPackManifest *self);
const char         *hd_pack_manifest_get_organisation    (HdPackManifest *self);
const char * const *hd_pack_manifest_get_categories      (HdPackManifest *self);
const char         *hd_pack_manifest_get_as_of           (HdPackManifest *self);
GDateTime          *hd_pack_manifest_get_data_at         (HdPackManifest *self);
GDateTime          *hd_pack_manifest_get_created_at      (HdPackManifest *self);
GDateTime          *hd_pack_manifest_get_expires_at      (HdPackManifest *self);
gint64              hd_pack_manifest_get_n_articles      (HdPackManifest *self);
gint64              hd_pack_manifest_get_n_pictures      (HdPackManifest *self);
gint64              hd_pack_manifest_get_n_offerings     (HdPackManifest *self);
gint64              hd_pack_manifest_get_n_forms         (HdPackManifest *self);
gint64              hd_pack_manifest_get_n_announcements (HdPackManifest *self);
gint64              hd_pack_manifest_get_size            (HdPackManifest *self);
const char * const *hd_pack_manifest_get_blocks          (HdPackManifest *self);
gboolean            hd_pack_manifest_is_expired          (HdPackManifest *self);

G_END_DECLS
