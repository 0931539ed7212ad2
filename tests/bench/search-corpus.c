/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-corpus.h"

#include <string.h>

#include "hd-html-text.h"

/* Pages to be searched: HTML files of a folder. */

void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->id);
  g_free (page->title);
  g_free (page->body);
  g_free (page);
}

static char *
dup_between (const char *html,
             const char *start,
             const char *end)
{
  const char *from = strstr (html, start);
  const char *to;

  if (from == NULL || (from = strchr (from, '>')) == NULL)
    return NULL;

  to = strstr (from, end);
  return to != NULL ? g_strndup (from + 1, to - from - 1) : g_strdup (from + 1);
}

static Page *
read_page (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *html = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autofree char *no_headings = NULL;
  Page *page = g_new0 (Page, 1);

  if (!g_file_get_contents (path, &html, NULL, NULL))
    g_error ("%s cannot be read", path);

  title = dup_between (html, "<title", "</title>");
  body = dup_between (html, "<body", "</body>");
  hd_html_to_text (title, &page->title, &no_headings);
  page->id = g_strndup (name, strlen (name) - strlen (".html"));
  page->body = body != NULL ? g_steal_pointer (&body) : g_steal_pointer (&html);
  return page;
}

GPtrArray *
read_pages (const char *folder)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (page_free);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      if (g_str_has_suffix (name, ".html"))
        g_ptr_array_add (pages, read_page (folder, name));
    }

  if (pages->len == 0)
    g_error ("%s has no pages", folder);

  return pages;
}

/* The help as HTML, by the tool that Debian has for it. */
char *
make_corpus (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "corpus", NULL);
  const char *command[] = { "yelp-build", "html", "-o", path, GNOME_HELP, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_mkdir_with_parents (path, 0700);
  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("The corpus could not be made (yelp-tools, gnome-user-docs): %s", error->message);

  return g_steal_pointer (&path);
}
