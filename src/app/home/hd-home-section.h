/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HD_TYPE_HOME_SECTION (hd_home_section_get_type ())
G_DECLARE_FINAL_TYPE (HdHomeSection, hd_home_section, HD, HOME_SECTION, AdwBin)

void hd_home_section_bind (HdHomeSection               *self,
                           GListModel                  *model,
                           GtkListBoxCreateWidgetFunc   create_row,
                           gpointer                     user_data);

G_END_DECLS
