/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-portal.h"

G_BEGIN_DECLS

GTask *hd_portal_start_call (HdPortal            *self,
                             gpointer             source_tag,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);

void   hd_portal_find_among_recent (HdPortal     *self,
                                    HdSubmission *submission,
                                    GTask        *task);

GTask *hd_portal_read_back_task_new (GTask *task);

/* A whole _finish function. */
#define HD_PORTAL_DEFINE_FINISH(name) \
  gboolean \
  hd_portal_ ## name ## _finish (HdPortal *self, GAsyncResult *result, GError **error) \
  { \
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE); \
    g_return_val_if_fail (g_async_result_is_tagged (result, hd_portal_ ## name ## _async), FALSE); \
    return g_task_propagate_boolean (G_TASK (result), error); \
  }

#define HD_PORTAL_DEFINE_FINISH_POINTER(name, ctype) \
  ctype \
  hd_portal_ ## name ## _finish (HdPortal *self, GAsyncResult *result, GError **error) \
  { \
    g_return_val_if_fail (g_task_is_valid (result, self), NULL); \
    g_return_val_if_fail (g_async_result_is_tagged (result, hd_portal_ ## name ## _async), NULL); \
    return g_task_propagate_pointer (G_TASK (result), error); \
  }

G_END_DECLS
