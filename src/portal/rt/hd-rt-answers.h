/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-draft.h"
#include "hd-form.h"

G_BEGIN_DECLS

typedef struct _HdRtAnswers HdRtAnswers;

HdRtAnswers *hd_rt_answers_new          (HdForm      *form,
                                         HdDraft     *draft) G_GNUC_WARN_UNUSED_RESULT;
void         hd_rt_answers_free         (HdRtAnswers *self);
const char  *hd_rt_answers_get_subject  (HdRtAnswers *self);
const char  *hd_rt_answers_get_text     (HdRtAnswers *self);
GPtrArray   *hd_rt_answers_get_files    (HdRtAnswers *self);
JsonObject  *hd_rt_answers_create_json  (HdRtAnswers *self,
                                         GTimeZone   *zone) G_GNUC_WARN_UNUSED_RESULT;
GStrv        hd_rt_answers_dup_not_kept (HdRtAnswers *self,
                                         JsonObject  *ticket) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
