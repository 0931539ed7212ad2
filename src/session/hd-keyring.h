/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HD_TYPE_KEYRING (hd_keyring_get_type ())
G_DECLARE_FINAL_TYPE (HdKeyring, hd_keyring, HD, KEYRING, GObject)

HdKeyring *hd_keyring_new           (const char           *portal_uri) G_GNUC_WARN_UNUSED_RESULT;
gboolean   hd_keyring_is_available  (HdKeyring            *self);
void       hd_keyring_set_time_outs (HdKeyring            *self,
                                     guint                 call_ms,
                                     guint                 prompt_ms);

void       hd_keyring_find_async    (HdKeyring            *self,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char      *hd_keyring_find_finish   (HdKeyring            *self,
                                     GAsyncResult         *result,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void       hd_keyring_lookup_async  (HdKeyring            *self,
                                     const char           *user_name,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char      *hd_keyring_lookup_finish (HdKeyring            *self,
                                     GAsyncResult         *result,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void       hd_keyring_store_async   (HdKeyring            *self,
                                     const char           *user_name,
                                     const char           *password,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   hd_keyring_store_finish  (HdKeyring            *self,
                                     GAsyncResult         *result,
                                     GError              **error);

void       hd_keyring_forget_async  (HdKeyring            *self,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   hd_keyring_forget_finish (HdKeyring            *self,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
