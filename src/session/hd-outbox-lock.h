/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HdOutboxLock HdOutboxLock;

HdOutboxLock *hd_outbox_lock_new   (const char   *path) G_GNUC_WARN_UNUSED_RESULT;
void          hd_outbox_lock_free  (HdOutboxLock *self);
gboolean      hd_outbox_lock_take  (HdOutboxLock *self);
void          hd_outbox_lock_leave (HdOutboxLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdOutboxLock, hd_outbox_lock_free)

G_END_DECLS
