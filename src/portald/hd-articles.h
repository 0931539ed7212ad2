/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-database.h"

G_BEGIN_DECLS

JsonNode *hd_articles_list         (HdDatabase  *database,
                                    gint64       since,
                                    gint64       limit,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *hd_articles_get_state    (HdDatabase  *database) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *hd_articles_get          (HdDatabase  *database,
                                    const char  *id,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_articles_add_feedback (HdDatabase  *database,
                                    const char  *id,
                                    const char  *account_id,
                                    gboolean     helpful,
                                    const char  *comment,
                                    gint64       now,
                                    GError     **error);

G_END_DECLS
