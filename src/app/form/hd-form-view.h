/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-form-model.h"
#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_FORM_VIEW (hd_form_view_get_type ())
G_DECLARE_FINAL_TYPE (HdFormView, hd_form_view, HD, FORM_VIEW, AdwBin)

GtkWidget *hd_form_view_new         (void);
void       hd_form_view_set_model   (HdFormView  *self,
                                     HdSession   *session,
                                     HdFormModel *model);
GtkWidget *hd_form_view_get_row     (HdFormView  *self,
                                     const char  *field_id);
void       hd_form_view_focus_field (HdFormView  *self,
                                     const char  *field_id);
void       hd_form_view_focus_empty (HdFormView  *self);
gboolean   hd_form_view_paste       (HdFormView  *self);

G_END_DECLS
