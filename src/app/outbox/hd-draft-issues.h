/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store.h"

G_BEGIN_DECLS

void        hd_draft_issues_put  (HdStore    *store,
                                  const char *draft_id,
                                  GListModel *issues);
GListModel *hd_draft_issues_take (HdStore    *store,
                                  const char *draft_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
