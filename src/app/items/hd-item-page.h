/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_ITEM_PAGE (hd_item_page_get_type ())
G_DECLARE_FINAL_TYPE (HdItemPage, hd_item_page, HD, ITEM_PAGE, HdPage)

GtkWidget  *hd_item_page_new            (HdSession  *session,
                                         const char *request_id);
const char *hd_item_page_get_request_id (HdItemPage *self);

G_END_DECLS
