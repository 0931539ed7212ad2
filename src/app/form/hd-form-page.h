/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_FORM_PAGE (hd_form_page_get_type ())
G_DECLARE_FINAL_TYPE (HdFormPage, hd_form_page, HD, FORM_PAGE, HdPage)

GtkWidget *hd_form_page_new         (HdSession  *session,
                                     const char *offering_id,
                                     const char *draft_id,
                                     const char *article_id);
void       hd_form_page_begin_with  (HdFormPage *self,
                                     const char *words);
const char *hd_form_page_get_draft_id (HdFormPage *self);
gboolean   hd_form_page_is_editing  (HdFormPage *self,
                                     const char *draft_id);
void       hd_form_page_take_issues (HdFormPage *self,
                                     GListModel *issues);

G_END_DECLS
