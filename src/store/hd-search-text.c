/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-text.h"

#include <string.h>

/*
 * Words: how texts are prepared for the full-text index and how what a person
 * typed becomes a query.  Whatever is typed is words to look for, never syntax.
 */

#define MAX_TERMS 24
#define MAX_TERM_CHARS 48

#define SOFT_HYPHEN 0x00ad
#define APOSTROPHE_LETTER 0x02bc

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Returns: whether it is one of the signs that people write for the Ukrainian apostrophe */
gboolean
hd_search_text_is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || c == 0x02b9 || c == 0x00b4 ||
         c == APOSTROPHE_LETTER;
}

/* Returns: whether it stands in words without being seen */
gboolean
hd_search_text_is_invisible (gunichar c)
{
  return c == SOFT_HYPHEN || c == 0x200b || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff;
}

/* What must not reach the index: controls, and the marks around matches. */
static gboolean
is_unwanted (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_PRIVATE_USE ||
         g_unichar_type (c) == G_UNICODE_UNASSIGNED;
}

/**
 * hd_search_text_normalize:
 * @text: (nullable): any bytes
 *
 * Valid UTF-8 in composed form, without soft hyphens and controls, and with one
 * sign for all the apostrophes within words, which counts as a letter.
 *
 * Returns: (transfer full): the text for the index
 */
char *
hd_search_text_normalize (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr (GString) string = g_string_new (NULL);
  gunichar previous = ' ';

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (hd_search_text_is_invisible (c))
        continue;

      if (is_unwanted (c))
        c = ' ';
      else if (hd_search_text_is_apostrophe (c))
        c = is_word_char (previous) && is_word_char (g_utf8_get_char (g_utf8_next_char (p))) ? APOSTROPHE_LETTER : '\'';

      g_string_append_unichar (string, c);
      previous = c;
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* Returns: (transfer full): the text with no difference of case, to be looked through */
char *
hd_search_text_fold (const char *text)
{
  g_autofree char *normalized = hd_search_text_normalize (text);

  return g_utf8_casefold (normalized, -1);
}

/**
 * hd_search_text_tokenize:
 * @text: (nullable): what was typed
 *
 * Returns: (transfer full): its words, without difference of case, each once; not all of a very long text
 */
GStrv
hd_search_text_tokenize (const char *text)
{
  g_autofree char *folded = hd_search_text_fold (text);
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (g_free);
  const char *p = folded;

  while (*p != '\0' && terms->len < MAX_TERMS)
    {
      const char *start = p;
      g_autofree char *term = NULL;
      guint n_chars = 0;

      for (; is_word_char (g_utf8_get_char (p)) && n_chars < MAX_TERM_CHARS; n_chars++)
        p = g_utf8_next_char (p);

      if (p == start)
        {
          p = g_utf8_next_char (p);
          continue;
        }

      term = g_strndup (start, p - start);
      if (g_unichar_isalnum (g_utf8_get_char (term)) &&
          !g_ptr_array_find_with_equal_func (terms, term, g_str_equal, NULL))
        g_ptr_array_add (terms, g_steal_pointer (&term));
    }

  g_ptr_array_add (terms, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&terms), FALSE);
}

/**
 * hd_search_text_dup_number:
 * @text: (nullable): what was typed
 *
 * Returns: (transfer full) (nullable): it in lower case, if it may be the number of a request or the beginning of one
 */
char *
hd_search_text_dup_number (const char *text)
{
  g_autofree char *folded = g_strstrip (hd_search_text_fold (text));
  const char *number = folded;

  if (g_str_has_prefix (number, "#"))
    number++;
  else if (g_str_has_prefix (number, "№"))
    number += strlen ("№");

  while (*number == ' ')
    number++;

  return strpbrk (number, "0123456789") != NULL && strchr (number, ' ') == NULL ? g_strdup (number) : NULL;
}

static void
replace_mark (GString    *string,
              const char *mark,
              const char *tag)
{
  g_string_replace (string, mark, tag, 0);
}

/**
 * hd_search_text_to_markup:
 * @snippet: (nullable): a text with marks around the matches
 *
 * Returns: (transfer full): Pango markup: matches bold, all else as it is
 */
char *
hd_search_text_to_markup (const char *snippet)
{
  g_autofree char *escaped = g_markup_escape_text (snippet != NULL ? snippet : "", -1);
  g_autoptr (GString) string = g_string_new (escaped);

  replace_mark (string, HD_SEARCH_MATCH_START, "<b>");
  replace_mark (string, HD_SEARCH_MATCH_END, "</b>");

  return g_string_free (g_steal_pointer (&string), FALSE);
}
