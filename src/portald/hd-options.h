/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-database.h"

G_BEGIN_DECLS

gboolean  hd_options_import    (HdDatabase  *database,
                                JsonObject  *sources,
                                GError     **error);
JsonNode *hd_options_search    (HdDatabase  *database,
                                const char  *source,
                                const char  *query,
                                const char  *parent,
                                gint64       limit) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_options_dup_label (HdDatabase  *database,
                                const char  *source,
                                const char  *value,
                                const char  *parent) G_GNUC_WARN_UNUSED_RESULT;
char     *hd_options_dup_option (HdDatabase *database,
                                 const char *source,
                                 const char *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
