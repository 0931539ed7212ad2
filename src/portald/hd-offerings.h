/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-database.h"

G_BEGIN_DECLS

gboolean  hd_offerings_import         (HdDatabase  *database,
                                     JsonNode    *root,
                                     GError     **error);
JsonNode *hd_offerings_get            (HdDatabase  *database) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *hd_offerings_get_offering   (HdDatabase  *database,
                                     const char  *id) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *hd_offerings_get_form       (HdDatabase  *database,
                                     const char  *offering_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
