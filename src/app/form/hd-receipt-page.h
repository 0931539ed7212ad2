/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-form-model.h"
#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_RECEIPT_PAGE (hd_receipt_page_get_type ())
G_DECLARE_FINAL_TYPE (HdReceiptPage, hd_receipt_page, HD, RECEIPT_PAGE, AdwBin)

GtkWidget *hd_receipt_page_new         (void);
void       hd_receipt_page_set_model   (HdReceiptPage *self,
                                        HdSession     *session,
                                        HdFormModel   *model);
void       hd_receipt_page_show_queued (HdReceiptPage *self,
                                        HdSubmission  *submission);
void       hd_receipt_page_show_sent   (HdReceiptPage *self,
                                        HdRequest     *request);
void       hd_receipt_page_grab_focus  (HdReceiptPage *self);

G_END_DECLS
