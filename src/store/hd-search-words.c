/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-words.h"

#include <string.h>

#include "hd-dictionary.h"
#include "hd-vocabulary.h"

/*
 * What is known of a word: whether the index has it, what of the index' own words
 * it is a slip of, and what else the thing is called.
 */

#define MAX_SIMILAR 3
/* Of so few letters every word is like another. */
#define MIN_SLIP_CHARS 4
/* From how many letters on two of them may be wrong. */
#define MIN_TWO_SLIPS_CHARS 7
/* Of two words that were run together. */
#define MIN_PART_CHARS 3
#define MAX_WORD_CHARS 32
#define MAX_REMEMBERED 256

struct _HdSearchWords
{
  HdDatabase   *database;    /* (unowned): it owns this */
  HdWordForms  *forms;       /* (unowned) */
  HdVocabulary *vocabulary;  /* (owned) (nullable): made when first wanted */
  HdVocabulary *coming;      /* (owned) (nullable): being made */
  char         *file;        /* (owned) (nullable): where more other names are */
  char         *info;        /* (owned) (nullable): what the portal says of itself, with more of them */
  gint64        version;     /* of the files, when that was read */
  GHashTable   *similar;     /* (owned) (element-type utf8 GStrv): what the dictionary has for a word */
};

HdSearchWords *
hd_search_words_new (HdDatabase  *database,
                     HdWordForms *forms)
{
  HdSearchWords *self = g_new0 (HdSearchWords, 1);

  self->database = database;
  self->forms = forms;
  self->similar = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  return self;
}

void
hd_search_words_free (HdSearchWords *self)
{
  g_clear_pointer (&self->vocabulary, hd_vocabulary_unref);
  g_clear_pointer (&self->coming, hd_vocabulary_unref);
  g_free (self->file);
  g_free (self->info);
  g_hash_table_unref (self->similar);
  g_free (self);
}

/* Returns: (transfer full): the first of what it is found by */
char *
hd_search_words_dup_stem (HdSearchWords *self,
                          const char    *word)
{
  const char *const *stems = hd_word_forms_get_stems (self->forms, word);

  return g_strdup (stems[0] != NULL ? stems[0] : word);
}

/* Returns: (transfer full): the word of the index, as it is written */
char *
hd_search_words_dup_written (HdSearchWords *self,
                             const char    *key,
                             const char    *typed)
{
  return hd_word_forms_dup_written (self->forms, key, typed);
}

/* --- The words of the index --- */

/* How many texts have it; without the table, which a connection makes for itself, none. */
static gint64
count_texts (HdSearchWords *self,
             const char    *stem)
{
  gint64 n_texts = 0;

  hd_database_get_int (self->database, &n_texts, NULL, "SELECT doc FROM temp.portal_words WHERE term = ?", "s", stem);
  return n_texts;
}

/* How many texts have it in any of its forms. */
static gint64
count_known (HdSearchWords *self,
             const char    *word)
{
  const char *const *stems = hd_word_forms_get_stems (self->forms, word);
  g_autofree char *key = hd_word_forms_dup_key (word);
  gint64 n_texts = count_texts (self, key);

  for (guint i = 0; stems[i] != NULL; i++)
    n_texts = MAX (n_texts, count_texts (self, stems[i]));

  return n_texts;
}

/* Returns: whether the index has it in any of its forms */
gboolean
hd_search_words_is_known (HdSearchWords *self,
                          const char    *word)
{
  return count_known (self, word) > 0;
}

/* Returns: whether some word of the index begins so */
gboolean
hd_search_words_begins (HdSearchWords *self,
                        const char    *word)
{
  g_autofree char *key = hd_word_forms_dup_key (word);
  gint64 is_there = 0;

  hd_database_get_int (self->database, &is_there, NULL,
                       "SELECT 1 FROM temp.portal_words WHERE term >= ?1 AND term < ?1 || char (0x10ffff) LIMIT 1", "s", key);
  return is_there != 0;
}

/* --- Slips --- */

static guint
take_letters (const char *word,
              gunichar   *letters)
{
  guint n_letters = 0;

  for (const char *p = word; *p != '\0' && n_letters < MAX_WORD_CHARS; p = g_utf8_next_char (p))
    letters[n_letters++] = g_utf8_get_char (p);

  return n_letters;
}

/* Letters that are wrong, missing, too many or have changed places; if @is_beginning, up to the best end in @b. */
static guint
count_slips (const gunichar *a,
             guint           n_a,
             const gunichar *b,
             guint           n_b,
             gboolean        is_beginning)
{
  guint best = G_MAXUINT;

  guint rows[3][MAX_WORD_CHARS + 1];

  for (guint j = 0; j <= n_b; j++)
    rows[0][j] = j;

  for (guint i = 1; i <= n_a; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i - 1) % 3];
      const guint *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (guint j = 1; j <= n_b; j++)
        {
          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }

  for (guint j = is_beginning ? 0 : n_b; j <= n_b; j++)
    best = MIN (best, rows[n_a % 3][j]);

  return best;
}

typedef struct
{
  char  *word;
  guint  n_slips;
  gint64 n_texts;
} Candidate;

static void
candidate_clear (gpointer data)
{
  g_free (((Candidate *) data)->word);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->n_slips != other->n_slips)
    return one->n_slips < other->n_slips ? -1 : 1;

  return one->n_texts > other->n_texts ? -1 : one->n_texts < other->n_texts;
}

/* What the index has that begins as it does. */
static void
find_in_index (HdSearchWords *self,
               const char    *key,
               gboolean       is_beginning,
               GArray        *candidates)
{
  gunichar letters[MAX_WORD_CHARS], others[MAX_WORD_CHARS];
  guint n_letters = take_letters (key, letters);
  guint most = n_letters >= MIN_TWO_SLIPS_CHARS ? 2 : 1;
  g_autofree char *first = g_utf8_substring (key, 0, 1);
  g_autoptr (HdStatement) words =
    hd_database_query (self->database, NULL,
                       "SELECT term, doc FROM temp.portal_words"
                       " WHERE term >= ?1 AND term < ?1 || char (0x10ffff) AND length (term) BETWEEN ?2 AND ?3",
                       "sdd", first, (int) (n_letters - most), is_beginning ? MAX_WORD_CHARS : (int) (n_letters + most));

  while (words != NULL && hd_statement_step (words, NULL) == HD_STEP_ROW)
    {
      const char *term = hd_statement_get_text (words, 0);
      guint n_others = take_letters (term, others);
      guint n_slips = count_slips (letters, n_letters, others, n_others, is_beginning);

      if (n_slips > 0 && n_slips <= most)
        g_array_append_vals (candidates, &(Candidate) { g_strdup (term), n_slips, hd_statement_get_int (words, 1) }, 1);
    }

  g_array_sort (candidates, compare_candidates);
}

static void
add_word (GPtrArray  *words,
          const char *word)
{
  if (words->len < MAX_SIMILAR && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
    g_ptr_array_add (words, g_strdup (word));
}

/* What takes two slips is not meant where one will do. */
static void
add_nearest (GPtrArray *words,
             GArray    *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (candidate->n_slips == g_array_index (candidates, Candidate, 0).n_slips)
        add_word (words, candidate->word);
    }
}

/* It may take a tenth of a second: not for each keystroke, nor twice. */
static GStrv
get_from_dictionary (HdSearchWords *self,
                     const char    *word)
{
  GStrv similar = g_hash_table_lookup (self->similar, word);

  if (similar == NULL)
    {
      if (g_hash_table_size (self->similar) >= MAX_REMEMBERED)
        g_hash_table_remove_all (self->similar);

      similar = hd_dictionary_dup_similar (word);
      g_hash_table_insert (self->similar, g_strdup (word), similar);
    }

  return similar;
}

/* What the dictionary has, of that what the index has. */
static void
add_from_dictionary (HdSearchWords *self,
                     const char    *word,
                     GPtrArray     *words)
{
  GStrv similar = get_from_dictionary (self, word);

  for (guint i = 0; similar[i] != NULL; i++)
    {
      g_autofree char *lower = g_utf8_strdown (similar[i], -1);

      if (strchr (lower, ' ') == NULL && hd_search_words_is_known (self, lower))
        add_word (words, lower);
    }
}

static gboolean
is_word (const char *word)
{
  g_auto (GStrv) stems = hd_dictionary_dup_stems (word);

  return stems[0] != NULL;
}

/**
 * hd_search_words_dup_similar:
 * @self: words
 * @word: a word in lower case that the index does not have
 * @is_beginning: whether it is still being typed
 *
 * Returns: (transfer full): what the index has that may have been meant, the likeliest first; nothing for what is a
 *   word of the dictionary, nor while that is not asked
 */
GStrv
hd_search_words_dup_similar (HdSearchWords *self,
                             const char    *word,
                             gboolean       is_beginning)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree char *key = hd_word_forms_dup_key (word);
  glong n_chars = g_utf8_strlen (key, -1);

  g_array_set_clear_func (candidates, candidate_clear);

  if (n_chars >= MIN_SLIP_CHARS && n_chars < MAX_WORD_CHARS && !hd_search_words_are_by_rules (self) && !is_word (word))
    {
      find_in_index (self, key, is_beginning, candidates);
      add_nearest (words, candidates);
      if (words->len == 0 && !is_beginning && g_unichar_get_script (g_utf8_get_char (key)) == G_UNICODE_SCRIPT_CYRILLIC)
        add_from_dictionary (self, word, words);
    }

  g_ptr_array_add (words, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/**
 * hd_search_words_dup_parts:
 * @self: words
 * @word: a word in lower case that the index does not have
 * @is_beginning: whether it is still being typed
 *
 * Returns: (transfer full) (nullable): the two words that were run together in it, those that more texts have where it can
 *   be more than two; %NULL for what is a word of the dictionary, nor while that is not asked
 */
GStrv
hd_search_words_dup_parts (HdSearchWords *self,
                           const char    *word,
                           gboolean       is_beginning)
{
  const char *end = word + strlen (word);
  glong n_chars = g_utf8_strlen (word, -1);
  g_auto (GStrv) best = NULL;
  gint64 most_texts = 0;

  if (n_chars < 2 * MIN_PART_CHARS || n_chars > MAX_WORD_CHARS || hd_search_words_are_by_rules (self) || is_word (word))
    return NULL;

  for (const char *p = g_utf8_offset_to_pointer (word, MIN_PART_CHARS); g_utf8_strlen (p, end - p) >= MIN_PART_CHARS;
       p = g_utf8_next_char (p))
    {
      g_autofree char *first = g_strndup (word, (gsize) (p - word));
      gint64 n_texts = count_known (self, first);

      if (n_texts > most_texts)
        n_texts = MIN (n_texts, is_beginning && hd_search_words_begins (self, p) ? n_texts : count_known (self, p));

      if (n_texts <= most_texts)
        continue;

      most_texts = n_texts;
      g_strfreev (best);
      best = g_new0 (char *, 3);
      best[0] = g_steal_pointer (&first);
      best[1] = g_strdup (p);
    }

  return g_steal_pointer (&best);
}

/* --- What takes long --- */

/* Names a list that adds to the others, until the end; to be called before any word is looked up. */
void
hd_search_words_set_synonyms_file (HdSearchWords *self,
                                   const char    *path)
{
  g_free (self->file);
  self->file = g_strdup (path);
}

/* Follows what the portal says, whichever process has kept it.  Where nothing was written since, it costs next to nothing. */
static void
refresh (HdSearchWords *self)
{
  gint64 version;

  if (!hd_database_get_version (self->database, &version, NULL) || version == self->version)
    return;

  self->version = version;
  g_free (self->info);
  self->info = hd_database_get_text (self->database, NULL, "SELECT json FROM main.objects WHERE key = 'info'", "");
}

/* Takes what was made meanwhile in place of what there was. */
static void
adopt (HdSearchWords *self)
{
  if (self->coming == NULL || hd_vocabulary_is_busy (self->coming))
    return;

  g_clear_pointer (&self->vocabulary, hd_vocabulary_unref);
  self->vocabulary = g_steal_pointer (&self->coming);
}

/**
 * hd_search_words_are_ready:
 * @self: words
 *
 * To be called before each query.
 *
 * Returns: whether the dictionary can be asked, and the list of other names is what it should be
 */
gboolean
hd_search_words_are_ready (HdSearchWords *self)
{
  refresh (self);
  adopt (self);

  return self->vocabulary != NULL && hd_vocabulary_is_current (self->vocabulary, self->info) && hd_dictionary_is_ready ();
}

/**
 * hd_search_words_prepare:
 * @self: words that are not ready
 * @queue: where to tell that they may be ready
 * @news: (transfer none): with what
 *
 * Does what is lacking on a thread of its own, unless that is under way; what there was is used until then.
 */
void
hd_search_words_prepare (HdSearchWords *self,
                         GAsyncQueue   *queue,
                         gpointer       news)
{
  gboolean has_list = self->vocabulary != NULL && hd_vocabulary_is_current (self->vocabulary, self->info);

  if (self->coming != NULL)
    return;

  self->coming = has_list ? hd_vocabulary_ref (self->vocabulary) : hd_vocabulary_new (self->file, self->info);
  hd_vocabulary_make (self->coming, queue, news);
}

/**
 * hd_search_words_set_hurried:
 * @self: words
 * @hurried: whether what comes next cannot wait until they are ready
 *
 * While it is, words are what was typed, and what began or ends otherwise by the rules.
 */
void
hd_search_words_set_hurried (HdSearchWords *self,
                             gboolean       hurried)
{
  hd_word_forms_set_by_rules (self->forms, hurried && !hd_dictionary_is_ready ());
}

/* Returns: whether the dictionary is not asked, so that nothing may be indexed */
gboolean
hd_search_words_are_by_rules (HdSearchWords *self)
{
  return hd_word_forms_get_by_rules (self->forms);
}

/* Returns: (transfer full): what else the thing is called that one or several words name */
GStrv
hd_search_words_dup_synonyms (HdSearchWords     *self,
                              const char *const *words,
                              guint              n_words)
{
  if (self->vocabulary == NULL || hd_search_words_are_by_rules (self))
    return g_new0 (char *, 1);

  return hd_vocabulary_dup_others (self->vocabulary, self->forms, words, n_words);
}
