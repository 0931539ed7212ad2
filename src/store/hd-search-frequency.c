/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-frequency.h"

/*
 * frequency (TABLE, WEIGHT, …): how often a row has what matched, in each column by
 * its weight.  It is what bm25() goes by; that one runs each query twice, to learn in
 * how many rows it is, and reads the length of each row by itself (hd-search-rank.c).
 */

static double
get_weight (int             column,
            int             n_weights,
            sqlite3_value **weights)
{
  return column < n_weights ? sqlite3_value_double (weights[column]) : 1;
}

static void
frequency (const Fts5ExtensionApi  *api,
           Fts5Context             *context,
           sqlite3_context         *result,
           int                      n_weights,
           sqlite3_value          **weights)
{
  int n_phrases = api->xPhraseCount (context);
  double sum = 0;

  for (int i = 0; i < n_phrases; i++)
    {
      Fts5PhraseIter iter;
      int column, offset;
      int code = api->xPhraseFirst (context, i, &iter, &column, &offset);

      if (code != SQLITE_OK)
        {
          sqlite3_result_error_code (result, code);
          return;
        }

      for (; column >= 0; api->xPhraseNext (context, &iter, &column, &offset))
        sum += get_weight (column, n_weights, weights);
    }

  sqlite3_result_double (result, sum);
}

/**
 * hd_search_frequency_register:
 * @api: FTS5 of a connection
 *
 * Lets queries of the connection use frequency().
 *
 * Returns: a code of SQLite
 */
int
hd_search_frequency_register (fts5_api *api)
{
  return api->xCreateFunction (api, "frequency", NULL, frequency, NULL);
}
