/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-offering.h"

G_BEGIN_DECLS

#define HD_TYPE_OFFERING_ICON (hd_offering_icon_get_type ())
G_DECLARE_FINAL_TYPE (HdOfferingIcon, hd_offering_icon, HD, OFFERING_ICON, AdwBin)

GtkWidget *hd_offering_icon_new          (int             size,
                                          int             symbol_size);
void       hd_offering_icon_set          (HdOfferingIcon *self,
                                          const char     *icon,
                                          const char     *fallback);
void       hd_offering_icon_set_offering (HdOfferingIcon *self,
                                          HdOffering     *offering);

G_END_DECLS
