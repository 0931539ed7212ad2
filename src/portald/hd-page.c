/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-page.h"

#include <string.h>

/*
 * What a page of HTML says about itself: title, summary, category, keywords.
 *
 * Knows two kinds of pages: those with <meta> elements of ours
 * (“helpdesk:id”, “helpdesk:category”, “helpdesk:published”, “keywords”,
 * “description”), and those made by yelp-build, whose trails of links say
 * which topic a page belongs to.
 */

#define MAX_PAGE_SIZE (8 * 1024 * 1024)
#define MAX_TAGS 200000
#define MAX_SUMMARY 240

void
hd_page_free (HdPage *self)
{
  g_free (self->file_name);
  g_free (self->stem);
  g_free (self->id);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->category);
  g_free (self->topic);
  g_free (self->topic_name);
  g_free (self->root_name);
  g_free (self->language);
  g_free (self->published);
  g_strfreev (self->keywords);
  g_clear_pointer (&self->tree, hd_html_tree_free);
  g_free (self);
}

/* Returns: (transfer full) (nullable): the encoding that the page claims. */
static char *
find_charset (const char *data,
              gsize       size)
{
  g_autofree char *head = g_strndup (data, MIN (size, 2048));
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *found = strstr (lower, "charset=");

  if (found == NULL)
    return NULL;

  found += strlen ("charset=");
  found += strspn (found, "\"' ");
  return g_strndup (found, strspn (found, "abcdefghijklmnopqrstuvwxyz0123456789-_"));
}

/* Whether a page says falsely that it is UTF-8: more of it is no character than
 * is one beyond ASCII. */
static gboolean
is_false_utf8 (const char *data,
               gsize       size)
{
  const char *end = data + size;
  gsize n_good = 0;
  gsize n_bad = 0;

  for (const char *p = data; p < end;)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);
      gboolean is_bad = c == (gunichar) -1 || c == (gunichar) -2;

      n_bad += is_bad ? 1 : 0;
      n_good += !is_bad && c > 0x7f ? 1 : 0;
      p = is_bad ? p + 1 : g_utf8_next_char (p);
    }

  return n_bad > n_good;
}

/* There is no NUL in HTML, and texts end there. */
static char *
drop_nuls (const char *data,
           gsize       size)
{
  char *copy = g_malloc (size + 1);
  gsize n = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (data[i] != '\0')
        copy[n++] = data[i];
    }

  copy[n] = '\0';
  return copy;
}

/**
 * hd_page_to_utf8:
 * @data: a page in whatever encoding
 * @size: its length in bytes
 *
 * Returns: (transfer full): the page in UTF-8; what is neither UTF-8 nor says
 *   what else it is is taken for the Cyrillic encoding of old Windows
 */
char *
hd_page_to_utf8 (const char *data,
                 gsize       size)
{
  g_autofree char *clean = NULL;
  g_autofree char *charset = NULL;
  char *text = NULL;

  if (size >= 2 && ((guchar) data[0] == 0xff || (guchar) data[0] == 0xfe) &&
      ((guchar) data[1] == 0xff || (guchar) data[1] == 0xfe))
    return g_convert (data, (gssize) (size & ~(gsize) 1), "UTF-8", "UTF-16", NULL, NULL, NULL);

  clean = drop_nuls (data, size);
  size = strlen (clean);

  if (g_utf8_validate (clean, (gssize) size, NULL))
    return g_steal_pointer (&clean);

  charset = find_charset (clean, size);

  if (charset != NULL && g_str_has_prefix (charset, "utf") && !is_false_utf8 (clean, size))
    text = g_utf8_make_valid (clean, (gssize) size);
  else if (charset != NULL && !g_str_has_prefix (charset, "utf"))
    text = g_convert_with_fallback (clean, (gssize) size, "UTF-8", charset, "?", NULL, NULL, NULL);

  if (text == NULL)
    text = g_convert_with_fallback (clean, (gssize) size, "UTF-8", "WINDOWS-1251", "?", NULL, NULL,
                                    NULL);

  return text;
}

static guint
count_tags (const char *html)
{
  guint n = 0;

  for (const char *p = strchr (html, '<'); p != NULL; p = strchr (p + 1, '<'))
    n++;

  return n;
}

static char *
read_page (const char  *folder,
           const char  *file_name,
           GError     **error)
{
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autofree char *data = NULL;
  g_autofree char *html = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;

  html = size <= MAX_PAGE_SIZE ? hd_page_to_utf8 (data, size) : NULL;

  if (html == NULL || count_tags (html) > MAX_TAGS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: too large, or not a page",
                   file_name);
      return NULL;
    }

  return g_steal_pointer (&html);
}

static gboolean
has_meta_name (const GumboNode *element,
               gpointer         user_data)
{
  const char *name;

  if (!hd_html_is_element (element, GUMBO_TAG_META))
    return FALSE;

  name = hd_html_get_attribute (element, "name");
  return name != NULL && g_ascii_strcasecmp (name, user_data) == 0;
}

/* Returns: (transfer full) (nullable): what a <meta> says, if it says anything. */
static char *
dup_meta (const HdPage *self,
          const char   *name)
{
  const GumboNode *meta = hd_html_find (hd_html_tree_get_root (self->tree), has_meta_name,
                                        (gpointer) name);
  const char *content = meta != NULL ? hd_html_get_attribute (meta, "content") : NULL;
  g_autofree char *text = g_strstrip (g_strdup (content != NULL ? content : ""));

  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
has_class (const GumboNode *element,
           gpointer         user_data)
{
  return hd_html_has_class (element, user_data);
}

/**
 * hd_page_get_main:
 * @self: a page
 *
 * Returns: (transfer none): the element with what the page is about
 */
const GumboNode *
hd_page_get_main (const HdPage *self)
{
  static const GumboTag tags[] = { GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN, GUMBO_TAG_BODY };
  const GumboNode *root = hd_html_tree_get_root (self->tree);

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      const GumboNode *found = hd_html_find_tag (root, tags[i]);

      if (found != NULL)
        return found;
    }

  return root;
}

static char *
dup_title (const HdPage *self)
{
  static const GumboTag tags[] = { GUMBO_TAG_TITLE, GUMBO_TAG_H1 };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      const GumboNode *found = hd_html_find_tag (hd_html_tree_get_root (self->tree), tags[i]);
      g_autofree char *text = found != NULL ? hd_html_dup_text (found) : g_strdup ("");

      if (text[0] != '\0')
        return g_steal_pointer (&text);
    }

  return g_strdup (self->stem);
}

/* Cuts at a word, if it must. */
static char *
shorten (const char *text)
{
  const char *end;
  const char *space;

  if (g_utf8_strlen (text, -1) <= MAX_SUMMARY)
    return g_strdup (text);

  end = g_utf8_offset_to_pointer (text, MAX_SUMMARY - 1);
  space = g_strrstr_len (text, end - text, " ");

  return g_strdup_printf ("%.*s…", (int) ((space != NULL ? space : end) - text), text);
}

static gboolean
is_first_paragraph (const GumboNode *element,
                    gpointer         user_data)
{
  g_autofree char *text = NULL;

  if (!hd_html_is_element (element, GUMBO_TAG_P))
    return FALSE;

  text = hd_html_dup_text (element);
  return text[0] != '\0';
}

static char *
dup_summary (const HdPage *self)
{
  g_autofree char *description = dup_meta (self, "description");
  const GumboNode *paragraph;
  g_autofree char *text = NULL;

  if (description != NULL)
    return shorten (description);

  paragraph = hd_html_find (hd_page_get_main (self), is_first_paragraph, NULL);
  text = paragraph != NULL ? hd_html_dup_text (paragraph) : g_strdup ("");
  return shorten (text);
}

static char **
split_keywords (const HdPage *self)
{
  g_autofree char *all = dup_meta (self, "keywords");
  g_auto (GStrv) parts = g_strsplit (all != NULL ? all : "", ",", -1);
  g_autoptr (GStrvBuilder) keywords = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_strstrip (parts[i])[0] != '\0')
        g_strv_builder_add (keywords, parts[i]);
    }

  return g_strv_builder_end (keywords);
}

static char *
dup_stem (const char *file_name)
{
  const char *dot = strrchr (file_name, '.');

  return dot != NULL ? g_strndup (file_name, (gsize) (dot - file_name)) : g_strdup (file_name);
}

/* The first trail of a page made by yelp-build: help » topic » … */
static void
read_trail (HdPage *self)
{
  const GumboNode *trail = hd_html_find (hd_html_tree_get_root (self->tree), has_class,
                                         (gpointer) "trail");
  guint n_links = 0;

  for (guint i = 0; trail != NULL && i < trail->v.element.children.length; i++)
    {
      const GumboNode *link = trail->v.element.children.data[i];
      const char *target = hd_html_is_element (link, GUMBO_TAG_A)
                           ? hd_html_get_attribute (link, "href") : NULL;
      const char *title;

      if (target == NULL)
        continue;

      title = hd_html_get_attribute (link, "title");

      if (n_links == 0)
        {
          self->root_name = title != NULL ? g_strdup (title) : hd_html_dup_text (link);
        }
      else if (n_links == 1)
        {
          self->topic = dup_stem (target);
          self->topic_name = hd_html_dup_text (link);
        }

      n_links++;
    }
}

static char *
dup_language (const HdPage *self)
{
  const GumboNode *root = hd_html_tree_get_root (self->tree);
  const GumboNode *body = hd_html_find_tag (root, GUMBO_TAG_BODY);
  const char *language = hd_html_get_attribute (root, "lang");

  if (language == NULL && body != NULL)
    language = hd_html_get_attribute (body, "lang");

  return g_strdup (language);
}

/**
 * hd_page_load:
 * @folder: a folder
 * @file_name: a page in it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the page
 */
HdPage *
hd_page_load (const char  *folder,
              const char  *file_name,
              GError     **error)
{
  g_autofree char *html = read_page (folder, file_name, error);
  g_autofree char *base_name = g_path_get_basename (file_name);
  HdPage *self;

  if (html == NULL)
    return NULL;

  self = g_new0 (HdPage, 1);
  self->file_name = g_strdup (file_name);
  self->stem = dup_stem (base_name);
  self->tree = hd_html_tree_parse (html, strlen (html));
  self->id = dup_meta (self, "helpdesk:id");
  self->category = dup_meta (self, "helpdesk:category");
  self->published = dup_meta (self, "helpdesk:published");
  self->title = dup_title (self);
  self->summary = dup_summary (self);
  self->keywords = split_keywords (self);
  self->language = dup_language (self);
  read_trail (self);

  if (self->id == NULL)
    self->id = g_strdelimit (dup_stem (file_name), "/", '-');

  return self;
}
