/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  HD_FORM_STEP_FILL_IN,
  HD_FORM_STEP_REVIEW,
  HD_FORM_STEP_DONE,
} HdFormStep;

#define HD_TYPE_FORM_STEPS (hd_form_steps_get_type ())
G_DECLARE_FINAL_TYPE (HdFormSteps, hd_form_steps, HD, FORM_STEPS, AdwBin)

GtkWidget *hd_form_steps_new      (void);
void       hd_form_steps_set_step (HdFormSteps *self,
                                   HdFormStep   step);

G_END_DECLS
