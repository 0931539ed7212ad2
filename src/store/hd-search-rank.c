/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-rank.h"

/*
 * What is found, best first.  Each term is looked for by itself, so that what a
 * thing is also called counts less than what was typed, and what has all the terms
 * more than what has one of them often.
 */

/* Another name of the thing is worth so much of its own. */
#define SYNONYM_WEIGHT 0.5
/* Words that stand together are worth so much more. */
#define NEAR_WEIGHT 0.5

/* While a query is typed only its last word changes: what the others found is remembered, up to so many rows. */
#define MAX_REMEMBERED 200000

struct _HdSearchRanker
{
  HdDatabase *database;      /* (unowned): it owns this */
  GHashTable *found;         /* (owned) (element-type utf8 GArray): of a table and a match, the Found, until something is written */
  guint       n_remembered;
  gint64      version;       /* of the files, when that was found */
};

typedef struct
{
  gint64 row;
  double score;
  gint64 updated;
} Found;

typedef struct
{
  HdSearchRanker *ranker;  /* (unowned) */
  const char     *sql;     /* (unowned): row, score and time of what matches its parameter */
  GHashTable     *hits;    /* (owned) (element-type HdSearchHit): by their row */
} Ranking;

HdSearchRanker *
hd_search_ranker_new (HdDatabase *database)
{
  HdSearchRanker *self = g_new0 (HdSearchRanker, 1);

  self->database = database;
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  return self;
}

void
hd_search_ranker_free (HdSearchRanker *self)
{
  g_hash_table_unref (self->found);
  g_free (self);
}

/* --- What was found before --- */

static void
forget (HdSearchRanker *self)
{
  g_hash_table_remove_all (self->found);
  self->n_remembered = 0;
}

static gboolean
forget_what_may_have_changed (HdSearchRanker  *self,
                              GError         **error)
{
  gint64 version;

  if (!hd_database_get_version (self->database, &version, error))
    return FALSE;

  if (version != self->version)
    forget (self);

  self->version = version;
  return TRUE;
}

static GArray *
ask (HdSearchRanker  *self,
     const char      *sql,
     const char      *match,
     GError         **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr (HdStatement) rows = hd_database_query (self->database, error, sql, "s", match);
  HdStep step = HD_STEP_ERROR;

  while (rows != NULL && (step = hd_statement_step (rows, error)) == HD_STEP_ROW)
    {
      Found one = { hd_statement_get_int (rows, 0), hd_statement_get_double (rows, 1), hd_statement_get_int (rows, 2) };

      g_array_append_val (found, one);
    }

  return step == HD_STEP_DONE ? g_steal_pointer (&found) : NULL;
}

/* Returns: (transfer full) (nullable) (element-type Found): the rows that match */
static GArray *
get_found (HdSearchRanker  *self,
           const char      *sql,
           const char      *match,
           GError         **error)
{
  g_autofree char *key = g_strconcat (sql, "\n", match, NULL);
  GArray *found = g_hash_table_lookup (self->found, key);

  if (found != NULL)
    return g_array_ref (found);

  found = ask (self, sql, match, error);
  if (found == NULL)
    return NULL;

  if (self->n_remembered + found->len > MAX_REMEMBERED)
    forget (self);

  self->n_remembered += found->len;
  g_hash_table_insert (self->found, g_steal_pointer (&key), g_array_ref (found));
  return found;
}

/* --- Ranking --- */

static HdSearchHit *
ensure_hit (Ranking     *ranking,
            const Found *found)
{
  HdSearchHit *hit = g_hash_table_lookup (ranking->hits, &found->row);

  if (hit == NULL)
    {
      hit = g_new0 (HdSearchHit, 1);
      hit->row = found->row;
      hit->updated = found->updated;
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
  g_autoptr (GArray) found = match != NULL ? get_found (ranking->ranker, ranking->sql, match, error) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const Found *one = &g_array_index (found, Found, i);
      HdSearchHit *hit = ensure_hit (ranking, one);
      double score = one->score * weight;

      if (is_bonus)
        hit->score += score;
      else
        hit->of_term = MAX (hit->of_term, score);
    }

  return match == NULL || found != NULL;
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

  /* What says the same is told apart by its age. */
  if (one->updated != other->updated)
    return one->updated > other->updated ? -1 : 1;

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

      /* What has half of the terms is worth half of what these are. */
      hit->score *= (double) hit->n_terms / n_terms;
      g_array_append_vals (hits, hit, 1);
    }

  g_array_sort (hits, compare_hits);
  return hits;
}

/**
 * hd_search_ranker_rank:
 * @self: the ranker of a connection
 * @query: what is looked for
 * @sql: a query with the columns row, score (the higher the better) and time of what matches its one parameter
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type HdSearchHit): what has any of it, best first
 */
GArray *
hd_search_ranker_rank (HdSearchRanker       *self,
                       const HdSearchQuery  *query,
                       const char           *sql,
                       GError              **error)
{
  g_autoptr (GHashTable) hits = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  Ranking ranking = { self, sql, hits };

  if (!forget_what_may_have_changed (self, error))
    return NULL;

  for (guint i = 0; i < query->terms->len; i++)
    {
      HdSearchTerm *term = query->terms->pdata[i];

      if (!look_for (&ranking, term->word, 1, FALSE, error) ||
          !look_for (&ranking, term->synonyms, SYNONYM_WEIGHT, FALSE, error))
        return NULL;

      end_term (&ranking);
    }

  for (guint i = 0; i < query->near->len; i++)
    {
      if (!look_for (&ranking, query->near->pdata[i], NEAR_WEIGHT, TRUE, error))
        return NULL;
    }

  return sort_hits (&ranking, query->terms->len);
}
