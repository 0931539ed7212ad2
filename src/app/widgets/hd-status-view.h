/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_STATUS_VIEW (hd_status_view_get_type ())
G_DECLARE_FINAL_TYPE (HdStatusView, hd_status_view, HD, STATUS_VIEW, AdwBin)

GtkWidget *hd_status_view_new          (void);
void       hd_status_view_set_content  (HdStatusView *self,
                                        GtkWidget    *content);
void       hd_status_view_show_loading (HdStatusView *self);
void       hd_status_view_show_content (HdStatusView *self);
void       hd_status_view_show_empty   (HdStatusView *self,
                                        const char   *icon_name,
                                        const char   *title,
                                        const char   *text,
                                        const char   *button_label);
void       hd_status_view_show_nothing_found (HdStatusView *self,
                                        HdSession    *session,
                                        const char   *words);
void       hd_status_view_offer_phone  (HdStatusView *self,
                                        HdSession    *session);
void       hd_status_view_show_error   (HdStatusView *self,
                                        const GError *error,
                                        const char   *button_label);

G_END_DECLS
