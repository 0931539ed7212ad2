/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-form-rules.h"

G_BEGIN_DECLS

/**
 * HdFieldControl:
 *
 * With what a field is filled in.
 */
typedef enum
{
  HD_FIELD_CONTROL_ENTRY,      /* one line */
  HD_FIELD_CONTROL_TEXT,       /* many lines */
  HD_FIELD_CONTROL_DATE,       /* a date, perhaps with a time */
  HD_FIELD_CONTROL_RADIO,      /* one of a few */
  HD_FIELD_CONTROL_CHECKS,     /* some of a few */
  HD_FIELD_CONTROL_OPTIONS,    /* one or some of many, by searching */
  HD_FIELD_CONTROL_TICK,       /* yes or no */
  HD_FIELD_CONTROL_FILES,
  HD_FIELD_CONTROL_NOTE,
} HdFieldControl;

HdFieldControl  hd_field_pick_control     (HdField      *field);
gboolean        hd_field_is_multiple      (HdField      *field);
const char     *hd_field_get_source       (HdField      *field);
char           *hd_field_dup_title        (HdField      *field);
char           *hd_field_dup_hint         (HdField      *field,
                                           HdPortalInfo *limits);
char           *hd_field_dup_counter      (HdField      *field,
                                           HdAnswers    *answers);
char           *hd_field_dup_file_limits  (HdField      *field,
                                           HdPortalInfo *limits);
char           *hd_field_dup_file_fault   (HdField      *field,
                                           HdPortalInfo *limits,
                                           GListModel   *files,
                                           const char   *name,
                                           const char   *content_type,
                                           guint64       size);
char           *hd_field_dup_display_text (HdField      *field,
                                           HdAnswers    *answers);

gboolean        hd_field_drop_unfitting   (HdField      *field,
                                           HdForm       *form,
                                           HdAnswers    *answers);
char           *hd_form_dup_words         (HdForm       *form,
                                           HdAnswers    *answers);
HdField        *hd_form_find_place        (HdForm       *form,
                                           HdAnswers    *answers);

G_END_DECLS
