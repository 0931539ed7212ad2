/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-form-rules.h"

G_BEGIN_DECLS

typedef enum
{
  /* Conditions name any field, the field itself too. */
  RANDOM_FORM_ANY,
  /* Conditions name fields above. */
  RANDOM_FORM_LOOKING_BACK,
} RandomFormConditions;

HdForm     *random_form_new     (GRand                *rand,
                                 RandomFormConditions  conditions);
HdAnswers  *random_form_answers (GRand                *rand,
                                 HdForm               *form);
GListModel *random_form_files   (GRand                *rand,
                                 HdForm               *form);
void        random_form_mend    (HdForm               *form,
                                 HdField              *field,
                                 HdAnswers            *answers,
                                 GListStore           *files);

G_END_DECLS
