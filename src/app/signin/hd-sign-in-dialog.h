/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_SIGN_IN_DIALOG (hd_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HdSignInDialog, hd_sign_in_dialog, HD, SIGN_IN_DIALOG, AdwWindow)

GtkWidget *hd_sign_in_dialog_new (GtkWindow *parent,
                                  HdSession *session);

G_END_DECLS
