/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_ARTICLE_PAGE (hd_article_page_get_type ())
G_DECLARE_FINAL_TYPE (HdArticlePage, hd_article_page, HD, ARTICLE_PAGE, HdPage)

GtkWidget *hd_article_page_new               (HdSession     *session);
void       hd_article_page_show_article      (HdArticlePage *self,
                                              const char    *id_and_anchor);
void       hd_article_page_show_announcement (HdArticlePage *self,
                                              const char    *announcement_id);

G_END_DECLS
