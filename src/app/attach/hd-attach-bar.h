/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-attacher.h"

G_BEGIN_DECLS

#define HD_TYPE_ATTACH_BAR (hd_attach_bar_get_type ())
G_DECLARE_FINAL_TYPE (HdAttachBar, hd_attach_bar, HD, ATTACH_BAR, AdwBin)

GtkWidget *hd_attach_bar_new          (void);
void       hd_attach_bar_set_attacher (HdAttachBar *self,
                                       HdAttacher  *attacher);

G_END_DECLS
