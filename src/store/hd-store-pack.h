/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-pack-key.h"
#include "hd-pack.h"
#include "hd-store.h"

G_BEGIN_DECLS

/* The rules of hd-store.h hold. */

/* Values (hd_store_get_value_async()): when the articles were in step with the portal; the pack that they are from,
 * until the next sync, as a HdPackManifest; when the newest pack was made that was taken, be it of all articles. */
#define HD_STORE_ARTICLES_AT "portal-articles-at"
#define HD_STORE_PACK "portal-pack"
#define HD_STORE_PACK_CREATED "portal-pack-created"

/* Takes a pack; one that was not checked (hd_pack_check()) and kept (hd_pack_keep_in()) is first, so that nothing is
 * taken of one that is broken, is lost meanwhile or has no room on the disk.  HD_ERROR_PACK_OLD where there is nothing in
 * it for this store.
 *
 * It may end halfway: cancelled, or HD_ERROR_STORAGE where the disk fails or others fill it.  Some of it is there then,
 * and taking it again goes through with it. */
void hd_store_import_pack_async (HdStore             *self,
                                 HdPack              *pack,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean hd_store_import_pack_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error);

/* Writes what the portal publishes into a new pack, which says what @about says, the names of its categories among it.
 * @key: lives until the call is done. */
void hd_store_write_pack_async (HdStore             *self,
                                const char          *path,
                                HdPackManifest      *about,
                                HdPackKey           *key,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
HdPackManifest *hd_store_write_pack_finish (HdStore       *self,
                                            GAsyncResult  *result,
                                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
