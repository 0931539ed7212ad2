/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-synonyms.h"

#include <string.h>

#include "hd-search-tokenizer.h"

/*
 * Words for the same thing: a line for each, separated by commas, # before what is
 * none.  A thing may have a name of several words; those are found as a phrase,
 * but only a single word that is typed is looked up.
 */

struct _HdSynonyms
{
  GHashTable *others;  /* (owned) (element-type utf8 GPtrArray): for a stem, what its lines have, as it is written there */
};

typedef struct
{
  HdWordForms *forms;
  GPtrArray   *stems;  /* (element-type utf8): of the first word */
  guint        n_words;
} Name;

static int
take_word (const char *word,
           gsize       start,
           gsize       end,
           gpointer    user_data)
{
  Name *name = user_data;
  const char *const *stems = hd_word_forms_get_stems (name->forms, word);

  for (guint i = 0; name->n_words == 0 && stems[i] != NULL; i++)
    g_ptr_array_add (name->stems, g_strdup (stems[i]));

  name->n_words++;
  return 0;
}

static void
add_other (HdSynonyms *self,
           const char *stem,
           const char *other)
{
  GPtrArray *others = g_hash_table_lookup (self->others, stem);

  if (others == NULL)
    {
      others = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->others, g_strdup (stem), others);
    }

  if (!g_ptr_array_find_with_equal_func (others, other, g_str_equal, NULL))
    g_ptr_array_add (others, g_strdup (other));
}

static void
take_line (HdSynonyms  *self,
           HdWordForms *forms,
           const char  *line)
{
  g_auto (GStrv) names = g_strsplit (line, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) stems = g_ptr_array_new_with_free_func (g_free);
      Name name = { forms, stems, 0 };

      g_strstrip (names[i]);
      hd_search_tokenizer_each_word (names[i], strlen (names[i]), take_word, &name);

      for (guint j = 0; name.n_words == 1 && j < stems->len; j++)
        {
          for (guint k = 0; names[k] != NULL; k++)
            {
              if (k != i)
                add_other (self, stems->pdata[j], g_strstrip (names[k]));
            }
        }
    }
}

/**
 * hd_synonyms_new:
 * @forms: forms of words
 * @text: the list
 *
 * Returns: (transfer full): the words of the list
 */
HdSynonyms *
hd_synonyms_new (HdWordForms *forms,
                 const char  *text)
{
  HdSynonyms *self = g_new0 (HdSynonyms, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  self->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] != '#' && *lines[i] != '\0')
        take_line (self, forms, lines[i]);
    }

  return self;
}

void
hd_synonyms_free (HdSynonyms *self)
{
  g_hash_table_unref (self->others);
  g_free (self);
}

/* Returns: (transfer none) (element-type utf8) (nullable): what else the thing is called */
GPtrArray *
hd_synonyms_get (HdSynonyms *self,
                 const char *stem)
{
  return g_hash_table_lookup (self->others, stem);
}
