/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"
#include "hd-request.h"

G_BEGIN_DECLS

#define HD_TYPE_REQUEST_PAGE (hd_request_page_get_type ())
G_DECLARE_FINAL_TYPE (HdRequestPage, hd_request_page, HD, REQUEST_PAGE, HdRecord)

GListModel *hd_request_page_get_items       (HdRequestPage *self);
gint64      hd_request_page_get_total       (HdRequestPage *self);
const char *hd_request_page_get_next_cursor (HdRequestPage *self);
const char *hd_request_page_get_as_of       (HdRequestPage *self);

G_END_DECLS
