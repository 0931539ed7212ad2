/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-search-query.h"

G_BEGIN_DECLS

/* A full-text table, as queries; both give rows by their number. */
typedef struct
{
  const char *texts;        /* row, lengths of columns as FTS5 keeps them, kind and time */
  const char *frequencies;  /* row of what matches the parameter, and how often it does */
  const char *opened;       /* row of what was opened for the parameters, words and stems, and how often; in any order */
} HdSearchIndex;

/* What an index has. */
typedef struct
{
  gint64       row;
  gint64       updated;  /* as hd_database_date_time(); 0 if it has none */
  double       length;   /* in words */
  HdResultKind kind;
} HdSearchText;

/* What a query found. */
typedef struct
{
  const HdSearchText *text;     /* (unowned): until the next query */
  double              score;    /* the higher the better */
  double              covered;  /* what the terms that it has are worth */
  double              of_term;  /* the part of the term that is just being looked for */
} HdSearchHit;

HdSearchRanker *hd_search_ranker_new    (HdDatabase          *database) G_GNUC_WARN_UNUSED_RESULT;
void            hd_search_ranker_free   (HdSearchRanker      *self);
GArray         *hd_search_ranker_rank   (HdSearchRanker      *self,
                                         const HdSearchQuery *query,
                                         const HdSearchIndex *index,
                                         GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void            hd_search_hits_keep_best (GArray             *hits,
                                          guint               n_hits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdSearchRanker, hd_search_ranker_free)

G_END_DECLS
