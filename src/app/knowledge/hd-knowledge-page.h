/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_KNOWLEDGE_PAGE (hd_knowledge_page_get_type ())
G_DECLARE_FINAL_TYPE (HdKnowledgePage, hd_knowledge_page, HD, KNOWLEDGE_PAGE, HdPage)

GtkWidget *hd_knowledge_page_new               (HdSession       *session);
void       hd_knowledge_page_open_article      (HdKnowledgePage *self,
                                                const char      *id_and_anchor);
void       hd_knowledge_page_open_announcement (HdKnowledgePage *self,
                                                const char      *announcement_id);
void       hd_knowledge_page_search            (HdKnowledgePage *self,
                                                const char      *words);

G_END_DECLS
