/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-query.h"

#include <string.h>

#include "hd-keyboard-layout.h"
#include "hd-search-tokenizer.h"
#include "hd-search-words.h"

/*
 * What a person typed, as a query.  Whatever is typed is words to look for, never
 * syntax.  For each word there is what would do as well:
 *
 *   the word itself, in any form;
 *   the last one, while it is typed, also as the beginning of a word;
 *   what else the thing is called;
 *   and where the index does not have it: what the same keys give in another
 *   layout, else the words that it may be a slip of, else the two that were run
 *   together in it, or what it is with the next one as one word.
 */

#define MAX_TERMS 24
/* Shorter ones say nothing where there are longer ones. */
#define MIN_WORD_CHARS 3
/* So many words may stand between two that are near each other. */
#define NEAR_WORDS 5
#define MAX_NAME_WORDS 4

typedef struct
{
  HdSearchWords *words;   /* (unowned) */
  GPtrArray     *terms;   /* (owned) (element-type HdSearchTerm) */
  GPtrArray     *typed;   /* (owned) (element-type utf8): their words */
  GPtrArray     *meant;   /* (owned) (element-type utf8): all that was typed, or what was meant with it */
  gboolean       is_other;  /* something else was meant */
} Builder;

static void
term_free (gpointer data)
{
  HdSearchTerm *term = data;

  g_free (term->word);
  g_free (term->synonyms);
  g_free (term);
}

static int
collect_word (const char *word,
              gsize       start,
              gsize       end,
              gpointer    user_data)
{
  GPtrArray *words = user_data;

  g_ptr_array_add (words, g_strdup (word));
  return words->len >= MAX_TERMS;
}

static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  hd_search_tokenizer_each_word (text, strlen (text), collect_word, words);
  return words;
}

/* A number says something, however short. */
static gboolean
is_long (const char *word)
{
  return g_utf8_strlen (word, -1) >= MIN_WORD_CHARS || g_unichar_isdigit (g_utf8_get_char (word));
}

static gboolean
is_any_long (GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      if (is_long (words->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* Words have letters, digits, marks and apostrophes; what a list of synonyms has is asked for as words, too. */
static char *
dup_quoted (const char *text)
{
  g_autoptr (GPtrArray) words = split_words (text);
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (quoted, "%s%s", i > 0 ? " " : "", (const char *) words->pdata[i]);

  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static void
add_choice (GString    *group,
            const char *text,
            gboolean    is_beginning)
{
  g_autofree char *quoted = dup_quoted (text);

  g_string_append_printf (group, "%s%s%s", group->len > 0 ? " OR " : "", quoted, is_beginning ? "*" : "");
}

/* Half of the words begin with a few letters: those are looked for in titles. */
static void
add_beginning (GString    *group,
               const char *word)
{
  if (g_utf8_strlen (word, -1) >= MIN_WORD_CHARS)
    {
      add_choice (group, word, TRUE);
    }
  else
    {
      g_autofree char *quoted = dup_quoted (word);

      g_string_append_printf (group, " OR title : %s*", quoted);
    }
}

static void
add_synonyms (Builder    *builder,
              GString    *group,
              const char *word)
{
  g_auto (GStrv) synonyms = hd_search_words_dup_synonyms (builder->words, &word, 1);

  for (guint i = 0; synonyms[i] != NULL; i++)
    add_choice (group, synonyms[i], FALSE);
}

static void
add_term (Builder    *builder,
          const char *word,
          GString    *choices,
          GString    *synonyms)
{
  HdSearchTerm *term = g_new0 (HdSearchTerm, 1);

  term->word = g_string_free (choices, FALSE);
  term->synonyms = g_string_free (synonyms, synonyms->len == 0);
  g_ptr_array_add (builder->typed, g_strdup (word));
  g_ptr_array_add (builder->terms, term);
}

/* Returns: (transfer full) (nullable): the likeliest of what was meant */
static char *
add_slips (Builder    *builder,
           GString    *choices,
           GString    *synonyms,
           const char *word,
           gboolean    is_beginning)
{
  g_auto (GStrv) similar = hd_search_words_dup_similar (builder->words, word, is_beginning);

  for (guint i = 0; similar[i] != NULL; i++)
    {
      add_choice (choices, similar[i], FALSE);
      add_synonyms (builder, synonyms, similar[i]);
    }

  return similar[0] != NULL ? hd_search_words_dup_written (builder->words, similar[0], word) : NULL;
}

static char *add_parts (Builder  *builder,
                        GStrv     parts,
                        gboolean  is_beginning);

/*
 * What the index does not have may be the beginning of a word, wherever it stands.
 *
 * Returns: (transfer full) (nullable): what was meant instead
 */
static char *
add_typed_word (Builder    *builder,
                const char *word,
                gboolean    is_beginning)
{
  GString *choices = g_string_new (NULL);
  GString *synonyms = g_string_new (NULL);
  gboolean is_known = hd_search_words_is_known (builder->words, word);
  char *meant = NULL;

  add_choice (choices, word, FALSE);
  if (is_beginning || (!is_known && is_long (word)))
    add_beginning (choices, word);
  add_synonyms (builder, synonyms, word);

  if (!is_known && synonyms->len == 0 && !hd_search_words_begins (builder->words, word))
    {
      g_auto (GStrv) parts = NULL;

      meant = add_slips (builder, choices, synonyms, word, is_beginning);
      parts = meant == NULL ? hd_search_words_dup_parts (builder->words, word, is_beginning) : NULL;

      if (parts != NULL)
        {
          g_string_free (choices, TRUE);
          g_string_free (synonyms, TRUE);
          return add_parts (builder, parts, is_beginning);
        }
    }

  add_term (builder, word, choices, synonyms);
  return meant;
}

/* Returns: (transfer full) (nullable): what was meant by what was run together, unless that is still being typed */
static char *
add_parts (Builder *builder,
           GStrv    parts,
           gboolean is_beginning)
{
  gboolean is_whole = TRUE;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_free (add_typed_word (builder, parts[i], is_beginning && parts[i + 1] == NULL));
      is_whole = is_whole && hd_search_words_is_known (builder->words, parts[i]);
    }

  return is_whole ? g_strjoinv (" ", parts) : NULL;
}

static void
add_choice_to_term (HdSearchTerm *term,
                    const char   *text)
{
  GString *choices = g_string_new (term->word);

  add_choice (choices, text, FALSE);
  g_free (term->word);
  term->word = g_string_free (choices, FALSE);
}

static gboolean
is_one_word (Builder    *builder,
             const char *first,
             const char *second,
             const char *joined)
{
  return hd_search_words_is_known (builder->words, joined) &&
         !(hd_search_words_is_known (builder->words, first) && hd_search_words_is_known (builder->words, second));
}

/* One word that was typed as two is one to look for; that part of it which is a word, too, may have been meant. */
static void
join_parts (Builder *builder)
{
  GPtrArray *typed = builder->typed;

  for (guint i = 0; i + 1 < typed->len; i++)
    {
      g_autofree char *joined = g_strconcat (typed->pdata[i], typed->pdata[i + 1], NULL);

      if (!is_one_word (builder, typed->pdata[i], typed->pdata[i + 1], joined))
        continue;

      if (hd_search_words_is_known (builder->words, typed->pdata[i + 1]))
        {
          g_ptr_array_remove_index (typed, i);
          g_ptr_array_remove_index (builder->terms, i);
        }
      else
        {
          g_ptr_array_remove_index (typed, i + 1);
          g_ptr_array_remove_index (builder->terms, i + 1);
        }

      add_choice_to_term (builder->terms->pdata[i], joined);
    }
}

static gboolean
is_any_known (Builder   *builder,
              GPtrArray *words)
{
  gboolean any_long = is_any_long (words);

  for (guint i = 0; i < words->len; i++)
    {
      g_auto (GStrv) synonyms =
        hd_search_words_dup_synonyms (builder->words, (const char *const *) words->pdata + i, 1);

      if ((is_long (words->pdata[i]) || !any_long) &&
          (synonyms[0] != NULL || hd_search_words_is_known (builder->words, words->pdata[i])))
        return TRUE;
    }

  return FALSE;
}

/* Returns: (transfer full) (nullable): what was typed with another layout than the one meant */
static char *
dup_retyped (Builder    *builder,
             const char *text)
{
  for (HdLayout from = 0; from < HD_N_LAYOUTS; from++)
    {
      for (HdLayout to = 0; to < HD_N_LAYOUTS; to++)
        {
          g_autofree char *retyped = hd_keyboard_layout_dup_retyped (text, from, to);
          g_autoptr (GPtrArray) words = retyped != NULL ? split_words (retyped) : NULL;

          if (words != NULL && words->len == 1 && is_long (words->pdata[0]) && is_any_known (builder, words))
            return g_steal_pointer (&retyped);
        }
    }

  return NULL;
}

static void
add_retyped (Builder    *builder,
             const char *typed,
             const char *retyped)
{
  GString *choices = g_string_new (NULL);
  GString *synonyms = g_string_new (NULL);

  add_choice (choices, typed, FALSE);
  add_choice (choices, retyped, FALSE);
  add_choice (choices, retyped, TRUE);
  add_synonyms (builder, synonyms, retyped);
  add_term (builder, retyped, choices, synonyms);
}

/* What is between spaces, word by word. */
static void
add_words (Builder    *builder,
           const char *chunk,
           GPtrArray  *words,
           gboolean    is_last)
{
  g_autoptr (GString) meant = g_string_new (NULL);
  gboolean is_other = FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *other = add_typed_word (builder, words->pdata[i], is_last && i + 1 == words->len);
      HdSearchTerm *term = builder->terms->pdata[builder->terms->len - 1];

      term->is_part = words->len > 1;
      is_other |= other != NULL;
      g_string_append_printf (meant, "%s%s", i > 0 ? " " : "", other != NULL ? other : (const char *) words->pdata[i]);
    }

  builder->is_other |= is_other;
  if (*chunk != '\0')
    g_ptr_array_add (builder->meant, g_strdup (is_other ? meant->str : chunk));
}

/* Keys of letters may be signs in another layout. */
static void
add_chunk (Builder    *builder,
           const char *chunk,
           gboolean    is_last)
{
  g_autofree char *lower = g_utf8_strdown (chunk, -1);
  g_autoptr (GPtrArray) words = split_words (lower);
  g_autofree char *retyped = NULL;

  if (words->len > 0 && g_utf8_strlen (lower, -1) >= MIN_WORD_CHARS && !is_any_known (builder, words) &&
      !(is_last && hd_search_words_begins (builder->words, words->pdata[0])))
    retyped = dup_retyped (builder, lower);

  if (retyped == NULL)
    {
      add_words (builder, chunk, words, is_last);
      return;
    }

  add_retyped (builder, lower, retyped);
  builder->is_other = TRUE;
  g_ptr_array_add (builder->meant, g_steal_pointer (&retyped));
}

/* Each of the words is there where the other name is. */
static void
add_names (HdSearchTerm      *term,
           const char *const *names)
{
  g_autoptr (GString) synonyms = g_string_new (term->synonyms);

  for (guint i = 0; names[i] != NULL; i++)
    add_choice (synonyms, names[i], FALSE);

  g_free (term->synonyms);
  term->synonyms = g_string_free (g_steal_pointer (&synonyms), FALSE);
}

/* What several words name together may be called something else. */
static void
add_names_of_several_words (Builder *builder)
{
  GPtrArray *typed = builder->typed;

  for (guint i = 0; i < typed->len; i++)
    {
      for (guint n = 2; n <= MAX_NAME_WORDS && i + n <= typed->len; n++)
        {
          g_auto (GStrv) synonyms =
            hd_search_words_dup_synonyms (builder->words, (const char *const *) typed->pdata + i, n);

          for (guint j = i; synonyms[0] != NULL && j < i + n; j++)
            add_names (builder->terms->pdata[j], (const char *const *) synonyms);
        }
    }
}

/* Words that say little go where others say more. */
static void
drop_short_words (Builder *builder)
{
  gboolean any_long = is_any_long (builder->typed);

  for (guint i = builder->typed->len; any_long && i > 0; i--)
    {
      HdSearchTerm *term = builder->terms->pdata[i - 1];

      if (is_long (builder->typed->pdata[i - 1]) || term->is_part)
        continue;

      g_ptr_array_remove_index (builder->typed, i - 1);
      g_ptr_array_remove_index (builder->terms, i - 1);
    }
}

/* Returns: (transfer full) (nullable): the terms as one query */
static char *
join_terms (Builder    *builder,
            const char *joint)
{
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; i < builder->terms->len; i++)
    {
      HdSearchTerm *term = builder->terms->pdata[i];

      g_string_append_printf (query, "%s(%s%s%s)", i > 0 ? joint : "", term->word, term->synonyms != NULL ? " OR " : "",
                              term->synonyms != NULL ? term->synonyms : "");
    }

  return query->len > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}

static GPtrArray *
pair_words (Builder *builder)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i + 1 < builder->typed->len; i++)
    {
      g_autofree char *one = dup_quoted (builder->typed->pdata[i]);
      g_autofree char *next = dup_quoted (builder->typed->pdata[i + 1]);

      g_ptr_array_add (pairs, g_strdup_printf ("NEAR (%s %s, %d)", one, next, NEAR_WORDS));
    }

  return pairs;
}

static char *
join (GPtrArray *words)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", (const char *) words->pdata[i]);

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What is remembered of earlier queries is found by these. */
static void
name (HdSearchQuery *self,
      Builder       *builder)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) stems = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < builder->typed->len; i++)
    {
      g_ptr_array_add (keys, hd_word_forms_dup_key (builder->typed->pdata[i]));
      g_ptr_array_add (stems, hd_search_words_dup_stem (builder->words, builder->typed->pdata[i]));
    }

  g_ptr_array_sort (stems, compare_words);
  self->words = join (keys);
  self->stems = join (stems);
}

/**
 * hd_search_query_init:
 * @self: a query
 * @database: the connection
 * @text: (nullable): what was typed
 *
 * Makes queries of what was typed.
 */
void
hd_search_query_init (HdSearchQuery *self,
                      HdDatabase    *database,
                      const char    *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_auto (GStrv) chunks = NULL;
  Builder builder = { hd_database_get_search_words (database), g_ptr_array_new_with_free_func (term_free),
                      g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free) };
  guint n_chunks;

  g_strdelimit (composed, "\t\n\r", ' ');
  chunks = g_strsplit (composed, " ", -1);
  n_chunks = g_strv_length (chunks);

  for (guint i = 0; i < n_chunks && builder.terms->len < MAX_TERMS; i++)
    add_chunk (&builder, chunks[i], i + 1 == n_chunks);

  join_parts (&builder);
  add_names_of_several_words (&builder);
  drop_short_words (&builder);
  self->all = join_terms (&builder, " AND ");
  self->any = join_terms (&builder, " OR ");
  self->near = pair_words (&builder);
  self->meant = builder.is_other ? join (builder.meant) : NULL;
  name (self, &builder);
  self->terms = builder.terms;
  g_ptr_array_unref (builder.typed);
  g_ptr_array_unref (builder.meant);
}

void
hd_search_query_clear (HdSearchQuery *self)
{
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->all, g_free);
  g_clear_pointer (&self->any, g_free);
  g_clear_pointer (&self->near, g_ptr_array_unref);
  g_clear_pointer (&self->meant, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->stems, g_free);
}
