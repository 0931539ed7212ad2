/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-word-forms.h"

#include <libstemmer.h>
#include <string.h>

#include "hd-dictionary.h"

/*
 * What a word is found by: the words that it may be a form of, each without what
 * people write in more than one way (case, apostrophes, ґ, accents).
 *
 * Ukrainian words are looked up in the dictionary.  Those that it does not know,
 * names and Russian words among them, are what they are, and what is left of
 * them by the rules of Russian; Latin words likewise by those of English, so that
 * another language loses nothing.
 */

/* Bumped when other stems come of the same dictionaries: the index is built anew. */
#define RULES_VERSION "2"
#define SHARP_S 0x00df
#define MAX_REMEMBERED 40000
#define MAX_STEMS 4
/* Whatever is longer is no word that anybody looks for by another form of it. */
#define MAX_STEM_BYTES 96

struct _HdWordForms
{
  struct sb_stemmer *english;  /* (owned) */
  struct sb_stemmer *russian;  /* (owned) */
  GHashTable        *stems;    /* (owned) (element-type utf8 GStrv): those of a word */
  GStrv              passing;  /* (owned) (nullable): those that are not remembered */
  gboolean           by_rules; /* the dictionary is not asked */
};

HdWordForms *
hd_word_forms_new (void)
{
  HdWordForms *self = g_new0 (HdWordForms, 1);

  self->english = sb_stemmer_new ("english", "UTF_8");
  self->russian = sb_stemmer_new ("russian", "UTF_8");
  self->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  return self;
}

void
hd_word_forms_free (HdWordForms *self)
{
  sb_stemmer_delete (self->english);
  sb_stemmer_delete (self->russian);
  g_hash_table_unref (self->stems);
  g_strfreev (self->passing);
  g_free (self);
}

/**
 * hd_word_forms_set_by_rules:
 * @self: forms
 * @by_rules: whether the dictionary is not to be asked, for who cannot wait until it is read
 *
 * What is found so is worse, and not remembered; nothing may be indexed meanwhile.
 */
void
hd_word_forms_set_by_rules (HdWordForms *self,
                            gboolean     by_rules)
{
  self->by_rules = by_rules;
}

gboolean
hd_word_forms_get_by_rules (HdWordForms *self)
{
  return self->by_rules;
}

/* --- Letters --- */

static gboolean
is_cyrillic (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_CYRILLIC;
}

static gunichar
simplify (gunichar c)
{
  switch (c)
    {
    case 0x0491: /* ґ */
      return 0x0433;

    case 0x0451: /* ё */
      return 0x0435;

    case 0x0142: /* ł, which has nothing that can be taken off */
      return 'l';

    default:
      break;
    }

  return c;
}

/**
 * hd_word_forms_dup_key:
 * @word: a word in lower case
 *
 * Returns: (transfer full): it without apostrophes, accents of Latin letters and the difference of г and ґ; as it is typed where a keyboard lacks letters
 */
char *
hd_word_forms_dup_key (const char *word)
{
  g_autoptr (GString) key = g_string_sized_new (strlen (word));

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = simplify (g_utf8_get_char (p));
      gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

      if (!is_cyrillic (c) && c >= 0x80 && g_unichar_isalpha (c))
        {
          g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
          c = parts[0];
        }

      if (c == SHARP_S)
        g_string_append (key, "ss");
      else if (g_unichar_isalnum (c))
        g_string_append_unichar (key, g_unichar_tolower (c));
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* --- Stems --- */

static void
add_key (GPtrArray  *stems,
         const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autofree char *key = hd_word_forms_dup_key (lower);

  if (*key != '\0' && stems->len < MAX_STEMS && !g_ptr_array_find_with_equal_func (stems, key, g_str_equal, NULL))
    g_ptr_array_add (stems, g_steal_pointer (&key));
}

static void
add_by_rules (GPtrArray         *stems,
              struct sb_stemmer *stemmer,
              const char        *word)
{
  const sb_symbol *stem = sb_stemmer_stem (stemmer, (const sb_symbol *) word, (int) strlen (word));
  g_autofree char *text = stem != NULL ? g_strndup ((const char *) stem, sb_stemmer_length (stemmer)) : NULL;

  if (text != NULL)
    add_key (stems, text);
}

static GStrv
dup_known (HdWordForms *self,
           const char  *word)
{
  return self->by_rules ? g_new0 (char *, 1) : hd_dictionary_dup_stems (word);
}

static void
add_known (HdWordForms *self,
           GPtrArray   *stems,
           const char  *word)
{
  g_auto (GStrv) known = dup_known (self, word);

  for (guint i = 0; known[i] != NULL; i++)
    add_key (stems, known[i]);
}

/* зєднання: after these a person who leaves out the apostrophe leaves a word that is none. */
static char *
dup_with_apostrophe (const char *word)
{
  const char *before = "бпвмфзкрнт";
  const char *after = "яюєї";

  for (const char *p = g_utf8_next_char (word); *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *previous = g_utf8_prev_char (p);

      if (g_utf8_strchr (after, -1, g_utf8_get_char (p)) != NULL &&
          g_utf8_strchr (before, -1, g_utf8_get_char (previous)) != NULL)
        return g_strdup_printf ("%.*s'%s", (int) (p - word), word, p);
    }

  return NULL;
}

static void
add_ukrainian (HdWordForms *self,
               GPtrArray   *stems,
               const char  *word)
{
  g_autofree char *whole = NULL;

  add_known (self, stems, word);
  if (stems->len > 0)
    return;

  whole = strchr (word, '\'') == NULL ? dup_with_apostrophe (word) : NULL;
  if (whole != NULL)
    add_known (self, stems, whole);
  if (stems->len > 0)
    return;

  add_key (stems, word);
  add_by_rules (stems, self->russian, word);
}

static GStrv
make_stems (HdWordForms *self,
            const char  *word)
{
  g_autoptr (GPtrArray) stems = g_ptr_array_new_with_free_func (g_free);
  gunichar first = g_utf8_get_char (word);

  if (strlen (word) > MAX_STEM_BYTES || !g_unichar_isalpha (first))
    {
      add_key (stems, word);
    }
  else if (is_cyrillic (first))
    {
      add_ukrainian (self, stems, word);
    }
  else
    {
      add_key (stems, word);
      add_by_rules (stems, self->english, word);
    }

  g_ptr_array_add (stems, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&stems), FALSE);
}

/**
 * hd_word_forms_get_stems:
 * @self: forms
 * @word: a word in lower case, with the apostrophe of ASCII
 *
 * Returns: (transfer none): what it is found by, until the next call; the likeliest first, and empty for no word
 */
const char *const *
hd_word_forms_get_stems (HdWordForms *self,
                         const char  *word)
{
  GStrv stems = g_hash_table_lookup (self->stems, word);

  if (stems == NULL && self->by_rules)
    {
      g_strfreev (self->passing);
      self->passing = stems = make_stems (self, word);
    }
  else if (stems == NULL)
    {
      if (g_hash_table_size (self->stems) >= MAX_REMEMBERED)
        g_hash_table_remove_all (self->stems);

      stems = make_stems (self, word);
      g_hash_table_insert (self->stems, g_strdup (word), stems);
    }

  return (const char *const *) stems;
}

/* --- As people write it --- */

static gboolean
is_form_of (HdWordForms *self,
            const char  *word,
            const char  *key)
{
  g_auto (GStrv) known = dup_known (self, word);

  return known[0] != NULL && g_strv_contains (hd_word_forms_get_stems (self, word), key);
}

/**
 * hd_word_forms_dup_written:
 * @self: forms of words
 * @key: what a word is found by
 * @typed: what somebody typed who meant it
 *
 * Returns: (transfer full): the word as it is written, with the ending that was typed if it has such a form
 */
char *
hd_word_forms_dup_written (HdWordForms *self,
                           const char  *key,
                           const char  *typed)
{
  g_autofree char *typed_key = hd_word_forms_dup_key (typed);
  g_autofree char *whole = dup_with_apostrophe (key);
  const char *written = whole != NULL && is_form_of (self, whole, key) ? whole : key;
  glong n_typed = g_utf8_strlen (typed_key, -1);
  glong n_key = g_utf8_strlen (key, -1);

  for (glong i = MAX (n_key - 1, 0); i <= MIN (n_key + 1, n_typed); i++)
    {
      g_autofree char *form = g_strconcat (written, g_utf8_offset_to_pointer (typed_key, i), NULL);

      if (is_form_of (self, form, key))
        return g_steal_pointer (&form);
    }

  return g_strdup (written);
}

/* Returns: (transfer full): what changes when other stems would come of the same words */
char *
hd_word_forms_dup_version (void)
{
  g_autofree char *dictionary = hd_dictionary_dup_version ();

  return g_strconcat (RULES_VERSION "/", dictionary, NULL);
}
