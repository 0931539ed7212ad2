/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "hd-word-forms.h"

G_BEGIN_DECLS

/* As `tokenize` of a table names it. */
#define HD_SEARCH_TOKENIZER "helpdesk"

typedef int (* HdSearchWordFunc) (const char *word,
                                  gsize       start,
                                  gsize       end,
                                  gpointer    user_data);

int hd_search_tokenizer_register   (fts5_api         *api,
                                    HdWordForms      *forms);
int hd_search_tokenizer_each_word  (const char       *text,
                                    gsize             length,
                                    HdSearchWordFunc  function,
                                    gpointer          user_data);

G_END_DECLS
