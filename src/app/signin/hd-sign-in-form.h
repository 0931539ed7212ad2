/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_SIGN_IN_FORM (hd_sign_in_form_get_type ())
G_DECLARE_FINAL_TYPE (HdSignInForm, hd_sign_in_form, HD, SIGN_IN_FORM, AdwBin)

void     hd_sign_in_form_set_up            (HdSignInForm *self,
                                            HdPolicy     *policy,
                                            GSettings    *settings,
                                            const char   *user_name);
void     hd_sign_in_form_set_session       (HdSignInForm *self,
                                            HdSession    *session);
void     hd_sign_in_form_session_opened    (HdSignInForm *self);
void     hd_sign_in_form_fix_user          (HdSignInForm *self);
void     hd_sign_in_form_ask_portal        (HdSignInForm *self);
void     hd_sign_in_form_show_error        (HdSignInForm *self,
                                            const GError *error);
void     hd_sign_in_form_show_portal_fault (HdSignInForm *self,
                                            const char   *text);
void     hd_sign_in_form_grab_focus_first  (HdSignInForm *self);

G_END_DECLS
