/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-words-match.h"

#include <string.h>

/* As it is compared: case and composition do not count; of apostrophes, which
 * Ukrainian keyboards write in three ways, there is one. */
static char *
dup_folded (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : text, -1);
  GString *string = g_string_new (folded);

  g_string_replace (string, "’", "'", 0);
  g_string_replace (string, "ʼ", "'", 0);

  return g_string_free (string, FALSE);
}

/**
 * hd_words_match:
 * @words: what is searched for, words with spaces between them
 * @texts: (array length=n_texts) (element-type utf8): where, %NULL for none
 * @n_texts: how many
 *
 * Returns: whether each word is found somewhere in the texts, whatever its case;
 *   no words match everything
 */
gboolean
hd_words_match (const char         *words,
                const char *const  *texts,
                gsize               n_texts)
{
  g_autofree char *wanted = dup_folded (words);
  g_autoptr (GString) all = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit_set (wanted, " \t\n", -1);

  for (gsize i = 0; i < n_texts; i++)
    {
      g_autofree char *folded = texts[i] != NULL ? dup_folded (texts[i]) : NULL;

      if (folded != NULL)
        g_string_append_printf (all, "%s\n", folded);
    }

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (strstr (all->str, parts[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}
