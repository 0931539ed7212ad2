/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-answers.h"
#include "hd-form.h"

G_BEGIN_DECLS

/* What a draft of an earlier version of a form is to a later one. */

GListModel *hd_form_dup_asked      (HdForm     *self) G_GNUC_WARN_UNUSED_RESULT;
char      **hd_form_dup_new_labels (HdForm     *self,
                                    GListModel *asked) G_GNUC_WARN_UNUSED_RESULT;
GListModel *hd_form_carry_over     (HdForm     *self,
                                    GListModel *asked,
                                    HdAnswers  *answers) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
