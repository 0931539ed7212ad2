/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_PACK_DIALOG (hd_pack_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HdPackDialog, hd_pack_dialog, HD, PACK_DIALOG, AdwWindow)

GtkWidget *hd_pack_dialog_new (GtkWindow *parent,
                               HdSession *session,
                               GFile     *file);

G_END_DECLS
