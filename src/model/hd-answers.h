/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "hd-answer.h"

G_BEGIN_DECLS

#define HD_TYPE_ANSWERS (hd_answers_get_type ())
G_DECLARE_FINAL_TYPE (HdAnswers, hd_answers, HD, ANSWERS, GObject)

HdAnswers          *hd_answers_new           (void) G_GNUC_WARN_UNUSED_RESULT;
HdAnswers          *hd_answers_new_from_list (GListModel         *list) G_GNUC_WARN_UNUSED_RESULT;
GListModel         *hd_answers_to_list       (HdAnswers          *self) G_GNUC_WARN_UNUSED_RESULT;
HdAnswers          *hd_answers_new_from_json (JsonNode           *node,
                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;

const char         *hd_answers_get           (HdAnswers          *self,
                                              const char         *field_id);
const char * const *hd_answers_get_values    (HdAnswers          *self,
                                              const char         *field_id);
const char * const *hd_answers_get_labels    (HdAnswers          *self,
                                              const char         *field_id);
void                hd_answers_set           (HdAnswers          *self,
                                              const char         *field_id,
                                              const char         *value);
void                hd_answers_set_choice    (HdAnswers          *self,
                                              const char         *field_id,
                                              const char         *value,
                                              const char         *label);
void                hd_answers_set_values    (HdAnswers          *self,
                                              const char         *field_id,
                                              const char * const *values,
                                              const char * const *labels);
gboolean            hd_answers_has           (HdAnswers          *self,
                                              const char         *field_id);

G_END_DECLS
