/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_CATEGORY (hd_category_get_type ())
G_DECLARE_FINAL_TYPE (HdCategory, hd_category, HD, CATEGORY, HdRecord)

const char *hd_category_get_id          (HdCategory *self);
const char *hd_category_get_parent_id   (HdCategory *self);
const char *hd_category_get_name        (HdCategory *self);
const char *hd_category_get_description (HdCategory *self);
const char *hd_category_get_icon        (HdCategory *self);
HdKind      hd_category_get_kind        (HdCategory *self);
gint64      hd_category_get_position    (HdCategory *self);

G_END_DECLS
