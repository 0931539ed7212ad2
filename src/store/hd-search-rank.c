/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-rank.h"

#include <math.h>

/*
 * What is found, best first.  Each term is looked for by itself, so that what a
 * thing is also called counts less than what was typed, and what has all the terms
 * more than what has one of them often.
 */

/* Another name of the thing is worth so much of its own. */
#define SYNONYM_WEIGHT 0.5
/* Words that stand together are worth so much more. */
#define NEAR_WEIGHT 0.5
/* What has half of the terms is worth half of its score, or less: to the power of this. */
#define COVERAGE_POWER 1.0

typedef struct
{
  HdDatabase *database;  /* (unowned) */
  const char *sql;       /* (unowned): row and score of what matches its parameter */
  GHashTable *hits;      /* (owned) (element-type HdSearchHit): by their row */
} Ranking;

static HdSearchHit *
ensure_hit (Ranking *ranking,
            gint64   row)
{
  HdSearchHit *hit = g_hash_table_lookup (ranking->hits, &row);

  if (hit == NULL)
    {
      hit = g_new0 (HdSearchHit, 1);
      hit->row = row;
      g_hash_table_insert (ranking->hits, &hit->row, hit);
    }

  return hit;
}

/* The better of the two counts for a term. */
static gboolean
look_for (Ranking     *ranking,
          const char  *match,
          double       weight,
          gboolean     is_bonus,
          GError     **error)
{
  g_autoptr (HdStatement) found = match != NULL ? hd_database_query (ranking->database, error, ranking->sql, "s", match) : NULL;
  HdStep step = HD_STEP_ERROR;

  if (match == NULL)
    return TRUE;

  while (found != NULL && (step = hd_statement_step (found, error)) == HD_STEP_ROW)
    {
      HdSearchHit *hit = ensure_hit (ranking, hd_statement_get_int (found, 0));
      double score = hd_statement_get_double (found, 1) * weight;

      if (is_bonus)
        hit->score += score;
      else
        hit->of_term = MAX (hit->of_term, score);
    }

  return step == HD_STEP_DONE;
}

static void
end_term (Ranking *ranking)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, ranking->hits);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HdSearchHit *hit = value;

      hit->n_terms += hit->of_term > 0;
      hit->score += hit->of_term;
      hit->of_term = 0;
    }
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const HdSearchHit *one = a;
  const HdSearchHit *other = b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;

  return one->row < other->row ? -1 : one->row > other->row;
}

static GArray *
sort_hits (Ranking *ranking,
           guint    n_terms)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (HdSearchHit));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, ranking->hits);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HdSearchHit *hit = value;

      hit->score *= pow ((double) hit->n_terms / n_terms, COVERAGE_POWER);
      g_array_append_vals (hits, hit, 1);
    }

  g_array_sort (hits, compare_hits);
  return hits;
}

/**
 * hd_search_rank:
 * @database: the connection
 * @query: what is looked for
 * @sql: a query with the columns row and score (the higher the better) of what matches its one parameter
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type HdSearchHit): what has any of it, best first
 */
GArray *
hd_search_rank (HdDatabase          *database,
                const HdSearchQuery *query,
                const char          *sql,
                GError             **error)
{
  g_autoptr (GHashTable) hits = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  Ranking ranking = { database, sql, hits };

  for (guint i = 0; i < query->terms->len; i++)
    {
      HdSearchTerm *term = query->terms->pdata[i];

      if (!look_for (&ranking, term->word, 1, FALSE, error) ||
          !look_for (&ranking, term->synonyms, SYNONYM_WEIGHT, FALSE, error))
        return NULL;

      end_term (&ranking);
    }

  if (!look_for (&ranking, query->near, NEAR_WEIGHT, TRUE, error))
    return NULL;

  return sort_hits (&ranking, query->terms->len);
}
