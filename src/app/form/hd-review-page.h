/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-form-model.h"
#include "hd-progress.h"

G_BEGIN_DECLS

#define HD_TYPE_REVIEW_PAGE (hd_review_page_get_type ())
G_DECLARE_FINAL_TYPE (HdReviewPage, hd_review_page, HD, REVIEW_PAGE, AdwBin)

GtkWidget *hd_review_page_new           (void);
void       hd_review_page_set_model     (HdReviewPage *self,
                                         HdFormModel  *model);
void       hd_review_page_show_ready    (HdReviewPage *self);
void       hd_review_page_show_sending  (HdReviewPage *self);
void       hd_review_page_show_progress (HdReviewPage *self,
                                         HdProgress   *progress);
void       hd_review_page_show_error    (HdReviewPage *self,
                                         const GError *error);
void       hd_review_page_grab_focus    (HdReviewPage *self);

G_END_DECLS
