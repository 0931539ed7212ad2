/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-enums.h"

G_BEGIN_DECLS

#define HD_TYPE_STATUS_LABEL (hd_status_label_get_type ())
G_DECLARE_FINAL_TYPE (HdStatusLabel, hd_status_label, HD, STATUS_LABEL, AdwBin)

GtkWidget *hd_status_label_new (void);
void       hd_status_label_set_whole (HdStatusLabel *self,
                                     gboolean       whole);
void       hd_status_label_set (HdStatusLabel *self,
                                HdStatus       status,
                                gboolean       waiting_for_me);

G_END_DECLS
