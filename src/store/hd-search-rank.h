/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-search-query.h"

G_BEGIN_DECLS

/* What a query found in one of the full-text tables. */
typedef struct
{
  gint64 row;
  gint64 updated;
  double score;    /* the higher the better */
  double of_term;  /* the part of the term that is just being looked for */
  guint  n_terms;  /* how many of them it has */
} HdSearchHit;

HdSearchRanker *hd_search_ranker_new  (HdDatabase          *database) G_GNUC_WARN_UNUSED_RESULT;
void            hd_search_ranker_free (HdSearchRanker      *self);
GArray         *hd_search_ranker_rank (HdSearchRanker      *self,
                                       const HdSearchQuery *query,
                                       const char          *sql,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdSearchRanker, hd_search_ranker_free)

G_END_DECLS
