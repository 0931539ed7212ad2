/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_OUTAGE (hd_outage_get_type ())
G_DECLARE_FINAL_TYPE (HdOutage, hd_outage, HD, OUTAGE, HdRecord)

const char *hd_outage_get_message (HdOutage *self);
GDateTime  *hd_outage_get_since   (HdOutage *self);
GDateTime  *hd_outage_get_until   (HdOutage *self);

G_END_DECLS
