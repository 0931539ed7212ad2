/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-form-model.h"
#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_FIELD_ROW (hd_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (HdFieldRow, hd_field_row, HD, FIELD_ROW, AdwBin)

/**
 * HdFieldRowClass:
 * @build: makes the control and gives it to hd_field_row_set_control()
 * @show_answer: puts the present answer and options into the control
 */
struct _HdFieldRowClass
{
  AdwBinClass parent_class;

  void (*build)       (HdFieldRow *self);
  void (*show_answer) (HdFieldRow *self);
};

GtkWidget   *hd_field_row_new          (HdSession   *session,
                                        HdFormModel *model,
                                        HdField     *field);
HdFormModel *hd_field_row_get_model    (HdFieldRow  *self);
HdAnswers   *hd_field_row_get_answers  (HdFieldRow  *self);
HdField     *hd_field_row_get_field    (HdFieldRow  *self);
const char  *hd_field_row_get_id       (HdFieldRow  *self);
HdSession   *hd_field_row_get_session  (HdFieldRow  *self);
GtkWidget   *hd_field_row_get_input   (HdFieldRow  *self);
void         hd_field_row_refresh      (HdFieldRow  *self);
gboolean     hd_field_row_take_focus   (HdFieldRow  *self);

/* For the kinds of rows. */
void         hd_field_row_set_control  (HdFieldRow  *self,
                                        GtkWidget   *control,
                                        GtkWidget   *input);
void         hd_field_row_hide_title   (HdFieldRow  *self);
gboolean     hd_field_row_is_showing   (HdFieldRow  *self);

G_END_DECLS
