/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-form-model.h"
#include "hd-left-answer.h"

G_BEGIN_DECLS

/* For hd-form-model.c and hd-form-model-draft.c alone. */

struct _HdFormModel
{
  GObject       parent_instance;

  HdForm       *form;            /* (owned) */
  HdOffering   *offering;        /* (owned) (nullable) */
  HdStore      *store;           /* (owned) (nullable): without one nothing is saved */
  HdPortalInfo *limits;          /* (owned) (nullable) */
  HdDraftSaver *saver;           /* (owned) */
  HdAnswers    *answers;         /* (owned) */
  GListStore   *left_answers;    /* (owned) (element-type HdLeftAnswer): what the form has no place for any more */
  char        **new_labels;      /* (owned) (nullable): of the fields that the form has got since then */
  GListStore   *files;           /* (owned) (element-type HdDraftFile) */
  GHashTable   *issues;          /* (owned) (element-type utf8 HdIssue): those that are shown */
  GHashTable   *notices;         /* (owned) (element-type utf8 utf8) */
  GHashTable   *attaching;       /* (owned) (element-type HdAttacher): those that are at work, unowned */

  char         *draft_id;        /* (owned) */
  char         *title;           /* (owned) */
  char         *article_id;      /* (owned) (nullable) */
  char         *article_title;   /* (owned) (nullable) */
  HdKind        kind;
  GDateTime    *created_at;      /* (owned) */
  gboolean      form_changed;
  gboolean      begun;
  gboolean      submitted;
};

void hd_form_model_carry_files             (HdFormModel *self,
                                            HdDraft     *draft);
void hd_form_model_emit_save_state_changed (HdFormModel *self);
void hd_form_model_note_change             (HdFormModel *self);
void hd_form_model_note_remark             (HdFormModel *self,
                                            const char  *field_id);

G_END_DECLS
