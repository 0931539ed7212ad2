/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In bytes, as they stand in a pack. */
#define HD_PACK_KEY_SIZE 32
#define HD_PACK_SIGNATURE_SIZE 64

typedef struct _HdPackKey HdPackKey;

HdPackKey  *hd_pack_key_make            (const char    *path,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;
HdPackKey  *hd_pack_key_load            (const char    *path,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void        hd_pack_key_free            (HdPackKey     *self);
const char *hd_pack_key_get_public      (HdPackKey     *self);
GBytes     *hd_pack_key_sign            (HdPackKey     *self,
                                         GBytes        *data,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean    hd_pack_key_has_signed      (const char    *public_key,
                                         GBytes        *data,
                                         const guint8   signature[HD_PACK_SIGNATURE_SIZE]);
char       *hd_pack_key_dup_fingerprint (const char    *public_key) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdPackKey, hd_pack_key_free)

G_END_DECLS
