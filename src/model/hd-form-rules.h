/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-answers.h"
#include "hd-form.h"
#include "hd-issue.h"
#include "hd-portal-info.h"

G_BEGIN_DECLS

/*
 * The rules of the form language, in one place for the form page, for
 * `helpdeskctl` and for the practice portal.
 */

HdField    *hd_form_find_field       (HdForm       *self,
                                      const char   *field_id);
gboolean    hd_form_is_visible       (HdForm       *self,
                                      HdField      *field,
                                      HdAnswers    *answers);
GListModel *hd_form_dup_options      (HdForm       *self,
                                      HdField      *field,
                                      HdAnswers    *answers) G_GNUC_WARN_UNUSED_RESULT;
void        hd_form_apply_defaults   (HdForm       *self,
                                      HdAnswers    *answers);
GListModel *hd_form_check_field      (HdForm       *self,
                                      HdField      *field,
                                      HdAnswers    *answers,
                                      GListModel   *files,
                                      HdPortalInfo *limits) G_GNUC_WARN_UNUSED_RESULT;
GListModel *hd_form_check            (HdForm       *self,
                                      HdAnswers    *answers,
                                      GListModel   *files,
                                      HdPortalInfo *limits) G_GNUC_WARN_UNUSED_RESULT;
gboolean    hd_form_takes_answer     (HdForm       *self,
                                      HdField      *field,
                                      HdAnswers    *answers);
JsonNode   *hd_form_answers_to_json  (HdForm       *self,
                                      HdAnswers    *answers) G_GNUC_WARN_UNUSED_RESULT;
GListModel *hd_form_dup_sent_values  (HdForm       *self,
                                      HdAnswers    *answers) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_form_dup_date_text    (const char   *value) G_GNUC_WARN_UNUSED_RESULT;
char       *hd_field_dup_value_text  (HdField      *self,
                                      HdAnswers    *answers);
char       *hd_issue_dup_text        (HdIssue      *self);

G_END_DECLS
