/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-condition.h"
#include "hd-enums.h"
#include "hd-option.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_FIELD (hd_field_get_type ())
G_DECLARE_FINAL_TYPE (HdField, hd_field, HD, FIELD, HdRecord)

const char         *hd_field_get_id             (HdField *self);
HdFieldType         hd_field_get_field_type (HdField *self);
const char         *hd_field_get_label          (HdField *self);
const char         *hd_field_get_help           (HdField *self);
const char         *hd_field_get_placeholder    (HdField *self);
const char         *hd_field_get_section        (HdField *self);
gboolean            hd_field_get_required       (HdField *self);
const char         *hd_field_get_pattern        (HdField *self);
const char         *hd_field_get_pattern_hint   (HdField *self);
const char         *hd_field_get_min            (HdField *self);
const char         *hd_field_get_max            (HdField *self);
GListModel         *hd_field_get_options        (HdField *self);
const char         *hd_field_get_options_source (HdField *self);
const char         *hd_field_get_depends_on     (HdField *self);
const char         *hd_field_get_default_value  (HdField *self);
GListModel         *hd_field_get_visible_when   (HdField *self);
gboolean            hd_field_get_sensitive      (HdField *self);
const char * const *hd_field_get_accept         (HdField *self);

G_END_DECLS
