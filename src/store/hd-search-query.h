/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"

G_BEGIN_DECLS

/* One of the words that a person typed, as queries of FTS5. */
typedef struct
{
  char     *word;      /* (owned): in any of its forms, or what was meant with it */
  char     *synonyms;  /* (owned) (nullable): what else the thing is called */
  gboolean  is_part;   /* of what was typed without a space, as Wi-Fi is: it says something, however short */
} HdSearchTerm;

/* All of what a person typed. */
typedef struct
{
  GPtrArray *terms;  /* (owned) (element-type HdSearchTerm) */
  char      *all;    /* (owned) (nullable): for what has all of it; NULL where no word was typed */
  char      *any;    /* (owned) (nullable): for what has any of it */
  GPtrArray *near;   /* (owned) (element-type utf8): for what has two words that follow each other near each other */
  char      *meant;  /* (owned) (nullable): what may have been meant instead */
  char      *words;  /* (owned): the words, to compare with */
  char      *stems;  /* (owned): the same in any form and order */
} HdSearchQuery;

void  hd_search_query_init  (HdSearchQuery *self,
                             HdDatabase    *database,
                             const char    *text);
void  hd_search_query_clear (HdSearchQuery *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HdSearchQuery, hd_search_query_clear)

G_END_DECLS
