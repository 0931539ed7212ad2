/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-store.h"

G_BEGIN_DECLS

/**
 * HdOutboxChange:
 * @submission: an entry
 * @id: (nullable): which one is meant
 *
 * Changes an entry.
 *
 * Returns: whether it did
 */
typedef gboolean (*HdOutboxChange) (HdSubmission *submission,
                                    const char   *id);

HdSubmission *hd_outbox_choose        (GListModel          *outbox,
                                       GDateTime           *now,
                                       gboolean             is_back,
                                       gint64              *wait_ms) G_GNUC_WARN_UNUSED_RESULT;
void          hd_outbox_complete      (HdSubmission        *submission);
void          hd_outbox_describe      (HdSubmission        *submission,
                                       const GError        *error);
gboolean      hd_outbox_may_pass      (HdSubmission        *submission,
                                       const GError        *error);
void          hd_outbox_note_try      (HdSubmission        *submission);
gint64        hd_outbox_postpone      (HdSubmission        *submission,
                                       const GError        *error,
                                       guint                first_ms,
                                       guint                most_ms);
gboolean      hd_outbox_wants_sign_in (const GError        *error);

gboolean      hd_outbox_pause         (HdSubmission        *submission,
                                       const char          *id);
gboolean      hd_outbox_queue         (HdSubmission        *submission,
                                       const char          *id);
gboolean      hd_outbox_recover       (HdSubmission        *submission,
                                       const char          *id);

void          hd_outbox_change_async  (HdStore             *store,
                                       HdOutboxChange       change,
                                       const char          *id,
                                       const char          *except_id,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gboolean      hd_outbox_change_finish (HdStore             *store,
                                       GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
