/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-vocabulary.h"

#include <gio/gio.h>

#include "hd-dictionary.h"
#include "hd-file-version.h"
#include "hd-name-lines.h"
#include "hd-portal-info.h"
#include "hd-record-json.h"
#include "hd-search-resources.h"
#include "hd-synonyms.h"

/*
 * What takes some tenths of a second to have of the words: the dictionary, which
 * is given back when nobody asks, and the list of other names, all of whose words
 * are looked up in it.  A thread of its own reads the one and makes the other.
 */

#define SYNONYMS "/ua/gov/customs/HelpDesk/search/synonyms.uk"

struct _HdVocabulary
{
  char       *file;  /* (owned) (nullable): a list that adds to the others */
  char       *version;  /* (owned) (nullable): of that */
  char       *info;  /* (owned) (nullable): what the portal says of itself, with more of them */
  HdSynonyms *synonyms;  /* (owned) (nullable): only the thread's while it is busy and there are none */
  int         is_busy;  /* (atomic) */
};

/**
 * hd_vocabulary_new:
 * @file: (nullable): a list of other names (hd_synonyms_read_file())
 * @info: (nullable): JSON of a #HdPortalInfo
 *
 * Returns: (transfer full): one with no other names, until it is made
 */
HdVocabulary *
hd_vocabulary_new (const char *file,
                   const char *info)
{
  HdVocabulary *self = g_atomic_rc_box_new0 (HdVocabulary);

  self->file = g_strdup (file);
  self->version = file != NULL ? hd_file_version_dup (file) : NULL;
  self->info = g_strdup (info);
  return self;
}

HdVocabulary *
hd_vocabulary_ref (HdVocabulary *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
vocabulary_clear (gpointer data)
{
  HdVocabulary *self = data;

  g_free (self->file);
  g_free (self->version);
  g_free (self->info);
  g_clear_pointer (&self->synonyms, hd_synonyms_free);
}

void
hd_vocabulary_unref (HdVocabulary *self)
{
  g_atomic_rc_box_release_full (self, vocabulary_clear);
}

/* Returns: whether its lists are those that there are now */
gboolean
hd_vocabulary_is_current (HdVocabulary *self,
                          const char   *info)
{
  g_autofree char *version = self->file != NULL ? hd_file_version_dup (self->file) : NULL;

  return g_strcmp0 (self->version, version) == 0 && g_strcmp0 (self->info, info) == 0;
}

/* --- On the thread --- */

static void
add_built_in (HdSynonyms  *synonyms,
              HdWordForms *forms)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (hd_search_get_resource (), SYNONYMS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : g_strdup ("");
  g_auto (GStrv) lines = hd_name_lines_from_text (text);

  hd_synonyms_add (synonyms, forms, (const char *const *) lines);
}

/* A file that cannot be used is told by helpdeskctl doctor. */
static void
add_of_file (HdSynonyms  *synonyms,
             HdWordForms *forms,
             const char  *path)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = hd_synonyms_read_file (path, &error);

  if (error != NULL)
    g_debug ("other words: %s", error->message);

  hd_synonyms_add (synonyms, forms, (const char *const *) lines);
}

static void
add_of_portal (HdSynonyms  *synonyms,
               HdWordForms *forms,
               const char  *json)
{
  g_autoptr (HdPortalInfo) info = hd_record_new_from_string (HD_TYPE_PORTAL_INFO, json, NULL);

  if (info != NULL)
    hd_synonyms_add (synonyms, forms, hd_portal_info_get_synonyms (info));
}

/* Where there is no room for more, who is nearer to the person goes first: this computer's administrator. */
static HdSynonyms *
make_synonyms (HdVocabulary *self)
{
  g_autoptr (HdWordForms) forms = hd_word_forms_new ();
  HdSynonyms *synonyms = hd_synonyms_new ();

  add_built_in (synonyms, forms);
  if (self->file != NULL)
    add_of_file (synonyms, forms, self->file);
  if (self->info != NULL)
    add_of_portal (synonyms, forms, self->info);

  return synonyms;
}

typedef struct
{
  HdVocabulary *vocabulary;  /* (owned) */
  GAsyncQueue  *queue;  /* (owned): may be all that is left of who asked */
  gpointer      news;  /* (unowned) */
} Making;

static gpointer
run_thread (gpointer data)
{
  g_autofree Making *making = data;
  g_autoptr (HdVocabulary) self = making->vocabulary;

  hd_dictionary_read ();
  if (self->synonyms == NULL)
    self->synonyms = make_synonyms (self);

  g_atomic_int_set (&self->is_busy, FALSE);
  g_async_queue_push (making->queue, making->news);
  g_async_queue_unref (making->queue);
  return NULL;
}

/**
 * hd_vocabulary_make:
 * @self: a vocabulary that is not busy
 * @queue: where to tell that it is not busy any more
 * @news: (transfer none): with what
 *
 * Reads the dictionary where it is not in memory, and makes the list where that was not done yet.
 */
void
hd_vocabulary_make (HdVocabulary *self,
                    GAsyncQueue  *queue,
                    gpointer      news)
{
  Making *making = g_new (Making, 1);

  making->vocabulary = hd_vocabulary_ref (self);
  making->queue = g_async_queue_ref (queue);
  making->news = news;

  g_atomic_int_set (&self->is_busy, TRUE);
  g_thread_unref (g_thread_new ("hd-vocabulary", run_thread, making));
}

gboolean
hd_vocabulary_is_busy (HdVocabulary *self)
{
  return g_atomic_int_get (&self->is_busy);
}

/* Returns: (transfer full): what else the thing is called that one or several words name; for one that was made */
GStrv
hd_vocabulary_dup_others (HdVocabulary      *self,
                          HdWordForms       *forms,
                          const char *const *words,
                          guint              n_words)
{
  return hd_synonyms_dup_others (self->synonyms, forms, words, n_words);
}
