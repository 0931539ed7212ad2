/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_OFFERING (hd_offering_get_type ())
G_DECLARE_FINAL_TYPE (HdOffering, hd_offering, HD, OFFERING, HdRecord)

const char         *hd_offering_get_id            (HdOffering *self);
const char         *hd_offering_get_category_id   (HdOffering *self);
HdKind              hd_offering_get_kind          (HdOffering *self);
const char         *hd_offering_get_name          (HdOffering *self);
const char         *hd_offering_get_summary       (HdOffering *self);
const char         *hd_offering_get_icon          (HdOffering *self);
const char         *hd_offering_get_expected_time (HdOffering *self);
const char * const *hd_offering_get_keywords      (HdOffering *self);
gint64              hd_offering_get_position      (HdOffering *self);
gint64              hd_offering_get_popularity    (HdOffering *self);
gint64              hd_offering_get_form_version  (HdOffering *self);
const char         *hd_offering_parse_picture     (const char *icon);

G_END_DECLS
