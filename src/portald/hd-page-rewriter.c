/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-page-rewriter.h"

#include <stdlib.h>
#include <string.h>

#include "hd-blobs.h"
#include "hd-html-sanitizer.h"

/*
 * Turns a page in a folder into the body of an article: pictures become
 * “media:HASH”, with their bytes kept, links to other pages of the folder
 * become “article:ID”, and what is furniture of the page is left out.
 */

#define MAX_PICTURE_SIZE (20 * 1024 * 1024)

struct _HdPageRewriter
{
  char         *folder;    /* (owned): with symbolic links resolved */
  char         *data_dir;  /* (owned) */
  GHashTable   *ids;       /* (owned) (element-type filename utf8) */
  const HdPage *page;      /* (unowned): the one at work */
  GPtrArray    *pictures;  /* (owned) (element-type HdPicture) */
  GError       *error;     /* (owned) (nullable): the disk is full … */
};

static void
picture_free (gpointer data)
{
  HdPicture *picture = data;

  g_free (picture->sha256);
  g_free (picture->content_type);
  g_free (picture);
}

/* Returns: (nullable): the type, if it is a picture that every reader can show.
 * By what is in the file, not by what it is called. */
static const char *
guess_picture_type (GBytes *bytes)
{
  static const struct
  {
    const char *type;
    gsize       offset;
    const char *magic;
  } known[] = {
    { "image/png", 0, "\x89PNG\r\n\x1a\n" },
    { "image/jpeg", 0, "\xff\xd8\xff" },
    { "image/gif", 0, "GIF8" },
    { "image/webp", 8, "WEBP" },
  };
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      gsize length = strlen (known[i].magic);

      if (size >= known[i].offset + length &&
          memcmp (data + known[i].offset, known[i].magic, length) == 0)
        return known[i].type;
    }

  return g_strstr_len (data, (gssize) MIN (size, 4096), "<svg") != NULL ? "image/svg+xml" : NULL;
}

/* Returns: (transfer full) (nullable): a file of the folder, never one outside. */
static char *
resolve (HdPageRewriter *self,
         const char     *address)
{
  g_autofree char *plain = g_strndup (address, strcspn (address, "?#"));
  g_autofree char *name = g_uri_unescape_string (plain, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *prefix = g_strconcat (self->folder, G_DIR_SEPARATOR_S, NULL);
  g_autofree char *path = NULL;
  char *real;

  if (name == NULL || name[0] == '\0' || strchr (plain, ':') != NULL)
    return NULL;

  folder = g_path_get_dirname (self->page->file_name);
  joined = g_build_filename (self->folder, folder, name, NULL);
  real = realpath (joined, NULL);
  path = g_strdup (real);
  free (real);

  return path != NULL && g_str_has_prefix (path, prefix) ? g_steal_pointer (&path) : NULL;
}

static GBytes *
load_picture (const char *path)
{
  g_autoptr (GMappedFile) file = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;

  file = g_mapped_file_new (path, FALSE, NULL);

  if (file == NULL || g_mapped_file_get_length (file) == 0 ||
      g_mapped_file_get_length (file) > MAX_PICTURE_SIZE)
    return NULL;

  return g_mapped_file_get_bytes (file);
}

static void
add_picture (HdPageRewriter *self,
             const char     *sha256,
             const char     *content_type)
{
  HdPicture *picture;

  for (guint i = 0; i < self->pictures->len; i++)
    {
      if (g_str_equal (((HdPicture *) g_ptr_array_index (self->pictures, i))->sha256, sha256))
        return;
    }

  picture = g_new0 (HdPicture, 1);
  picture->sha256 = g_strdup (sha256);
  picture->content_type = g_strdup (content_type);
  g_ptr_array_add (self->pictures, picture);
}

static char *
map_image (const char *address,
           gpointer    user_data)
{
  HdPageRewriter *self = user_data;
  g_autofree char *path = resolve (self, address);
  g_autoptr (GBytes) bytes = path != NULL ? load_picture (path) : NULL;
  const char *type = bytes != NULL ? guess_picture_type (bytes) : NULL;
  g_autofree char *sha256 = NULL;

  if (type == NULL || self->error != NULL)
    return NULL;

  sha256 = hd_blobs_add (self->data_dir, bytes, &self->error);

  if (sha256 == NULL)
    return NULL;

  add_picture (self, sha256, type);
  return g_strconcat ("media:", sha256, NULL);
}

/* Returns: (transfer none) (nullable): the id of the page at an address, as seen
 * from the page at work. */
static const char *
find_page (HdPageRewriter *self,
           const char     *address)
{
  g_autofree char *name = g_uri_unescape_string (address, NULL);
  g_autofree char *folder = g_path_get_dirname (self->page->file_name);
  g_autofree char *root = g_build_filename (G_DIR_SEPARATOR_S, folder, NULL);
  g_autofree char *path = NULL;

  if (name == NULL || name[0] == '\0' || g_path_is_absolute (name))
    return NULL;

  path = g_canonicalize_filename (name, root);
  return g_hash_table_lookup (self->ids, path + 1);
}

static char *
map_link (const char *address,
          gpointer    user_data)
{
  HdPageRewriter *self = user_data;
  g_autofree char *plain = g_strndup (address, strcspn (address, "?#"));
  const char *fragment = strchr (address, '#');
  const char *id;

  /* The web, or a place on this page. */
  if (strchr (plain, ':') != NULL || (plain[0] == '\0' && fragment != NULL))
    return g_strdup (address);

  id = find_page (self, plain);

  if (id == NULL)
    return NULL;

  return g_strconcat ("article:", id, fragment, NULL);
}

/* The title is shown above the body, and the ways through the folder are not
 * those through the knowledge base. */
static gboolean
is_left_out (const GumboNode *element,
             gpointer         user_data)
{
  HdPageRewriter *self = user_data;
  g_autofree char *text = NULL;

  if (hd_html_is_element (element, GUMBO_TAG_H1))
    {
      text = hd_html_dup_text (element);
      return g_str_equal (text, self->page->title);
    }

  return hd_html_is_element (element, GUMBO_TAG_NAV) ||
         hd_html_is_element (element, GUMBO_TAG_FOOTER) ||
         (hd_html_is_element (element, GUMBO_TAG_HEADER) && self->page->root_name != NULL) ||
         hd_html_has_class (element, "guidelinks") ||
         hd_html_has_class (element, "trails");
}

/**
 * hd_page_rewriter_new:
 * @folder: the folder of the pages
 * @data_dir: the data folder, for the pictures
 * @ids: (element-type filename utf8): the articles' ids by the pages' names
 *
 * Returns: (transfer full): a rewriter
 */
HdPageRewriter *
hd_page_rewriter_new (const char *folder,
                      const char *data_dir,
                      GHashTable *ids)
{
  HdPageRewriter *self = g_new0 (HdPageRewriter, 1);
  char *real = realpath (folder, NULL);

  self->folder = g_strdup (real != NULL ? real : folder);
  self->data_dir = g_strdup (data_dir);
  self->ids = g_hash_table_ref (ids);
  free (real);
  return self;
}

/**
 * hd_page_rewriter_run:
 * @self: a rewriter
 * @page: a page
 * @pictures: (out) (transfer full) (element-type HdPicture): what it shows
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the body of the article
 */
char *
hd_page_rewriter_run (HdPageRewriter  *self,
                      const HdPage    *page,
                      GPtrArray      **pictures,
                      GError         **error)
{
  const HdHtmlRewriter rewriter = { map_image, map_link, is_left_out, self };
  g_autofree char *body = NULL;

  self->page = page;
  self->pictures = g_ptr_array_new_with_free_func (picture_free);
  body = hd_html_sanitize_node (hd_page_get_main (page), &rewriter);
  *pictures = g_steal_pointer (&self->pictures);

  if (self->error != NULL)
    {
      g_clear_pointer (pictures, g_ptr_array_unref);
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }

  return g_strdup (g_strstrip (body));
}

void
hd_page_rewriter_free (HdPageRewriter *self)
{
  g_free (self->folder);
  g_free (self->data_dir);
  g_hash_table_unref (self->ids);
  g_clear_error (&self->error);
  g_free (self);
}
