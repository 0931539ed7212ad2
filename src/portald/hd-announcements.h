/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-database.h"

G_BEGIN_DECLS

gboolean  hd_announcements_import (HdDatabase  *database,
                                   JsonArray   *array,
                                   GError     **error);
gboolean  hd_announcements_add    (HdDatabase  *database,
                                   const char  *title,
                                   const char  *text,
                                   gboolean     important,
                                   gint64       now,
                                   GError     **error);
JsonNode *hd_announcements_get    (HdDatabase  *database,
                                   gint64       now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
