/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_CONTACT (hd_contact_get_type ())
G_DECLARE_FINAL_TYPE (HdContact, hd_contact, HD, CONTACT, HdRecord)

HdContactKind hd_contact_get_kind  (HdContact *self);
const char   *hd_contact_get_label (HdContact *self);
const char   *hd_contact_get_value (HdContact *self);
const char   *hd_contact_get_hours (HdContact *self);

G_END_DECLS
