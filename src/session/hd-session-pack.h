/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session.h"
#include "hd-store-pack.h"

G_BEGIN_DECLS

/* The keys of those whose packs are trusted: by policy, and by the portal itself over TLS. */
GStrv   hd_session_dup_pack_keys     (HdSession           *self) G_GNUC_WARN_UNUSED_RESULT;

/* Looks who signed a pack and what it says of itself: whether it is for this portal and this day. */
void    hd_session_open_pack_async   (HdSession           *self,
                                      GFile               *file,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
HdPack *hd_session_open_pack_finish  (HdSession           *self,
                                      GAsyncResult        *result,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* Checks all of a pack that was opened here, then takes it; hd_pack_get_fraction() tells how far it is. */
void     hd_session_import_pack_async  (HdSession            *self,
                                        HdPack               *pack,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean hd_session_import_pack_finish (HdSession            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* The pack that the Knowledge Base is from; NULL without an error where it is from the portal. */
void            hd_session_load_pack_async  (HdSession            *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
HdPackManifest *hd_session_load_pack_finish (HdSession            *self,
                                             GAsyncResult         *result,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes a pack of what is kept: of @categories, NULL for all. */
void            hd_session_write_pack_async  (HdSession            *self,
                                              const char           *path,
                                              HdPackKey            *key,
                                              GDateTime            *expires_at,
                                              const char *const    *categories,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
HdPackManifest *hd_session_write_pack_finish (HdSession            *self,
                                              GAsyncResult         *result,
                                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
