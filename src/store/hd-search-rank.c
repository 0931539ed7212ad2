/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-rank.h"

#include <math.h>
#include <stdlib.h>

#include "hd-search-words.h"

/*
 * What is found, and how good it is: BM25, for each term by itself, so that what a
 * thing is also called counts less than what was typed, and what has all the terms
 * more than what has one of them often.  What was found for a term comes by the
 * number of its row, so that all of it is merged in one pass.
 */

/* As bm25() of FTS5 has them. */
#define BM25_K1 20
#define BM25_B 0.75
/* Another name of the thing is worth so much of its own. */
#define SYNONYM_WEIGHT 0.7
/* Words that stand together are worth so much more. */
#define NEAR_WEIGHT 0.5
/* What was written just now is worth so much more than what is old; half of that when it is half a year old. */
#define FRESH_WEIGHT 0.1
#define FRESH_SPAN (183.0 * G_TIME_SPAN_DAY)

/* What was opened before for the same words is worth as much more, the more often it was. */
#define OPENED_WEIGHT 1.0

/* While a query is typed only its last word changes: what the others found is remembered, up to so many rows. */
#define MAX_REMEMBERED 200000

struct _HdSearchRanker
{
  HdDatabase *database;      /* (unowned): it owns this */
  GHashTable *texts;         /* (owned) (element-type HdSearchIndex Texts): until something is written */
  GHashTable *found;         /* (owned) (element-type utf8 Found): of an index and a match, as long */
  guint       n_remembered;
  gint64      version;       /* of the files, when that was read */
  gboolean    by_rules;      /* the words were not looked up in the dictionary then */
};

/* All texts of an index. */
typedef struct
{
  GArray *rows;            /* (owned) (element-type HdSearchText) */
  double  average_length;
} Texts;

typedef struct
{
  const HdSearchText *text;  /* (unowned) */
  double              score;
} Match;

/* What has a term, or nearly. */
typedef struct
{
  GArray *matches;  /* (owned) (element-type Match) */
  double  idf;      /* what it is worth to have it: the more the rarer it is */
} Found;

typedef struct
{
  HdSearchRanker      *ranker;  /* (unowned) */
  const HdSearchIndex *index;   /* (unowned) */
  Texts               *texts;   /* (unowned) */
  GArray              *hits;    /* (owned) (element-type HdSearchHit): by their rows */
  double               total;   /* what all the terms are worth */
} Ranking;

static void
texts_free (gpointer data)
{
  Texts *texts = data;

  g_array_unref (texts->rows);
  g_free (texts);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_array_unref (found->matches);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Texts, texts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

HdSearchRanker *
hd_search_ranker_new (HdDatabase *database)
{
  HdSearchRanker *self = g_new0 (HdSearchRanker, 1);

  self->database = database;
  self->texts = g_hash_table_new_full (NULL, NULL, NULL, texts_free);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, found_free);
  return self;
}

void
hd_search_ranker_free (HdSearchRanker *self)
{
  g_hash_table_unref (self->found);
  g_hash_table_unref (self->texts);
  g_free (self);
}

/* --- What was read before --- */

static void
forget_found (HdSearchRanker *self)
{
  g_hash_table_remove_all (self->found);
  self->n_remembered = 0;
}

static gboolean
forget_what_may_have_changed (HdSearchRanker  *self,
                              GError         **error)
{
  gboolean by_rules = hd_search_words_are_by_rules (hd_database_get_search_words (self->database));
  gint64 version;

  if (!hd_database_get_version (self->database, &version, error))
    return FALSE;

  if (version != self->version || by_rules != self->by_rules)
    forget_found (self);
  if (version != self->version)
    g_hash_table_remove_all (self->texts);

  self->version = version;
  self->by_rules = by_rules;
  return TRUE;
}

/* How many words its columns have: integers of a variable length, https://sqlite.org/fileformat2.html#varint */
static double
sum_lengths (GBytes *packed)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (packed, &n_bytes);
  guint64 sum = 0, length = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      length = length << 7 | (bytes[i] & 0x7f);
      if (bytes[i] & 0x80)
        continue;

      sum += length;
      length = 0;
    }

  return (double) sum;
}

static Texts *
read_texts (HdSearchRanker  *self,
            const char      *sql,
            GError         **error)
{
  g_autoptr (Texts) texts = g_new0 (Texts, 1);
  g_autoptr (HdStatement) rows = hd_database_query (self->database, error, sql, "");
  HdStep step = HD_STEP_ERROR;
  double sum = 0;

  texts->rows = g_array_new (FALSE, FALSE, sizeof (HdSearchText));

  while (rows != NULL && (step = hd_statement_step (rows, error)) == HD_STEP_ROW)
    {
      g_autoptr (GBytes) lengths = hd_statement_dup_bytes (rows, 1);
      gint64 kind = hd_statement_get_int (rows, 2);
      HdSearchText text = { hd_statement_get_int (rows, 0), hd_statement_get_int (rows, 3), sum_lengths (lengths),
                            (HdResultKind) kind };

      if (kind < 0 || kind > HD_RESULT_KIND_REQUEST)
        continue;

      sum += text.length;
      g_array_append_val (texts->rows, text);
    }

  texts->average_length = sum > 0 ? sum / texts->rows->len : 1;
  return step == HD_STEP_DONE ? g_steal_pointer (&texts) : NULL;
}

static Texts *
get_texts (HdSearchRanker       *self,
           const HdSearchIndex  *index,
           GError              **error)
{
  Texts *texts = g_hash_table_lookup (self->texts, index);

  if (texts == NULL && (texts = read_texts (self, index->texts, error)) != NULL)
    g_hash_table_insert (self->texts, (gpointer) index, texts);

  return texts;
}

/* --- What has a term --- */

static void
score (Found *found,
       Texts *texts)
{
  double n_all = texts->rows->len;
  double n_found = found->matches->len;

  found->idf = log (1 + (n_all - n_found + 0.5) / (n_found + 0.5));

  for (guint i = 0; i < found->matches->len; i++)
    {
      Match *match = &g_array_index (found->matches, Match, i);
      double length = match->text->length / texts->average_length;
      double frequency = match->score;

      match->score = found->idf * frequency * (BM25_K1 + 1) / (frequency + BM25_K1 * (1 - BM25_B + BM25_B * length));
    }
}

static Found *
ask (Ranking     *ranking,
     const char  *match,
     GError     **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);
  g_autoptr (HdStatement) rows =
    hd_database_query (ranking->ranker->database, error, ranking->index->frequencies, "s", match);
  GArray *texts = ranking->texts->rows;
  HdStep step = HD_STEP_ERROR;
  guint i = 0;

  found->matches = g_array_new (FALSE, FALSE, sizeof (Match));

  while (rows != NULL && (step = hd_statement_step (rows, error)) == HD_STEP_ROW)
    {
      gint64 row = hd_statement_get_int (rows, 0);

      while (i < texts->len && g_array_index (texts, HdSearchText, i).row < row)
        i++;

      if (i < texts->len && g_array_index (texts, HdSearchText, i).row == row)
        g_array_append_vals (found->matches,
                             &(Match) { &g_array_index (texts, HdSearchText, i), hd_statement_get_double (rows, 1) }, 1);
    }

  if (step != HD_STEP_DONE)
    return NULL;

  score (found, ranking->texts);
  return g_steal_pointer (&found);
}

/* Returns: (transfer none) (nullable): until the next one is asked for */
static const Found *
get_found (Ranking     *ranking,
           const char  *match,
           GError     **error)
{
  HdSearchRanker *self = ranking->ranker;
  g_autofree char *key = g_strconcat (ranking->index->frequencies, "\n", match, NULL);
  Found *found = g_hash_table_lookup (self->found, key);

  if (found != NULL)
    return found;

  found = ask (ranking, match, error);
  if (found == NULL)
    return NULL;

  if (self->n_remembered + found->matches->len > MAX_REMEMBERED)
    forget_found (self);

  self->n_remembered += found->matches->len;
  g_hash_table_insert (self->found, g_steal_pointer (&key), found);
  return found;
}

/* --- Ranking --- */

static void
count (HdSearchHit *hit,
       double       score,
       gboolean     is_bonus)
{
  if (is_bonus)
    hit->score += score;
  else
    hit->of_term = MAX (hit->of_term, score);
}

static void
merge (Ranking     *ranking,
       const Found *found,
       double       weight,
       gboolean     is_bonus)
{
  GArray *hits = ranking->hits;
  GArray *matches = found->matches;
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (HdSearchHit), hits->len + matches->len);

  for (guint i = 0, j = 0; i < hits->len || j < matches->len;)
    {
      const Match *match = j < matches->len ? &g_array_index (matches, Match, j) : NULL;
      HdSearchHit hit = { match != NULL ? match->text : NULL, 0, 0, 0 };

      if (match == NULL || (i < hits->len && g_array_index (hits, HdSearchHit, i).text <= match->text))
        hit = g_array_index (hits, HdSearchHit, i++);

      if (match != NULL && hit.text == match->text)
        {
          count (&hit, match->score * weight, is_bonus);
          j++;
        }

      g_array_append_val (merged, hit);
    }

  g_array_unref (ranking->hits);
  ranking->hits = merged;
}

/* The better of the two counts for a term. */
static gboolean
look_for (Ranking     *ranking,
          const char  *match,
          double       weight,
          double      *idf,
          GError     **error)
{
  const Found *found = match != NULL ? get_found (ranking, match, error) : NULL;

  if (found != NULL)
    {
      merge (ranking, found, weight, idf == NULL);
      if (idf != NULL)
        *idf = MIN (*idf, found->idf);
    }

  return match == NULL || found != NULL;
}

static gboolean
look_for_term (Ranking       *ranking,
               HdSearchTerm  *term,
               GError       **error)
{
  double idf = G_MAXDOUBLE;

  if (!look_for (ranking, term->word, 1, &idf, error) ||
      !look_for (ranking, term->synonyms, SYNONYM_WEIGHT, &idf, error))
    return FALSE;

  ranking->total += idf;

  for (guint i = 0; i < ranking->hits->len; i++)
    {
      HdSearchHit *hit = &g_array_index (ranking->hits, HdSearchHit, i);

      hit->covered += hit->of_term > 0 ? idf : 0;
      hit->score += hit->of_term;
      hit->of_term = 0;
    }

  return TRUE;
}

/* What has half of what the terms are worth is worth half of what it would be. */
static void
weigh (Ranking *ranking)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < ranking->hits->len; i++)
    {
      HdSearchHit *hit = &g_array_index (ranking->hits, HdSearchHit, i);
      double age = (double) MAX (now - hit->text->updated, 0);

      hit->score *= hit->covered / ranking->total;
      if (hit->text->updated != 0)
        hit->score *= 1 + FRESH_WEIGHT * exp2 (-age / FRESH_SPAN);
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 row = *(const gint64 *) a;
  const HdSearchHit *hit = b;

  return (row > hit->text->row) - (row < hit->text->row);
}

static gboolean
prefer_opened (Ranking              *ranking,
               const HdSearchQuery  *query,
               GError              **error)
{
  g_autoptr (HdStatement) rows =
    hd_database_query (ranking->ranker->database, error, ranking->index->opened, "ss", query->words, query->stems);
  HdStep step = HD_STEP_ERROR;

  while (rows != NULL && (step = hd_statement_step (rows, error)) == HD_STEP_ROW)
    {
      gint64 row = hd_statement_get_int (rows, 0);
      double times = hd_statement_get_double (rows, 1);
      HdSearchHit *hit = bsearch (&row, ranking->hits->data, ranking->hits->len, sizeof (HdSearchHit), compare_rows);

      if (hit != NULL)
        hit->score *= 1 + OPENED_WEIGHT * times / (times + 1);
    }

  return step == HD_STEP_DONE;
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const HdSearchHit *one = a;
  const HdSearchHit *other = b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;

  return one->text < other->text ? -1 : one->text > other->text;
}

/* Sorts them, and drops those after @n_hits. */
void
hd_search_hits_keep_best (GArray *hits,
                          guint   n_hits)
{
  g_array_sort (hits, compare_hits);
  if (hits->len > n_hits)
    g_array_set_size (hits, n_hits);
}

/**
 * hd_search_ranker_rank:
 * @self: the ranker of a connection
 * @query: what is looked for
 * @index: where; static
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type HdSearchHit): what has any of it, by rows
 */
GArray *
hd_search_ranker_rank (HdSearchRanker       *self,
                       const HdSearchQuery  *query,
                       const HdSearchIndex  *index,
                       GError              **error)
{
  g_autoptr (GArray) none = NULL;
  Ranking ranking = { self, index };
  gboolean is_good;

  if (!forget_what_may_have_changed (self, error) || (ranking.texts = get_texts (self, index, error)) == NULL)
    return NULL;

  is_good = TRUE;
  ranking.hits = g_array_new (FALSE, FALSE, sizeof (HdSearchHit));

  for (guint i = 0; is_good && i < query->terms->len; i++)
    is_good = look_for_term (&ranking, query->terms->pdata[i], error);

  for (guint i = 0; is_good && i < query->near->len; i++)
    is_good = look_for (&ranking, query->near->pdata[i], NEAR_WEIGHT, NULL, error);

  if (is_good)
    {
      weigh (&ranking);
      is_good = prefer_opened (&ranking, query, error);
    }

  if (is_good)
    return ranking.hits;

  none = ranking.hits;
  return NULL;
}
