/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-word-forms.h"

G_BEGIN_DECLS

typedef struct _HdSynonyms HdSynonyms;

HdSynonyms *hd_synonyms_new  (HdWordForms *forms,
                              const char  *text) G_GNUC_WARN_UNUSED_RESULT;
void        hd_synonyms_free (HdSynonyms  *self);
GPtrArray  *hd_synonyms_get  (HdSynonyms  *self,
                              const char  *stem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdSynonyms, hd_synonyms_free)

G_END_DECLS
