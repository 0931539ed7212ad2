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
 * A thing may have a name of several words; those are found as a phrase, but only
 * a single word that is typed is looked up.
 */

/* Each is one more thing to look for with every key that is typed. */
#define MAX_OTHERS 32
#define MAX_FILE_SIZE (1024 * 1024)

struct _HdSynonyms
{
  HdWordForms  *forms;   /* (unowned) */
  GStringChunk *names;   /* (owned): as they are written, each once */
  GHashTable   *others;  /* (owned) (element-type utf8 GPtrArray): for a stem, the other names of its lines */
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
      others = g_ptr_array_new ();
      g_hash_table_insert (self->others, g_strdup (stem), others);
    }

  if (others->len < MAX_OTHERS && !g_ptr_array_find_with_equal_func (others, other, g_str_equal, NULL))
    g_ptr_array_add (others, g_string_chunk_insert_const (self->names, other));
}

static void
take_line (HdSynonyms *self,
           const char *line)
{
  g_auto (GStrv) names = hd_name_lines_split (line);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) stems = g_ptr_array_new_with_free_func (g_free);
      Name name = { self->forms, stems, 0 };

      hd_search_tokenizer_each_word (names[i], strlen (names[i]), take_word, &name);

      for (guint j = 0; name.n_words == 1 && j < stems->len; j++)
        {
          for (guint k = 0; names[k] != NULL; k++)
            {
              if (k != i)
                add_other (self, stems->pdata[j], names[k]);
            }
        }
    }
}

/**
 * hd_synonyms_new:
 * @forms: forms of words, which must live as long
 *
 * Returns: (transfer full): no words yet
 */
HdSynonyms *
hd_synonyms_new (HdWordForms *forms)
{
  HdSynonyms *self = g_new0 (HdSynonyms, 1);

  self->forms = forms;
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
 * @lines: (nullable): more of them, which add to what is there
 */
void
hd_synonyms_add (HdSynonyms        *self,
                 const char *const *lines)
{
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    take_line (self, lines[i]);
}

/* Returns: (transfer none) (element-type utf8) (nullable): what else the thing is called, a few dozens at most */
GPtrArray *
hd_synonyms_get (HdSynonyms *self,
                 const char *stem)
{
  return g_hash_table_lookup (self->others, stem);
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
