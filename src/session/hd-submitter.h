/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-portal.h"
#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_SUBMITTER (hd_submitter_get_type ())
G_DECLARE_FINAL_TYPE (HdSubmitter, hd_submitter, HD, SUBMITTER, GObject)

HdSubmitter *hd_submitter_new              (HdPortal              *portal,
                                            HdStore               *store) G_GNUC_WARN_UNUSED_RESULT;
void         hd_submitter_set_back_off     (HdSubmitter           *self,
                                            guint                  first_ms,
                                            guint                  most_ms);
void         hd_submitter_set_settle       (HdSubmitter           *self,
                                            guint                  settle_ms);
void         hd_submitter_set_lock_file    (HdSubmitter           *self,
                                            const char            *path);
void         hd_submitter_set_capabilities (HdSubmitter           *self,
                                            HdPortalCapabilities   capabilities);
void         hd_submitter_set_enabled      (HdSubmitter           *self,
                                            gboolean               enabled);
gboolean     hd_submitter_is_sending       (HdSubmitter           *self,
                                            const char            *request_id);
void         hd_submitter_recover          (HdSubmitter           *self);
void         hd_submitter_portal_is_back   (HdSubmitter           *self);
void         hd_submitter_stop             (HdSubmitter           *self,
                                            const char            *submission_id);
void         hd_submitter_send_now         (HdSubmitter           *self,
                                            const char            *submission_id);
HdProgress  *hd_submitter_get_progress     (HdSubmitter           *self,
                                            const char            *submission_id);
void         hd_submitter_submit_async     (HdSubmitter           *self,
                                            HdSubmission          *submission,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
gboolean     hd_submitter_submit_finish    (HdSubmitter           *self,
                                            GAsyncResult          *result,
                                            GError               **error);

G_END_DECLS
