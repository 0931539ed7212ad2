/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define HD_TYPE_SIGN_IN_LOCK (hd_sign_in_lock_get_type ())
G_DECLARE_FINAL_TYPE (HdSignInLock, hd_sign_in_lock, HD, SIGN_IN_LOCK, GObject)

HdSignInLock *hd_sign_in_lock_new         (void);
void          hd_sign_in_lock_add         (HdSignInLock *self,
                                           const char   *user_name,
                                           int           seconds);
int           hd_sign_in_lock_get_seconds (HdSignInLock *self,
                                           const char   *user_name);

G_END_DECLS
