/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-accounts.h"

G_BEGIN_DECLS

#define HD_TYPE_SIGN_IN (hd_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (HdSignIn, hd_sign_in, HD, SIGN_IN, GObject)

/**
 * HdRefusal:
 * @tries_left: with %HD_PROBLEM_INVALID_CREDENTIALS, how many tries are left
 * @retry_after: with %HD_PROBLEM_LOCKED, for how many seconds
 *
 * What there is to say about a refused password.
 */
typedef struct
{
  int    tries_left;
  gint64 retry_after;
} HdRefusal;

HdSignIn *hd_sign_in_new    (HdDatabase           *database,
                             gint64                lock_duration) G_GNUC_WARN_UNUSED_RESULT;
void      hd_sign_in_async  (HdSignIn             *self,
                             const char           *user_name,
                             const char           *password,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
HdUser   *hd_sign_in_finish (HdSignIn             *self,
                             GAsyncResult         *result,
                             HdRefusal            *refusal,
                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
