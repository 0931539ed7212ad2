/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-portal.h"

G_BEGIN_DECLS

void       hd_reconcile_async  (HdPortal             *portal,
                                HdSubmission         *submission,
                                guint                 settle_ms,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
HdRequest *hd_reconcile_finish (GAsyncResult         *result,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
