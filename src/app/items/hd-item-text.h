/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-request.h"

G_BEGIN_DECLS

char *hd_item_text_dup_markup (HdRequest *request) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
