/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-form-model.h"

G_BEGIN_DECLS

#define HD_TYPE_FORM_CHANGES (hd_form_changes_get_type ())
G_DECLARE_FINAL_TYPE (HdFormChanges, hd_form_changes, HD, FORM_CHANGES, AdwBin)

void hd_form_changes_set_model (HdFormChanges *self,
                                HdFormModel   *model);

G_END_DECLS
