/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-call.h"

G_BEGIN_DECLS

/**
 * HdEffect:
 * @call: the call
 * @user_data: what was given to hd_idempotency_run()
 * @location: (out) (transfer full): where the new thing is, if there is one
 * @answer: (out) (transfer full): the answer's body, if there is one
 * @error: return location for an error
 *
 * What a call does, in a transaction that is open already.
 */
typedef gboolean (*HdEffect) (HdCall    *call,
                              gpointer   user_data,
                              char     **location,
                              JsonNode **answer,
                              GError   **error);

gboolean hd_idempotency_run (HdCall     *call,
                             const char *content,
                             guint       status,
                             HdEffect    effect,
                             gpointer    user_data);

G_END_DECLS
