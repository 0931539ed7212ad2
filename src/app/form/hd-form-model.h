/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-attacher.h"
#include "hd-draft-saver.h"
#include "hd-field-state.h"
#include "hd-offering.h"
#include "hd-store.h"

G_BEGIN_DECLS

#define HD_TYPE_FORM_MODEL (hd_form_model_get_type ())
G_DECLARE_FINAL_TYPE (HdFormModel, hd_form_model, HD, FORM_MODEL, GObject)

HdFormModel  *hd_form_model_new               (HdForm       *form,
                                               HdOffering   *offering,
                                               HdDraft      *draft,
                                               HdStore      *store,
                                               HdPortalInfo *limits) G_GNUC_WARN_UNUSED_RESULT;

HdForm       *hd_form_model_get_form          (HdFormModel  *self);
HdAnswers    *hd_form_model_get_answers       (HdFormModel  *self);
GListModel   *hd_form_model_get_files         (HdFormModel  *self);
HdPortalInfo *hd_form_model_get_limits        (HdFormModel  *self);
HdStore      *hd_form_model_get_store         (HdFormModel  *self);
const char   *hd_form_model_get_title         (HdFormModel  *self);
const char   *hd_form_model_get_draft_id      (HdFormModel  *self);
const char   *hd_form_model_get_article_title (HdFormModel  *self);
void          hd_form_model_set_article       (HdFormModel  *self,
                                               const char   *article_id,
                                               const char   *article_title);
void          hd_form_model_begin_with        (HdFormModel  *self,
                                               const char   *words);
gboolean      hd_form_model_get_form_changed  (HdFormModel  *self);
GListModel   *hd_form_model_get_left_answers  (HdFormModel  *self);
const char *const *hd_form_model_get_new_labels (HdFormModel *self);
void          hd_form_model_drop_left_answer  (HdFormModel  *self,
                                               guint         position);
HdField      *hd_form_model_dup_place_for_left (HdFormModel *self) G_GNUC_WARN_UNUSED_RESULT;
void          hd_form_model_move_left_answer  (HdFormModel  *self,
                                               guint         position);
gboolean      hd_form_model_is_begun          (HdFormModel  *self);

gboolean      hd_form_model_is_visible        (HdFormModel  *self,
                                               HdField      *field);
HdIssue      *hd_form_model_get_issue         (HdFormModel  *self,
                                               const char   *field_id);
const char   *hd_form_model_get_notice        (HdFormModel  *self,
                                               const char   *field_id);
void          hd_form_model_set_notice        (HdFormModel  *self,
                                               const char   *field_id,
                                               const char   *notice);
void          hd_form_model_check_field       (HdFormModel  *self,
                                               const char   *field_id);
const char   *hd_form_model_check             (HdFormModel  *self);
void          hd_form_model_take_issues       (HdFormModel  *self,
                                               GListModel   *issues);
guint         hd_form_model_count_issues      (HdFormModel  *self);

void          hd_form_model_save              (HdFormModel  *self);
void          hd_form_model_save_new          (HdFormModel  *self);
HdDraftSaver *hd_form_model_get_saver         (HdFormModel  *self);
HdDraft      *hd_form_model_dup_draft         (HdFormModel  *self) G_GNUC_WARN_UNUSED_RESULT;
void          hd_form_model_follow_attacher   (HdFormModel  *self,
                                               HdAttacher   *attacher);
gboolean      hd_form_model_is_attaching      (HdFormModel  *self);
void          hd_form_model_take_file         (HdFormModel  *self,
                                               HdDraftFile  *file);
void          hd_form_model_drop_file         (HdFormModel  *self,
                                               HdDraftFile  *file);

HdSubmission *hd_form_model_begin_submission  (HdFormModel  *self) G_GNUC_WARN_UNUSED_RESULT;
void          hd_form_model_end_submission    (HdFormModel  *self);
gboolean      hd_form_model_get_submitted     (HdFormModel  *self);

G_END_DECLS
