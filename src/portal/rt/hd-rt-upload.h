/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-draft-file.h"
#include "hd-http-request.h"

G_BEGIN_DECLS

char          *hd_rt_upload_dup_part_name (HdDraftFile   *file,
                                           guint          position) G_GNUC_WARN_UNUSED_RESULT;
void           hd_rt_upload_set           (HdHttpRequest *request,
                                           JsonNode      *body,
                                           GPtrArray     *files);
HdHttpRequest *hd_rt_upload_reply_new     (const char    *ticket_id,
                                           const char    *text,
                                           GListModel    *files) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
