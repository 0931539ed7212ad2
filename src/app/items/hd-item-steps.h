/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-request.h"

G_BEGIN_DECLS

#define HD_TYPE_ITEM_STEPS (hd_item_steps_get_type ())
G_DECLARE_FINAL_TYPE (HdItemSteps, hd_item_steps, HD, ITEM_STEPS, AdwBin)

void hd_item_steps_set_request (HdItemSteps *self,
                                HdRequest   *request);

G_END_DECLS
