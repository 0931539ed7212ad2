/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-search-query.h"

G_BEGIN_DECLS

/* What a query found in one of the full-text tables. */
typedef struct
{
  gint64 row;
  double score;    /* the higher the better */
  double of_term;  /* the part of the term that is just being looked for */
  guint  n_terms;  /* how many of them it has */
} HdSearchHit;

GArray *hd_search_rank (HdDatabase          *database,
                        const HdSearchQuery *query,
                        const char          *sql,
                        GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
