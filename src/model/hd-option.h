/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_OPTION (hd_option_get_type ())
G_DECLARE_FINAL_TYPE (HdOption, hd_option, HD, OPTION, HdRecord)

const char         *hd_option_get_value  (HdOption *self);
const char         *hd_option_get_label  (HdOption *self);
const char         *hd_option_get_detail (HdOption *self);
const char * const *hd_option_get_when   (HdOption *self);

G_END_DECLS
