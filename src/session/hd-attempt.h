/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-portal.h"
#include "hd-store.h"

G_BEGIN_DECLS

void       hd_attempt_async  (HdPortal              *portal,
                              HdStore               *store,
                              HdPortalCapabilities   capabilities,
                              guint                  settle_ms,
                              HdSubmission          *submission,
                              HdProgress            *progress,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data);
gboolean   hd_attempt_finish (GAsyncResult          *result,
                              HdRequest            **request,
                              GError               **error);

G_END_DECLS
