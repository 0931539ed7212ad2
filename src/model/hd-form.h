/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-field.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_FORM (hd_form_get_type ())
G_DECLARE_FINAL_TYPE (HdForm, hd_form, HD, FORM, HdRecord)

const char *hd_form_get_offering_id (HdForm *self);
gint64      hd_form_get_version     (HdForm *self);
const char *hd_form_get_intro       (HdForm *self);
GListModel *hd_form_get_fields      (HdForm *self);

G_END_DECLS
