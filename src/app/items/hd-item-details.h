/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_ITEM_DETAILS (hd_item_details_get_type ())
G_DECLARE_FINAL_TYPE (HdItemDetails, hd_item_details, HD, ITEM_DETAILS, AdwBin)

void hd_item_details_set_request (HdItemDetails *self,
                                  HdSession     *session,
                                  HdRequest     *request);

G_END_DECLS
