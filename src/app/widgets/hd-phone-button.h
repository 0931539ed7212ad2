/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_PHONE_BUTTON (hd_phone_button_get_type ())
G_DECLARE_FINAL_TYPE (HdPhoneButton, hd_phone_button, HD, PHONE_BUTTON, AdwBin)

GtkWidget *hd_phone_button_new (HdSession *session);

G_END_DECLS
