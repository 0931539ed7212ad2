/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-synonyms.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hd-error.h"
#include "hd-name-lines.h"
#include "hd-search-tokenizer.h"

/*
 * Words for the same thing, of lists that add to one another (hd-name-lines.h).
 * A thing may have a name of several words, which is found as a phrase.
 */

/* Each is one more thing to look for with every key that is typed. */
#define MAX_OTHERS 32
#define MAX_KEYS 16
#define MAX_FILE_SIZE (1024 * 1024)

struct _HdSynonyms
{
  GStringChunk *names;   /* (owned): as they are written, each once */
  GHashTable   *others;  /* (owned) (element-type utf8 GPtrArray): for the stems of a name, the other names of its lines */
};

/* What a name is looked up by: the stems of its words, a key for each of their readings. */
static GPtrArray *
begin_keys (void)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (keys, g_strdup (""));
  return keys;
}

/* Takes @keys. */
static GPtrArray *
extend_keys (HdWordForms *forms,
             GPtrArray   *keys,
             const char  *word)
{
  g_autoptr (GPtrArray) begun = keys;
  GPtrArray *extended = g_ptr_array_new_with_free_func (g_free);
  const char *const *stems = hd_word_forms_get_stems (forms, word);

  for (guint i = 0; i < begun->len; i++)
    {
      for (guint j = 0; stems[j] != NULL && extended->len < MAX_KEYS; j++)
        g_ptr_array_add (extended, g_strconcat (begun->pdata[i], " ", stems[j], NULL));
    }

  return extended;
}

typedef struct
{
  HdWordForms *forms;  /* (unowned) */
  GPtrArray   *keys;  /* (owned) */
} Name;

static int
take_word (const char *word,
           gsize       start,
           gsize       end,
           gpointer    user_data)
{
  Name *name = user_data;

  name->keys = extend_keys (name->forms, name->keys, word);
  return 0;
}

static void
add_other (HdSynonyms *self,
           const char *key,
           const char *other)
{
  GPtrArray *others = g_hash_table_lookup (self->others, key);

  if (others == NULL)
    {
      others = g_ptr_array_new ();
      g_hash_table_insert (self->others, g_strdup (key), others);
    }

  if (others->len < MAX_OTHERS && !g_ptr_array_find_with_equal_func (others, other, g_str_equal, NULL))
    g_ptr_array_add (others, g_string_chunk_insert_const (self->names, other));
}

static void
take_line (HdSynonyms  *self,
           HdWordForms *forms,
           const char  *line)
{
  g_auto (GStrv) names = hd_name_lines_split (line);

  for (guint i = 0; names[i] != NULL; i++)
    {
      Name name = { forms, begin_keys () };
      g_autoptr (GPtrArray) keys = NULL;

      hd_search_tokenizer_each_word (names[i], strlen (names[i]), take_word, &name);
      keys = name.keys;

      for (guint j = 0; j < keys->len; j++)
        {
          for (guint k = 0; names[k] != NULL; k++)
            {
              if (k != i)
                add_other (self, keys->pdata[j], names[k]);
            }
        }
    }
}

/* Returns: (transfer full): no words yet */
HdSynonyms *
hd_synonyms_new (void)
{
  HdSynonyms *self = g_new0 (HdSynonyms, 1);

  self->names = g_string_chunk_new (4096);
  self->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
hd_synonyms_free (HdSynonyms *self)
{
  g_hash_table_unref (self->others);
  g_string_chunk_free (self->names);
  g_free (self);
}

/**
 * hd_synonyms_add:
 * @self: words
 * @forms: forms of words
 * @lines: (nullable): more of them, which add to what is there
 */
void
hd_synonyms_add (HdSynonyms        *self,
                 HdWordForms       *forms,
                 const char *const *lines)
{
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    take_line (self, forms, lines[i]);
}

/**
 * hd_synonyms_dup_others:
 * @self: words
 * @forms: forms of words
 * @words: (array length=n_words): a name, by its words
 * @n_words: how many
 *
 * Returns: (transfer full): what else the thing is called, a few dozens at most
 */
GStrv
hd_synonyms_dup_others (HdSynonyms        *self,
                        HdWordForms       *forms,
                        const char *const *words,
                        guint              n_words)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GPtrArray) keys = NULL;
  GPtrArray *begun = begin_keys ();

  for (guint i = 0; i < n_words; i++)
    begun = extend_keys (forms, begun, words[i]);
  keys = begun;

  for (guint i = 0; i < keys->len; i++)
    {
      GPtrArray *others = g_hash_table_lookup (self->others, keys->pdata[i]);

      for (guint j = 0; others != NULL && j < others->len; j++)
        g_strv_builder_add (found, others->pdata[j]);
    }

  return g_strv_builder_end (found);
}

/* --- Files --- */

/* Returns: (nullable): what it is that is not read: what could be without end, or wait for somebody to write into it */
static const char *
find_fault (const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return g_strerror (errno);

  if (!S_ISREG (info.st_mode))
    return "not a file";

  return info.st_size > MAX_FILE_SIZE ? "more than 1 MB" : NULL;
}

/**
 * hd_synonyms_read_file:
 * @path: a list that somebody keeps by hand: UTF-8, at most 1 MB
 * @error: return location for a %HD_ERROR_SETTINGS
 *
 * Returns: (transfer full) (nullable): its lines
 */
GStrv
hd_synonyms_read_file (const char  *path,
                       GError     **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;
  const char *fault = find_fault (path);
  gsize length = 0;

  if (fault == NULL && !g_file_get_contents (path, &text, &length, &cause))
    fault = cause->message;
  else if (fault == NULL && !g_utf8_validate (text, (gssize) length, NULL))
    fault = "not UTF-8";

  if (fault == NULL)
    return hd_name_lines_from_text (text);

  g_set_error (error, HD_ERROR, HD_ERROR_SETTINGS, "%s: %s", path, fault);
  return NULL;
}
