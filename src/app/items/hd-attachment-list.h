/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_ATTACHMENT_LIST (hd_attachment_list_get_type ())
G_DECLARE_FINAL_TYPE (HdAttachmentList, hd_attachment_list, HD, ATTACHMENT_LIST, AdwBin)

GtkWidget *hd_attachment_list_new (HdSession  *session,
                                   const char *request_id,
                                   GListModel *attachments);

G_END_DECLS
