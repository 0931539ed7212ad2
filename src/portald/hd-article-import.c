/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-import.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "hd-page-rewriter.h"
#include "hd-page.h"
#include "hd-text.h"

/*
 * Imports a folder of HTML pages with pictures, and the folders in it, as articles.
 *
 * Everything is read and rewritten first; then one transaction puts it into the
 * database, in which only what differs changes.  Importing a folder again
 * brings it up to date: pages that are gone are deleted, those that are the
 * same keep their version.
 */

#define DEFAULT_CATEGORY "Інше"
#define DEFAULT_LANGUAGE "uk"
#define MAX_DEPTH 16

typedef struct
{
  HdDatabase      *database;  /* (unowned) */
  char            *folder;    /* (owned): also the name of the source */
  const char      *category;  /* (nullable) */
  gint64           now;
  GPtrArray       *pages;     /* (owned) (element-type HdPage) */
  GHashTable      *ids;       /* (owned) (element-type filename utf8) */
  GHashTable      *topics;    /* (owned) (element-type utf8 utf8): name by stem */
  HdPageRewriter  *rewriter;  /* (owned) */
  HdArticleImport *done;
} Import;

static void
import_clear (Import *import)
{
  g_clear_pointer (&import->folder, g_free);
  g_clear_pointer (&import->pages, g_ptr_array_unref);
  g_clear_pointer (&import->ids, g_hash_table_unref);
  g_clear_pointer (&import->topics, g_hash_table_unref);
  g_clear_pointer (&import->rewriter, hd_page_rewriter_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_page_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".html") || g_str_has_suffix (lower, ".htm");
}

static gboolean
is_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/* Adds the pages of a folder and of those in it; @prefix is the way there. */
static gboolean
add_pages (GPtrArray   *names,
           const char  *folder,
           const char  *prefix,
           guint        depth,
           GError     **error)
{
  g_autofree char *here = g_build_filename (folder, prefix, NULL);
  g_autoptr (GDir) dir = g_dir_open (here, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (here, name, NULL);
      g_autofree char *relative = g_strconcat (prefix, prefix[0] != '\0' ? "/" : "", name, NULL);

      if (name[0] == '.' || !g_utf8_validate (name, -1, NULL))
        continue;

      if (!is_folder (path) && is_page_name (name))
        g_ptr_array_add (names, g_steal_pointer (&relative));
      else if (is_folder (path) && depth < MAX_DEPTH &&
               !add_pages (names, folder, relative, depth + 1, error))
        return FALSE;
    }

  return dir != NULL;
}

/* Returns: (transfer full) (nullable) (element-type filename): the pages of a
 * folder, always in the same order. */
static GPtrArray *
list_pages (const char  *folder,
            GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!add_pages (names, folder, "", 0, error))
    return NULL;

  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* Takes @page, unless another has the same id: then neither would stay as it is. */
static void
add_page (Import     *import,
          HdPage     *page,
          GHashTable *taken)
{
  const char *other = g_hash_table_lookup (taken, page->id);

  if (other != NULL)
    {
      g_message ("skipped: %s: has the id of %s", page->file_name, other);
      import->done->n_skipped++;
      hd_page_free (page);
      return;
    }

  g_ptr_array_add (import->pages, page);
  g_hash_table_insert (taken, page->id, page->file_name);
  g_hash_table_insert (import->ids, page->file_name, page->id);

  if (page->topic != NULL)
    g_hash_table_replace (import->topics, g_strdup (page->topic), g_strdup (page->topic_name));
}

static gboolean
load_pages (Import  *import,
            GError **error)
{
  g_autoptr (GPtrArray) names = list_pages (import->folder, error);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      HdPage *page = hd_page_load (import->folder, g_ptr_array_index (names, i), &local_error);

      /* One bad page does not keep the others out. */
      if (page == NULL)
        {
          g_message ("skipped: %s", local_error->message);
          import->done->n_skipped++;
          continue;
        }

      add_page (import, page, taken);
    }

  return names != NULL;
}

static gboolean
save_category (HdDatabase  *database,
               const char  *id,
               const char  *parent_id,
               const char  *name,
               GError     **error)
{
  g_autoptr (JsonNode) node = hd_text_take_object (json_object_new ());
  JsonObject *object = json_node_get_object (node);
  g_autofree char *json = NULL;

  hd_text_add_string (object, "id", id);
  hd_text_add_string (object, "parent_id", parent_id);
  hd_text_add_string (object, "name", name);
  json = hd_text_from_json (node);

  return hd_database_run (database, error,
                          "INSERT INTO article_categories VALUES (?, 0, ?)"
                          " ON CONFLICT (id) DO UPDATE SET json = excluded.json", "ss", id, json);
}

static char *
create_category_id (const char *name)
{
  g_autofree char *folded = hd_text_fold (name);
  g_autofree char *hash = hd_text_hash (folded);

  return g_strdup_printf ("kb-%.10s", hash);
}

/* Returns: (transfer full) (nullable): the id of the page's category, which is
 * made if need be: the one it names; else, below what the whole help is called,
 * the topic it is in or, for the page of a topic, is. */
static char *
ensure_category (Import        *import,
                 const HdPage  *page,
                 GError       **error)
{
  const char *root_name = page->category;
  const char *topic = page->topic;
  const char *topic_name;
  g_autofree char *root_id = NULL;
  g_autofree char *topic_id = NULL;

  if (root_name == NULL)
    root_name = import->category != NULL ? import->category : page->root_name;

  if (root_name == NULL)
    root_name = g_hash_table_size (import->topics) > 0 ? page->title : DEFAULT_CATEGORY;

  if (g_hash_table_contains (import->topics, page->stem))
    topic = page->stem;

  root_id = create_category_id (root_name);

  if (!save_category (import->database, root_id, NULL, root_name, error))
    return NULL;

  topic_name = topic != NULL && page->category == NULL
               ? g_hash_table_lookup (import->topics, topic) : NULL;

  if (topic_name == NULL)
    return g_steal_pointer (&root_id);

  topic_id = g_strdup_printf ("%s-%s", root_id, topic);

  return save_category (import->database, topic_id, root_id, topic_name, error)
         ? g_steal_pointer (&topic_id) : NULL;
}

static char *
strings_to_json (char **strings)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);

  json_node_take_array (node, array);
  return hd_text_from_json (node);
}

static gboolean
save_pictures (HdDatabase  *database,
               GPtrArray   *pictures,
               char       **json,
               GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) hashes = NULL;

  for (guint i = 0; i < pictures->len; i++)
    {
      const HdPicture *picture = g_ptr_array_index (pictures, i);

      g_strv_builder_add (builder, picture->sha256);

      if (!hd_database_run (database, error, "INSERT OR REPLACE INTO media VALUES (?, ?)", "ss",
                            picture->sha256, picture->content_type))
        return FALSE;
    }

  hashes = g_strv_builder_end (builder);
  *json = strings_to_json (hashes);
  return TRUE;
}

typedef struct
{
  char *category_id;
  char *keywords;
  char *body;
  char *media;
  char *hash;
} Content;

static void
content_clear (Content *content)
{
  g_clear_pointer (&content->category_id, g_free);
  g_clear_pointer (&content->keywords, g_free);
  g_clear_pointer (&content->body, g_free);
  g_clear_pointer (&content->media, g_free);
  g_clear_pointer (&content->hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static const char *
get_language (const HdPage *page)
{
  return page->language != NULL ? page->language : DEFAULT_LANGUAGE;
}

static gboolean
prepare_content (Import        *import,
                 const HdPage  *page,
                 Content       *content,
                 GError       **error)
{
  g_autoptr (GPtrArray) pictures = NULL;
  g_autofree char *all = NULL;

  content->body = hd_page_rewriter_run (import->rewriter, page, &pictures, error);

  if (content->body == NULL ||
      !save_pictures (import->database, pictures, &content->media, error))
    return FALSE;

  content->category_id = ensure_category (import, page, error);

  if (content->category_id == NULL)
    return FALSE;

  content->keywords = strings_to_json (page->keywords);
  all = g_strjoin ("\n", page->title, page->summary, content->category_id, content->keywords,
                   content->body, content->media, get_language (page), NULL);
  content->hash = hd_text_hash (all);
  return TRUE;
}

/* Returns: whether an article is there with this very content. */
static gboolean
is_unchanged (Import        *import,
              const HdPage  *page,
              const Content *content)
{
  return hd_database_count (import->database,
                            "SELECT COUNT (*) FROM articles WHERE id = ? AND content_hash = ?"
                            " AND deleted = 0", "ss", page->id, content->hash) == 1;
}

static gboolean
save_page (Import        *import,
           const HdPage  *page,
           GError       **error)
{
  HdDatabase *database = import->database;
  g_auto (Content) content = { NULL };
  gint64 published_at = import->now;
  gint64 change;

  if (!prepare_content (import, page, &content, error))
    return FALSE;

  if (is_unchanged (import, page, &content))
    return hd_database_run (database, error, "UPDATE articles SET source = ? WHERE id = ?", "ss",
                            import->folder, page->id);

  import->done->n_changed++;
  hd_text_parse_time (page->published, &published_at);
  change = hd_database_next_change (database, error);

  return change >= 0 &&
         hd_database_run (database, error,
                          "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 0, ?)"
                          " ON CONFLICT (id) DO UPDATE SET source = excluded.source,"
                          " title = excluded.title, summary = excluded.summary,"
                          " category_id = excluded.category_id, keywords = excluded.keywords,"
                          " body = excluded.body, media = excluded.media,"
                          " language = excluded.language, content_hash = excluded.content_hash,"
                          " version = articles.version + 1, updated_at = excluded.updated_at,"
                          " deleted = 0, changed = excluded.changed", "sssssssssslll",
                          page->id, import->folder, page->title, page->summary,
                          content.category_id, content.keywords, content.body, content.media,
                          get_language (page), content.hash, published_at, import->now, change);
}

/* Deletes what came from this folder and is not there any more. */
static gboolean
delete_missing (Import  *import,
                GError **error)
{
  g_autoptr (GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HdRows) rows = NULL;

  for (guint i = 0; i < import->pages->len; i++)
    g_hash_table_add (present, ((HdPage *) g_ptr_array_index (import->pages, i))->id);

  rows = hd_database_query (import->database, error,
                            "SELECT id FROM articles WHERE source = ? AND deleted = 0", "s",
                            import->folder);

  while (rows != NULL && hd_rows_next (rows, NULL))
    {
      if (!g_hash_table_contains (present, hd_rows_get_text (rows, 0)))
        g_ptr_array_add (missing, g_strdup (hd_rows_get_text (rows, 0)));
    }

  for (guint i = 0; i < missing->len; i++)
    {
      gint64 change = hd_database_next_change (import->database, error);

      /* The row stays, without its content, for those who ask what changed. */
      if (change < 0 ||
          !hd_database_run (import->database, error,
                            "UPDATE articles SET deleted = 1, body = '', content_hash = '',"
                            " changed = ? WHERE id = ?", "ls", change,
                            g_ptr_array_index (missing, i)))
        return FALSE;
    }

  import->done->n_deleted = missing->len;
  return rows != NULL;
}

static gboolean
drop_empty_categories (HdDatabase  *database,
                       GError     **error)
{
  return hd_database_run (database, error,
                          "DELETE FROM article_categories WHERE id NOT IN"
                          " (SELECT category_id FROM articles WHERE deleted = 0"
                          "  UNION SELECT json_extract (c.json, '$.parent_id')"
                          "   FROM article_categories c JOIN articles a ON a.category_id = c.id"
                          "   WHERE a.deleted = 0"
                          "   AND json_extract (c.json, '$.parent_id') IS NOT NULL)", "");
}

static gboolean
save_all (Import  *import,
          GError **error)
{
  for (guint i = 0; i < import->pages->len; i++)
    {
      if (!save_page (import, g_ptr_array_index (import->pages, i), error))
        return FALSE;
    }

  return delete_missing (import, error) && drop_empty_categories (import->database, error);
}

/**
 * hd_article_import:
 * @database: the database
 * @folder: a folder of HTML pages with pictures
 * @category: (nullable): the category of the pages that name none
 * @now: the time
 * @done: (out): what was done
 * @error: return location for an error
 *
 * Brings the articles up to date with a folder; all of it or, on an error,
 * nothing.
 */
gboolean
hd_article_import (HdDatabase       *database,
                   const char       *folder,
                   const char       *category,
                   gint64            now,
                   HdArticleImport  *done,
                   GError          **error)
{
  g_auto (Import) import = {
    .database = database,
    .folder = g_canonicalize_filename (folder, NULL),
    .category = category,
    .now = now,
    .pages = g_ptr_array_new_with_free_func ((GDestroyNotify) hd_page_free),
    .ids = g_hash_table_new (g_str_hash, g_str_equal),
    .topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .done = done,
  };

  memset (done, 0, sizeof (*done));

  if (!load_pages (&import, error))
    return FALSE;

  done->n_pages = import.pages->len;
  import.rewriter = hd_page_rewriter_new (import.folder, hd_database_get_data_dir (database),
                                          import.ids);

  return hd_database_begin (database, error) &&
         hd_database_end (database, save_all (&import, error), error);
}
