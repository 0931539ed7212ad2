/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_ITEMS_PAGE (hd_items_page_get_type ())
G_DECLARE_FINAL_TYPE (HdItemsPage, hd_items_page, HD, ITEMS_PAGE, HdPage)

GtkWidget *hd_items_page_new (HdSession *session);

G_END_DECLS
