/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-offering.h"

G_BEGIN_DECLS

#define HD_TYPE_OFFERING_CARD (hd_offering_card_get_type ())
G_DECLARE_FINAL_TYPE (HdOfferingCard, hd_offering_card, HD, OFFERING_CARD, GtkFlowBoxChild)

GtkWidget  *hd_offering_card_new           (HdOffering     *offering,
                                            gboolean        favourite);
HdOffering *hd_offering_card_get_offering  (HdOfferingCard *self);
void        hd_offering_card_set_favourite (HdOfferingCard *self,
                                            gboolean        favourite);

G_END_DECLS
