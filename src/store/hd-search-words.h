/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"
#include "hd-word-forms.h"

G_BEGIN_DECLS

HdSearchWords *hd_search_words_new          (HdDatabase    *database,
                                             HdWordForms   *forms) G_GNUC_WARN_UNUSED_RESULT;
void           hd_search_words_free         (HdSearchWords *self);
void           hd_search_words_set_synonyms_file (HdSearchWords *self,
                                                  const char    *path);
gboolean       hd_search_words_are_ready    (HdSearchWords *self);
void           hd_search_words_prepare      (HdSearchWords *self,
                                             GAsyncQueue   *queue,
                                             gpointer       news);
void           hd_search_words_set_hurried  (HdSearchWords *self,
                                             gboolean       hurried);
gboolean       hd_search_words_are_by_rules (HdSearchWords *self);
char          *hd_search_words_dup_stem     (HdSearchWords *self,
                                             const char    *word) G_GNUC_WARN_UNUSED_RESULT;
char          *hd_search_words_dup_written  (HdSearchWords *self,
                                             const char    *key,
                                             const char    *typed) G_GNUC_WARN_UNUSED_RESULT;
gboolean       hd_search_words_is_known     (HdSearchWords *self,
                                             const char    *word);
gboolean       hd_search_words_begins       (HdSearchWords *self,
                                             const char    *word);
GStrv          hd_search_words_dup_similar  (HdSearchWords *self,
                                             const char    *word,
                                             gboolean       is_beginning) G_GNUC_WARN_UNUSED_RESULT;
GStrv          hd_search_words_dup_parts    (HdSearchWords *self,
                                             const char    *word,
                                             gboolean       is_beginning) G_GNUC_WARN_UNUSED_RESULT;
GStrv          hd_search_words_dup_synonyms (HdSearchWords *self,
                                             const char *const *words,
                                             guint          n_words) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdSearchWords, hd_search_words_free)

G_END_DECLS
