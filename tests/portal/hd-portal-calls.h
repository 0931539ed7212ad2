/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-portal.h"

G_BEGIN_DECLS

/**
 * HdPortalCallInfo:
 * @name: what is called
 * @call: calls it, waits for its end and drops the result
 * @answer: (nullable): a good JSON answer, with nothing in it that is not read; %NULL
 *   where no JSON is expected
 *
 * One of the calls of #HdPortal, for tests that go through all of them.
 */
typedef struct
{
  const char *name;
  void        (* call) (HdPortal  *portal,
                        GError   **error);
  const char *answer;
} HdPortalCallInfo;

const HdPortalCallInfo *hd_portal_calls_get (guint *n_calls);

G_END_DECLS
