/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-word-forms.h"

G_BEGIN_DECLS

typedef struct _HdSynonyms HdSynonyms;

HdSynonyms *hd_synonyms_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void        hd_synonyms_free       (HdSynonyms        *self);
void        hd_synonyms_add        (HdSynonyms        *self,
                                    HdWordForms       *forms,
                                    const char *const *lines);
GStrv       hd_synonyms_dup_others (HdSynonyms        *self,
                                    HdWordForms       *forms,
                                    const char *const *words,
                                    guint              n_words) G_GNUC_WARN_UNUSED_RESULT;
GStrv       hd_synonyms_read_file  (const char        *path,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdSynonyms, hd_synonyms_free)

G_END_DECLS
