/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_STATUS_CHANGE (hd_status_change_get_type ())
G_DECLARE_FINAL_TYPE (HdStatusChange, hd_status_change, HD, STATUS_CHANGE, HdRecord)

HdStatus    hd_status_change_get_status       (HdStatusChange *self);
const char *hd_status_change_get_status_label (HdStatusChange *self);
GDateTime  *hd_status_change_get_at           (HdStatusChange *self);
const char *hd_status_change_get_by           (HdStatusChange *self);

G_END_DECLS
