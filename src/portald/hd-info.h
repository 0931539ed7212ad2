/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-database.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 max_file_size;
  gint64 max_files;
  gint64 max_total_size;
} HdLimits;

JsonNode *hd_info_get             (HdDatabase  *database) G_GNUC_WARN_UNUSED_RESULT;
gboolean  hd_info_set             (HdDatabase  *database,
                                   JsonNode    *info,
                                   GError     **error);
char     *hd_info_dup_mail_domain (HdDatabase  *database) G_GNUC_WARN_UNUSED_RESULT;
HdLimits  hd_info_get_limits      (HdDatabase  *database);

gboolean  hd_info_set_outage      (HdDatabase  *database,
                                   const char  *message,
                                   gboolean     hard,
                                   gint64       now,
                                   GError     **error);
gboolean  hd_info_clear_outage    (HdDatabase  *database,
                                   GError     **error);
char     *hd_info_dup_closed      (HdDatabase  *database) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
