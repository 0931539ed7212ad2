/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_HOME_PAGE (hd_home_page_get_type ())
G_DECLARE_FINAL_TYPE (HdHomePage, hd_home_page, HD, HOME_PAGE, HdPage)

GtkWidget *hd_home_page_new    (HdSession  *session);
void       hd_home_page_search (HdHomePage *self,
                                const char *words);

G_END_DECLS
