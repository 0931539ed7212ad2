/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-call.h"

G_BEGIN_DECLS

JsonNode *hd_request_list (HdCall  *call,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

char     *hd_as_of_format (HdDatabase *database,
                           gint64      change) G_GNUC_WARN_UNUSED_RESULT;
gint64    hd_as_of_parse  (HdDatabase *database,
                           const char *text);

G_END_DECLS
