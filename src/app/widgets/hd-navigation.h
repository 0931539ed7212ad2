/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

#define HD_TYPE_NAVIGATION (hd_navigation_get_type ())
G_DECLARE_FINAL_TYPE (HdNavigation, hd_navigation, HD, NAVIGATION, AdwBin)

GtkWidget *hd_navigation_new              (HdPage       *root);
HdPage    *hd_navigation_get_root_page    (HdNavigation *self);
HdPage    *hd_navigation_get_visible_page (HdNavigation *self);
gboolean   hd_navigation_get_can_pop      (HdNavigation *self);
void       hd_navigation_push             (HdNavigation *self,
                                           HdPage       *page);
gboolean   hd_navigation_pop              (HdNavigation *self);
gboolean   hd_navigation_pop_to_root      (HdNavigation *self);
void       hd_navigation_replace          (HdNavigation *self,
                                           HdPage       *page);
gboolean   hd_navigation_close_all        (HdNavigation *self);

G_END_DECLS
