/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-tokenizer.h"

#include <string.h>

#include "hd-search-text.h"

/*
 * The tokenizer of the full-text tables: words of any bytes, and for each what it
 * is found by (HdWordForms).  All of these stand at one place of the text, so
 * that phrases, nearness and the marks around matches hold for the word itself.
 *
 * A query also looks for the word as it was typed, for an index that was built
 * without the dictionary.
 */

/* The stress, as books for learners write it. */
#define COMBINING_ACUTE 0x0301
#define MAX_WORD_CHARS 64

static gboolean
is_ignored (gunichar c)
{
  return c == COMBINING_ACUTE || hd_search_text_is_invisible (c);
}

/* Never beyond @end, and at least one byte on. */
static gunichar
next_char (const char **text,
           const char  *end)
{
  gunichar c = g_utf8_get_char_validated (*text, end - *text);

  if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
    {
      (*text)++;
      return ' ';
    }

  *text = g_utf8_next_char (*text);
  return c;
}

static gunichar
peek_char (const char *text,
           const char *end)
{
  return text < end ? next_char (&text, end) : ' ';
}

/**
 * hd_search_tokenizer_each_word:
 * @text: any bytes
 * @length: how many
 * @function: told each word in lower case, and where it is; what is not 0 ends it
 * @user_data: for @function
 *
 * Returns: 0, or what @function said
 */
int
hd_search_tokenizer_each_word (const char       *text,
                               gsize             length,
                               HdSearchWordFunc  function,
                               gpointer          user_data)
{
  const char *end = text + length;
  g_autoptr (GString) word = g_string_sized_new (64);
  const char *p = text;

  while (p < end)
    {
      const char *start = p;
      gunichar c = next_char (&p, end);
      guint n_chars = 0;
      const char *stop;
      int code;

      if (!g_unichar_isalnum (c))
        continue;

      g_string_truncate (word, 0);
      for (stop = p;; p = stop)
        {
          if (hd_search_text_is_apostrophe (c))
            g_string_append_c (word, '\'');
          else if (!is_ignored (c) && n_chars++ < MAX_WORD_CHARS)
            g_string_append_unichar (word, g_unichar_tolower (c));

          c = peek_char (stop, end);
          if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && !is_ignored (c))
            {
              const char *after = stop;

              next_char (&after, end);
              if (!hd_search_text_is_apostrophe (c) || !g_unichar_isalpha (peek_char (after, end)))
                break;
            }
          next_char (&stop, end);
        }

      code = function (word->str, start - text, stop - text, user_data);
      if (code != 0)
        return code;
    }

  return 0;
}

/* --- The interface of FTS5 --- */

typedef int (*TokenFunc) (void *,
                          int,
                          const char *,
                          int,
                          int,
                          int);

typedef struct
{
  HdWordForms *forms;  /* (unowned) */
  gboolean     is_query;
  void        *context;
  TokenFunc    token;
} Pass;

static int
emit_word (const char *word,
           gsize       start,
           gsize       end,
           gpointer    user_data)
{
  Pass *pass = user_data;
  const char *const *stems = hd_word_forms_get_stems (pass->forms, word);
  int flags = 0;

  for (guint i = 0; stems[i] != NULL; i++)
    {
      int code = pass->token (pass->context, flags, stems[i], (int) strlen (stems[i]), (int) start, (int) end);

      if (code != SQLITE_OK)
        return code;
      flags = FTS5_TOKEN_COLOCATED;
    }

  if (pass->is_query)
    {
      g_autofree char *key = hd_word_forms_dup_key (word);

      if (*key != '\0' && !g_strv_contains (stems, key))
        return pass->token (pass->context, flags, key, (int) strlen (key), (int) start, (int) end);
    }

  return SQLITE_OK;
}

/* For snippets, which look for places and not for words: there is one token where emit_word() has one or more. */
static int
emit_place (const char *word,
            gsize       start,
            gsize       end,
            gpointer    user_data)
{
  Pass *pass = user_data;
  g_autofree char *key = hd_word_forms_dup_key (word);

  return *key != '\0' ? pass->token (pass->context, 0, key, (int) strlen (key), (int) start, (int) end) : SQLITE_OK;
}

static int
create (void           *context,
        const char    **arguments,
        int             n_arguments,
        Fts5Tokenizer **tokenizer)
{
  *tokenizer = context;
  return SQLITE_OK;
}

/* It belongs to the connection. */
static void
destroy (Fts5Tokenizer *tokenizer)
{
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void          *context,
          int            flags,
          const char    *text,
          int            length,
          TokenFunc      token)
{
  Pass pass = { (HdWordForms *) tokenizer, (flags & FTS5_TOKENIZE_QUERY) != 0, context, token };

  HdSearchWordFunc emit = (flags & FTS5_TOKENIZE_AUX) != 0 ? emit_place : emit_word;

  return text != NULL && length > 0 ? hd_search_tokenizer_each_word (text, (gsize) length, emit, &pass) : SQLITE_OK;
}

static void
free_forms (void *forms)
{
  hd_word_forms_free (forms);
}

/**
 * hd_search_tokenizer_register:
 * @api: FTS5 of a connection
 * @forms: (transfer full): what words are found by; of this connection's thread
 *
 * Lets full-text tables of the connection be of %HD_SEARCH_TOKENIZER.
 *
 * Returns: a code of SQLite
 */
int
hd_search_tokenizer_register (fts5_api    *api,
                              HdWordForms *forms)
{
  static fts5_tokenizer methods = { create, destroy, tokenize };

  return api->xCreateTokenizer (api, HD_SEARCH_TOKENIZER, forms, &methods, free_forms);
}
