/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HdWordForms HdWordForms;

HdWordForms        *hd_word_forms_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void                hd_word_forms_free        (HdWordForms *self);
void                hd_word_forms_set_by_rules (HdWordForms *self,
                                                gboolean     by_rules);
gboolean            hd_word_forms_get_by_rules (HdWordForms *self);
const char * const *hd_word_forms_get_stems   (HdWordForms *self,
                                               const char  *word);
char               *hd_word_forms_dup_key     (const char  *word) G_GNUC_WARN_UNUSED_RESULT;
char               *hd_word_forms_dup_written (HdWordForms *self,
                                               const char  *key,
                                               const char  *typed) G_GNUC_WARN_UNUSED_RESULT;
char               *hd_word_forms_dup_version (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdWordForms, hd_word_forms_free)

G_END_DECLS
