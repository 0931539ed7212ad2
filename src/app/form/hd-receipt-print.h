/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hd-form-model.h"
#include "hd-request.h"

G_BEGIN_DECLS

char *hd_receipt_dup_markup (HdRequest   *request,
                             HdFormModel *model);

G_END_DECLS
