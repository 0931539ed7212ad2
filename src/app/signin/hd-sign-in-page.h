/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-application.h"

G_BEGIN_DECLS

#define HD_TYPE_SIGN_IN_PAGE (hd_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (HdSignInPage, hd_sign_in_page, HD, SIGN_IN_PAGE, AdwBin)

GtkWidget *hd_sign_in_page_new              (HdApplication *application,
                                             HdSession     *session);
void       hd_sign_in_page_set_session      (HdSignInPage  *self,
                                             HdSession     *session);
void       hd_sign_in_page_session_opened   (HdSignInPage  *self,
                                             const GError  *error);
void       hd_sign_in_page_grab_focus_first (HdSignInPage  *self);

G_END_DECLS
