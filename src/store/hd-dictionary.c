/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-dictionary.h"

#include <glib/gstdio.h>
#include <hunspell/hunspell.h>
#include <malloc.h>
#include <unistd.h>

#include "hd-file-version.h"

/*
 * The dictionary of Ukrainian, as hunspell reads it: one for all threads of the
 * process, since it takes 43 MB.  It is read when it is first asked for, which
 * takes some tenths of a second, and given back when nobody has asked for a while.
 * Who cannot wait asks first whether it is ready; it is for some time then.
 */

#define NAME "uk_UA"
#define IDLE_SECONDS 60

static GMutex reading;  /* held while it is read, and taken before the other */
static GMutex mutex;
static Hunhandle *dictionary;  /* (owned) (nullable) (mutex) */
static gboolean is_missing;    /* (mutex) */
static gint64 last_used;       /* (mutex) */

static char *
find_file (const char *ending)
{
  const char *own = g_getenv ("HELPDESK_DICTIONARIES");
  const char *const *folders = g_get_system_data_dirs ();

  if (own != NULL)
    return g_strconcat (own, G_DIR_SEPARATOR_S NAME, ending, NULL);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (NAME, ending, NULL);
      g_autofree char *path = g_build_filename (folders[i], "hunspell", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }

  return g_strconcat ("/usr/share/hunspell/" NAME, ending, NULL);
}

/* It is many small pieces, of which the process would keep nearly all. */
static gpointer
give_back (gpointer data)
{
  Hunspell_destroy (data);
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return NULL;
}

/* On the main thread, which a tenth of a second of giving back would hold up. */
static gboolean
unload_when_idle_cb (gpointer user_data)
{
  Hunhandle *idle = NULL;
  gboolean is_over;

  g_mutex_lock (&mutex);
  if (g_get_monotonic_time () - last_used > IDLE_SECONDS * G_USEC_PER_SEC)
    idle = g_steal_pointer (&dictionary);
  is_over = dictionary == NULL;
  g_mutex_unlock (&mutex);

  if (idle != NULL)
    g_thread_unref (g_thread_new ("hd-dictionary", give_back, idle));

  return is_over ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* With the lock held. */
static gboolean
is_ready (void)
{
  g_autofree char *rules = NULL;
  g_autofree char *words = NULL;

  last_used = g_get_monotonic_time ();
  if (dictionary != NULL || is_missing)
    return TRUE;

  rules = find_file (".aff");
  words = find_file (".dic");
  is_missing = g_access (rules, R_OK) != 0 || g_access (words, R_OK) != 0;
  return is_missing;
}

/**
 * hd_dictionary_is_ready:
 *
 * Any thread; nothing is read for it, and nobody who reads holds it up.
 *
 * Returns: whether the next minute’s questions are answered at once: it was read, or none is installed
 */
gboolean
hd_dictionary_is_ready (void)
{
  gboolean ready;

  g_mutex_lock (&mutex);
  ready = is_ready ();
  g_mutex_unlock (&mutex);
  return ready;
}

/* Returns: (nullable): NULL where it has another encoding, and is another than the one meant */
static Hunhandle *
read_files (void)
{
  g_autofree char *rules = find_file (".aff");
  g_autofree char *words = find_file (".dic");
  Hunhandle *handle = Hunspell_create (rules, words);

  if (g_ascii_strcasecmp (Hunspell_get_dic_encoding (handle), "UTF-8") != 0)
    g_clear_pointer (&handle, Hunspell_destroy);

  return handle;
}

/**
 * hd_dictionary_read:
 *
 * Any thread.  Returns when it is ready.
 */
void
hd_dictionary_read (void)
{
  g_autoptr (GMutexLocker) locker = NULL;
  Hunhandle *handle;

  locker = g_mutex_locker_new (&reading);
  if (hd_dictionary_is_ready ())
    return;

  handle = read_files ();
  if (handle != NULL)
    g_timeout_add_seconds (IDLE_SECONDS, unload_when_idle_cb, NULL);

  g_mutex_lock (&mutex);
  last_used = g_get_monotonic_time ();
  dictionary = handle;
  is_missing = handle == NULL;
  g_mutex_unlock (&mutex);
}

static GStrv
ask (int (*function)(Hunhandle *, char ***, const char *),
     const char  *word)
{
  char **list = NULL;
  GStrv words = NULL;
  int n_words;

  g_mutex_lock (&mutex);
  while (!is_ready ())
    {
      g_mutex_unlock (&mutex);
      hd_dictionary_read ();
      g_mutex_lock (&mutex);
    }

  if (dictionary != NULL)
    {
      n_words = function (dictionary, &list, word);
      words = g_new0 (char *, n_words + 1);
      for (int i = 0; i < n_words; i++)
        words[i] = g_utf8_make_valid (list[i], -1);
      Hunspell_free_list (dictionary, &list, n_words);
    }
  g_mutex_unlock (&mutex);

  return words != NULL ? words : g_new0 (char *, 1);
}

/**
 * hd_dictionary_dup_stems:
 * @word: a word in lower case, with the apostrophe of ASCII
 *
 * Any thread.
 *
 * Returns: (transfer full): what it may be a form of; nothing for a word that is not known, or without the dictionary
 */
GStrv
hd_dictionary_dup_stems (const char *word)
{
  return ask (Hunspell_stem, word);
}

/**
 * hd_dictionary_dup_similar:
 * @word: a word in lower case
 *
 * Any thread.  It takes some milliseconds.
 *
 * Returns: (transfer full): words that may have been meant, the likeliest first
 */
GStrv
hd_dictionary_dup_similar (const char *word)
{
  return ask (Hunspell_suggest, word);
}

/**
 * hd_dictionary_dup_version:
 *
 * Any thread; nothing is loaded for it.
 *
 * Returns: (transfer full): what changes when the dictionary does, is installed or removed
 */
char *
hd_dictionary_dup_version (void)
{
  g_autofree char *path = find_file (".dic");
  g_autofree char *version = hd_file_version_dup (path);

  return version != NULL ? g_strconcat (NAME " ", version, NULL) : g_strdup ("none");
}

/* Returns: whether it takes memory just now */
gboolean
hd_dictionary_is_loaded (void)
{
  gboolean is_loaded;

  g_mutex_lock (&mutex);
  is_loaded = dictionary != NULL;
  g_mutex_unlock (&mutex);
  return is_loaded;
}

/* Gives its memory back, and looks for it anew when it is next asked for. */
void
hd_dictionary_unload (void)
{
  Hunhandle *unloaded;

  g_mutex_lock (&mutex);
  unloaded = g_steal_pointer (&dictionary);
  is_missing = FALSE;
  g_mutex_unlock (&mutex);

  if (unloaded != NULL)
    give_back (unloaded);
}
