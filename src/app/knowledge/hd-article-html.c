/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-html.h"

#include <gumbo.h>
#include <string.h>

#include "hd-html.h"

/*
 * An article's body comes from a server and is not trusted: here it is parsed
 * as a browser would, and written anew from what is known to be harmless.  The
 * web view has scripts and the network switched off as well.
 */

/* The parser frees its tree recursively, so a document of a million open tags
 * would end the program; no article has this many. */
#define MAX_TAGS 50000

/* Depth at which a hostile document is cut; the walk is recursive. */
#define MAX_DEPTH 200

typedef struct
{
  GString   *html;        /* (nullable) */
  GPtrArray *headings;    /* (nullable) (element-type HdHeading) */
  guint      n_headings;
} Walk;

static const char *const elements[] = {
  "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot",
  "tr", "td", "th", "caption", "colgroup", "col", "div", "span", "section", "article", "aside", "figure",
  "figcaption", "blockquote", "pre", "code", "kbd", "samp", "var", "em", "strong", "b", "i", "u", "s", "sub", "sup",
  "small", "br", "hr", "a", "img", "abbr", "mark", "q", "cite", "details", "summary", "address", "header", "footer",
  "main", "nav", "ins", "del", "dfn", "time", "wbr", NULL
};

/* What may stay with all that is in it, and what goes with all that is in it. */
static const char *const dropped[] = {
  "script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math", "form", "input", "button",
  "select", "textarea", "video", "audio", "canvas", "head", "title", "link", "meta", "base", NULL
};

static const char *const void_elements[] = { "br", "hr", "img", "col", "wbr", NULL };

static const char *const attributes[] = {
  "id", "class", "alt", "title", "colspan", "rowspan", "width", "height", "lang", "dir", "start", "open", NULL
};

static void walk_children (Walk        *walk,
                           GumboVector *children,
                           int          depth);

static void
append_escaped (GString    *html,
                const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

static gboolean
is_safe_target (const char *attribute,
                const char *value)
{
  static const char *const link_schemes[] = { "article:", "https:", "http:", "mailto:", "tel:", "#", NULL };
  const char *scheme;

  if (g_str_equal (attribute, "src"))
    return g_str_has_prefix (value, "media:") || hd_html_is_data_picture (value);

  for (guint i = 0; (scheme = link_schemes[i]) != NULL; i++)
    {
      if (g_ascii_strncasecmp (value, scheme, strlen (scheme)) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_safe_attribute (GumboAttribute *attribute)
{
  if (g_str_equal (attribute->name, "href") || g_str_equal (attribute->name, "src"))
    return is_safe_target (attribute->name, attribute->value);

  return g_strv_contains (attributes, attribute->name);
}

static void
append_attribute (GString    *html,
                  const char *name,
                  const char *value)
{
  g_string_append_printf (html, " %s=\"", name);
  append_escaped (html, value);
  g_string_append_c (html, '"');
}

/* The words of an element and of all in it. */
static void
collect_text (GumboNode *node,
              GString   *text,
              int        depth)
{
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
    g_string_append (text, node->v.text.text);

  if (node->type != GUMBO_NODE_ELEMENT || depth > MAX_DEPTH)
    return;

  for (guint i = 0; i < node->v.element.children.length; i++)
    collect_text (node->v.element.children.data[i], text, depth + 1);
}

static char *
dup_words (GumboNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  collect_text (node, text, 0);
  words = g_strsplit_set (text->str, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (line->len > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, words[i]);
    }

  return g_strdup (line->str);
}

static void
heading_free (gpointer data)
{
  HdHeading *heading = data;

  g_free (heading->id);
  g_free (heading->text);
  g_free (heading);
}

/* A heading's own id, or one by its number. */
static char *
dup_heading_id (Walk      *walk,
                GumboNode *node)
{
  GumboAttribute *id = gumbo_get_attribute (&node->v.element.attributes, "id");

  walk->n_headings++;
  return id != NULL && *id->value != '\0' ? g_strdup (id->value) : g_strdup_printf ("hd-heading-%u", walk->n_headings);
}

static void
note_heading (Walk       *walk,
              GumboNode  *node,
              int         level,
              const char *id)
{
  g_autofree char *text = dup_words (node);
  HdHeading *heading;

  if (walk->headings == NULL || *text == '\0')
    return;

  heading = g_new0 (HdHeading, 1);
  heading->level = level;
  heading->id = g_strdup (id);
  heading->text = g_steal_pointer (&text);
  g_ptr_array_add (walk->headings, heading);
}

static void
open_element (Walk       *walk,
              GumboNode  *node,
              const char *name,
              const char *heading_id)
{
  GumboVector *list = &node->v.element.attributes;

  if (walk->html == NULL)
    return;

  g_string_append_printf (walk->html, "<%s", name);

  for (guint i = 0; i < list->length; i++)
    {
      GumboAttribute *attribute = list->data[i];

      if (is_safe_attribute (attribute) && (heading_id == NULL || !g_str_equal (attribute->name, "id")))
        append_attribute (walk->html, attribute->name, attribute->value);
    }

  if (heading_id != NULL)
    append_attribute (walk->html, "id", heading_id);

  g_string_append_c (walk->html, '>');
}

static void
walk_element (Walk      *walk,
              GumboNode *node,
              int        depth)
{
  const char *name = gumbo_normalized_tagname (node->v.element.tag);
  g_autofree char *heading_id = NULL;

  if (g_strv_contains (dropped, name) || depth > MAX_DEPTH)
    return;

  if (!g_strv_contains (elements, name))
    {
      walk_children (walk, &node->v.element.children, depth);
      return;
    }

  if (g_str_equal (name, "h2") || g_str_equal (name, "h3"))
    {
      heading_id = dup_heading_id (walk, node);
      note_heading (walk, node, name[1] - '0', heading_id);
    }

  open_element (walk, node, name, heading_id);

  if (g_strv_contains (void_elements, name))
    return;

  walk_children (walk, &node->v.element.children, depth);

  if (walk->html != NULL)
    g_string_append_printf (walk->html, "</%s>", name);
}

static void
walk_children (Walk        *walk,
               GumboVector *children,
               int          depth)
{
  for (guint i = 0; i < children->length; i++)
    {
      GumboNode *child = children->data[i];

      if (child->type == GUMBO_NODE_ELEMENT)
        walk_element (walk, child, depth + 1);
      else if (walk->html != NULL &&
               (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE))
        append_escaped (walk->html, child->v.text.text);
    }
}

/**
 * hd_article_html_get_safe_length:
 * @body: an HTML fragment from a portal
 *
 * Returns: how many bytes of it can be parsed without harm
 */
gsize
hd_article_html_get_safe_length (const char *body)
{
  guint n_tags = 0;
  const char *p;

  for (p = body; *p != '\0'; p++)
    {
      if (*p == '<' && ++n_tags > MAX_TAGS)
        break;
    }

  return (gsize) (p - body);
}

static void
walk_body (Walk       *walk,
           const char *body)
{
  GumboOptions options = kGumboDefaultOptions;
  g_autofree char *tame = hd_html_dup_tame (body);
  GumboOutput *output;

  options.max_errors = 0;
  output = gumbo_parse_with_options (&options, tame, hd_article_html_get_safe_length (tame));
  walk_children (walk, &output->root->v.element.children, 0);
  gumbo_destroy_output (&options, output);
}

static const char policy[] = "default-src 'none'; img-src media: data:; style-src 'unsafe-inline'";

/* The measure is about 70 characters, and that of HdArticleColumn; colours are Adwaita's. */
static const char stylesheet[] =
  "html{font:11.5pt/1.6 %s,sans-serif;background:%s;color:%s}"
  "body{max-width:640px;margin:0 auto;padding:0 24px 48px;overflow-wrap:break-word;hyphens:auto}"
  "@media screen and (max-width:599px){body{padding:0 12px 48px}}"
  "a[href]{color:%s}h1,h2,h3{line-height:1.25;margin:1.6em 0 .5em}h2{font-size:1.25em}h3{font-size:1.08em}"
  "img{max-width:100%%;height:auto;border-radius:8px}figure{margin:1.2em 0}figcaption{opacity:.75;font-size:.9em}"
  "table{border-collapse:collapse;display:block;overflow-x:auto;margin:1em 0}"
  "td,th{border:1px solid %s;padding:.4em .7em;text-align:start;vertical-align:top}"
  "code,kbd,samp,pre{font-family:monospace;font-size:.92em}"
  "kbd{border:1px solid %s;border-radius:5px;padding:.05em .4em}"
  "pre{overflow-x:auto;padding:12px;border-radius:8px;background:%s}"
  "blockquote,aside,.note{margin:1em 0;padding:.6em 1em;border-inline-start:4px solid %s;border-radius:6px;background:%s}"
  ".note>:first-child,blockquote>:first-child{margin-top:0}.note>:last-child,blockquote>:last-child{margin-bottom:0}"
  "hr{border:0;border-top:1px solid %s}li{margin:.3em 0}mark{background:#f8e45c;color:#000}.on-paper{display:none}";

/* Whatever is on screen, paper is white, and nothing on it scrolls. */
static const char paper_stylesheet[] =
  "@media print{html{background:#fff;color:#000}body{max-width:none;padding:0}a{color:#1a5fb4}"
  ".on-paper{display:block;font-size:1.6em;margin:0 0 .6em}h1,h2,h3{break-after:avoid}"
  "img,figure,tr,aside,.note{break-inside:avoid}table{display:table}pre{white-space:pre-wrap}"
  "td,th,kbd,hr{border-color:#999}pre,blockquote,aside,.note{background:none;color:#000}}";

static void
append_stylesheet (GString              *html,
                   const HdArticleStyle *style)
{
  const char *ground = style->is_dark ? "#1e1e1e" : "#ffffff";
  const char *text = style->is_dark ? "#ffffff" : (style->is_high_contrast ? "#000000" : "#323232");
  const char *accent = style->is_dark ? "#78aeed" : "#1a5fb4";
  const char *line = style->is_high_contrast ? text : (style->is_dark ? "#5a5a5a" : "#cfcfcf");
  const char *shade = style->is_dark ? "#303030" : "#f3f3f3";
  g_autofree char *family = g_strescape (style->font_family, NULL);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", family);

  g_strdelimit (quoted + 1, "<>{};", ' ');
  g_string_append_printf (html, stylesheet, quoted, ground, text, accent, line, line, shade, accent, shade, line);
  g_string_append (html, paper_stylesheet);
}

static void
append_paper_title (GString    *html,
                    const char *title)
{
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (html, "<h1 class=\"on-paper\">%s</h1>", escaped);
}

/**
 * hd_article_html_dup_document:
 * @body: an HTML fragment from a portal
 * @style: how it should look
 *
 * Returns: (transfer full): a whole document that runs nothing and fetches nothing
 *   but `media:` pictures; others stand in it
 */
char *
hd_article_html_dup_document (const char           *body,
                              const HdArticleStyle *style)
{
  Walk walk = { g_string_new (NULL), NULL, 0 };

  g_string_append (walk.html, "<!DOCTYPE html><html");
  if (style->language != NULL)
    append_attribute (walk.html, "lang", style->language);
  g_string_append_printf (walk.html, "><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\""
                          " content=\"%s\"><meta name=\"color-scheme\" content=\"%s\"><style>",
                          policy, style->is_dark ? "dark" : "light");
  append_stylesheet (walk.html, style);
  g_string_append (walk.html, "</style></head><body>");
  append_paper_title (walk.html, style->title);
  walk_body (&walk, body);
  g_string_append (walk.html, "</body></html>");

  return g_string_free (walk.html, FALSE);
}

/**
 * hd_article_html_dup_headings:
 * @body: an HTML fragment from a portal
 *
 * Returns: (transfer full) (element-type HdHeading): the table of contents; the
 *   ids are those in the document that is made of the same body
 */
GPtrArray *
hd_article_html_dup_headings (const char *body)
{
  Walk walk = { NULL, g_ptr_array_new_with_free_func (heading_free), 0 };

  walk_body (&walk, body);
  return walk.headings;
}
