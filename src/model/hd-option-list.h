/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-option.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_OPTION_LIST (hd_option_list_get_type ())
G_DECLARE_FINAL_TYPE (HdOptionList, hd_option_list, HD, OPTION_LIST, HdRecord)

GListModel *hd_option_list_get_options (HdOptionList *self);

G_END_DECLS
