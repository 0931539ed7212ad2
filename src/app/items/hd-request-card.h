/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-request.h"

G_BEGIN_DECLS

#define HD_TYPE_REQUEST_CARD (hd_request_card_get_type ())
G_DECLARE_FINAL_TYPE (HdRequestCard, hd_request_card, HD, REQUEST_CARD, AdwBin)

GtkWidget *hd_request_card_new         (void);
void       hd_request_card_set_request (HdRequestCard *self,
                                        HdRequest     *request);
char      *hd_request_card_dup_name    (HdRequest     *request);

G_END_DECLS
