/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-word-forms.h"

G_BEGIN_DECLS

typedef struct _HdVocabulary HdVocabulary;

HdVocabulary *hd_vocabulary_new        (const char        *file,
                                        const char        *info) G_GNUC_WARN_UNUSED_RESULT;
HdVocabulary *hd_vocabulary_ref        (HdVocabulary      *self) G_GNUC_WARN_UNUSED_RESULT;
void          hd_vocabulary_unref      (HdVocabulary      *self);
gboolean      hd_vocabulary_is_current (HdVocabulary      *self,
                                        const char        *info);
void          hd_vocabulary_make       (HdVocabulary      *self,
                                        GAsyncQueue       *queue,
                                        gpointer           news);
gboolean      hd_vocabulary_is_busy    (HdVocabulary      *self);
GStrv         hd_vocabulary_dup_others (HdVocabulary      *self,
                                        HdWordForms       *forms,
                                        const char *const *words,
                                        guint              n_words) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdVocabulary, hd_vocabulary_unref)

G_END_DECLS
