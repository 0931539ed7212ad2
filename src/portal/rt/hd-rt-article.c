/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-rt-article.h"

#include <string.h>

#include "hd-html-sanitizer.h"
#include "hd-json.h"
#include "hd-rt-field.h"
#include "hd-rt-json.h"

/*
 * An article of RT as an article or an announcement of ours.  Its text is HTML as
 * it was typed, scripts and all; what is kept of it is safe to show, with its
 * pictures and its links to other articles under our names.  Any thread.
 */

typedef struct
{
  GPtrArray *media;  /* (element-type utf8): names of the pictures */
} Rewriting;

/* `…/REST/2.0/download/cf/17`, whatever is before it. */
static char *
dup_picture_name (const char *address)
{
  g_autoptr (GRegex) regex = g_regex_new ("/download/cf/(\\d+)(?:[/?#].*)?$", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;

  if (!g_regex_match (regex, address, 0, &match))
    return NULL;

  number = g_match_info_fetch (match, 1);
  return g_strconcat (HD_RT_FIELD_PREFIX, number, NULL);
}

static void
note_picture (Rewriting  *rewriting,
              const char *name)
{
  if (!g_ptr_array_find_with_equal_func (rewriting->media, name, g_str_equal, NULL))
    g_ptr_array_add (rewriting->media, g_strdup (name));
}

static char *
map_image (const char *address,
           gpointer    user_data)
{
  g_autofree char *name = dup_picture_name (address);

  if (name == NULL)
    return g_str_has_prefix (address, "data:") ? g_strdup (address) : NULL;

  note_picture (user_data, name);
  return g_strconcat ("media:", name, NULL);
}

/* `…/Articles/Article/Display.html?id=3`, or the same of the self-service. */
static char *
map_link (const char *address,
          gpointer    user_data)
{
  g_autoptr (GRegex) regex = g_regex_new ("/Article/Display\\.html\\?(?:.*[&;])?id=(\\d+)", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;

  if (!g_regex_match (regex, address, 0, &match))
    return g_strdup (address);

  number = g_match_info_fetch (match, 1);
  return g_strconcat ("article:", number, NULL);
}

static char *
dup_safe_html (const char *html,
               Rewriting  *rewriting)
{
  const HdHtmlRewriter rewriter = { map_image, map_link, NULL, rewriting };
  g_autoptr (HdHtmlTree) tree = hd_html_tree_parse (html, strlen (html));
  const GumboNode *body = hd_html_find_tag (hd_html_tree_get_root (tree), GUMBO_TAG_BODY);

  return body != NULL ? hd_html_sanitize_node (body, &rewriter) : g_strdup ("");
}

/* --- Its custom fields --- */

static JsonArray *
find_values (HdRtSite   *site,
             JsonObject *item,
             HdRtRole    role)
{
  JsonArray *fields = hd_json_get_array (item, "CustomFields");

  for (guint i = 0; i < hd_rt_json_get_length (fields); i++)
    {
      JsonObject *field = hd_rt_json_get_element (fields, i);

      if (hd_rt_site_plays (site, role, hd_rt_json_get_text (field, "name")))
        return hd_json_get_array (field, "values");
    }

  return NULL;
}

/* Pictures that are not in the text stand below it. */
static void
append_picture (GString    *html,
                JsonObject *value,
                Rewriting  *rewriting)
{
  const char *type = hd_rt_json_get_text (value, "content_type");
  const char *address = hd_rt_json_get_text (value, "_url");
  g_autofree char *name = address != NULL ? dup_picture_name (address) : NULL;
  guint n_before = rewriting->media->len;

  if (name == NULL || type == NULL || !g_str_has_prefix (type, "image/"))
    return;

  note_picture (rewriting, name);

  if (rewriting->media->len > n_before)
    g_string_append_printf (html, "<p><img src=\"media:%s\" alt=\"\"></p>", name);
}

static void
append_pictures (GString    *html,
                 JsonObject *item,
                 Rewriting  *rewriting)
{
  JsonArray *fields = hd_json_get_array (item, "CustomFields");

  for (guint i = 0; i < hd_rt_json_get_length (fields); i++)
    {
      JsonArray *values = hd_json_get_array (hd_rt_json_get_element (fields, i), "values");

      for (guint j = 0; j < hd_rt_json_get_length (values); j++)
        append_picture (html, hd_rt_json_get_element (values, j), rewriting);
    }
}

static char *
dup_body (HdRtSite   *site,
          JsonObject *item,
          Rewriting  *rewriting)
{
  const char *text = hd_rt_json_get_value (find_values (site, item, HD_RT_ROLE_BODY), 0);
  g_autofree char *safe = dup_safe_html (text != NULL ? text : "", rewriting);
  g_autoptr (GString) html = g_string_new (safe);

  append_pictures (html, item, rewriting);
  return g_strdup (html->str);
}

static GStrv
dup_keywords (HdRtSite   *site,
              JsonObject *item)
{
  JsonArray *values = find_values (site, item, HD_RT_ROLE_KEYWORDS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < hd_rt_json_get_length (values); i++)
    {
      if (hd_rt_json_get_value (values, i) != NULL)
        g_strv_builder_add (builder, hd_rt_json_get_value (values, i));
    }

  return g_strv_builder_end (builder);
}

/**
 * hd_rt_section_dup_id:
 * @class_id: a class of articles
 * @path: (nullable): the path of a category in it: “Мережа / VPN”; %NULL for the class itself
 *
 * Returns: (transfer full): the id of the category
 */
char *
hd_rt_section_dup_id (const char *class_id,
                      const char *path)
{
  g_auto (GStrv) parts = NULL;

  if (path == NULL)
    return g_strdup (class_id);

  parts = g_strsplit (path, HD_RT_SECTION_SEPARATOR, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);

  {
    g_autofree char *joined = g_strjoinv (HD_RT_SECTION_SEPARATOR, parts);

    return g_strconcat (class_id, ":", joined, NULL);
  }
}

/* --- What it becomes --- */

/**
 * hd_rt_article_new:
 * @site: what is what
 * @item: an article of a list, with its custom fields
 *
 * Returns: (transfer full) (nullable): the article, if it is one
 */
HdArticle *
hd_rt_article_new (HdRtSite   *site,
                   JsonObject *item)
{
  g_autofree char *id = hd_rt_json_dup_id (item, "id");
  g_autofree char *class_id = hd_rt_json_dup_ref_id (item, "Class");
  const char *title = hd_rt_json_get_text (item, "Name");
  const char *section = hd_rt_json_get_value (find_values (site, item, HD_RT_ROLE_SECTION), 0);
  g_autoptr (GPtrArray) media = g_ptr_array_new_with_free_func (g_free);
  Rewriting rewriting = { media };
  g_autofree char *body = NULL;
  g_autofree char *category_id = NULL;
  g_auto (GStrv) keywords = NULL;
  g_autoptr (GDateTime) published_at = hd_rt_json_get_time (item, "Created");
  g_autoptr (GDateTime) updated_at = hd_rt_json_get_time (item, "LastUpdated");

  if (id == NULL || title == NULL || class_id == NULL)
    return NULL;

  body = dup_body (site, item, &rewriting);
  g_ptr_array_add (media, NULL);
  category_id = hd_rt_section_dup_id (class_id, section);
  keywords = dup_keywords (site, item);
  return g_object_new (HD_TYPE_ARTICLE,
                       "id", id,
                       "title", title,
                       "summary", hd_rt_json_get_text (item, "Summary"),
                       "category-id", category_id,
                       "keywords", keywords,
                       "body", body,
                       "media", media->pdata,
                       "published-at", published_at,
                       "updated-at", updated_at,
                       NULL);
}

/**
 * hd_rt_announcement_new:
 * @site: what is what
 * @item: an article of a class of news
 *
 * Returns: (transfer full) (nullable): the announcement, if it is one
 */
HdAnnouncement *
hd_rt_announcement_new (HdRtSite   *site,
                        JsonObject *item)
{
  g_autofree char *id = hd_rt_json_dup_id (item, "id");
  const char *title = hd_rt_json_get_text (item, "Name");
  g_autoptr (GPtrArray) media = g_ptr_array_new_with_free_func (g_free);
  Rewriting rewriting = { media };
  g_autofree char *body = NULL;
  g_autoptr (GDateTime) published_at = hd_rt_json_get_time (item, "Created");

  if (id == NULL || title == NULL)
    return NULL;

  body = dup_body (site, item, &rewriting);
  return g_object_new (HD_TYPE_ANNOUNCEMENT,
                       "id", id,
                       "title", title,
                       "summary", hd_rt_json_get_text (item, "Summary"),
                       "body", body,
                       "published-at", published_at,
                       NULL);
}
