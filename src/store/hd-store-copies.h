/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store.h"

G_BEGIN_DECLS

/* Of each open request that is the copy of an older open one its id, and then the number of the oldest; without those
 * that the outbox is to cancel. */
void hd_store_list_copies_async (HdStore             *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
GStrv hd_store_list_copies_finish (HdStore       *self,
                                   GAsyncResult  *result,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
