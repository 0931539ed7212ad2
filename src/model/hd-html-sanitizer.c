/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-html-sanitizer.h"

#include <string.h>

#include "hd-html.h"

/*
 * Writes a tree of HTML anew, with the elements, attributes and addresses that
 * text needs, and no others.
 *
 * What is on no list is not written: an element that we do not know leaves its
 * text behind, one that may run, load or ask for something leaves nothing.
 */

#define MAX_NAME 100

typedef struct
{
  GString              *html;
  const HdHtmlRewriter *rewriter;  /* (nullable) */
} Writer;

static const char *const allowed[] = {
  "a", "abbr", "address", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
  "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3",
  "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
  "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
  "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr", NULL
};

static const char *const removed[] = {
  "applet", "area", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "frame",
  "frameset", "head", "iframe", "input", "keygen", "link", "map", "marquee", "math", "meta",
  "noembed", "noframes", "noscript", "object", "option", "param", "plaintext", "script",
  "select", "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp", NULL
};

static const char *const empty_elements[] = { "br", "col", "hr", "img", "wbr", NULL };

/* “*” is any element. */
static const struct
{
  const char *element;
  const char *attribute;
} attributes[] = {
  { "*", "id" },
  { "*", "lang" },
  { "*", "dir" },
  { "*", "title" },
  { "img", "alt" },
  { "img", "width" },
  { "img", "height" },
  { "td", "colspan" },
  { "td", "rowspan" },
  { "th", "colspan" },
  { "th", "rowspan" },
  { "th", "scope" },
  { "col", "span" },
  { "colgroup", "span" },
  { "ol", "start" },
  { "ol", "type" },
  { "li", "value" },
  { "time", "datetime" },
};

static void write_node (Writer          *writer,
                        const GumboNode *node,
                        guint            depth);

static void
append_escaped (GString    *html,
                const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '&')
        g_string_append (html, "&amp;");
      else if (*p == '<')
        g_string_append (html, "&lt;");
      else if (*p == '>')
        g_string_append (html, "&gt;");
      else if (*p == '"')
        g_string_append (html, "&quot;");
      else
        g_string_append_c (html, *p);
    }
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

static gboolean
is_safe_link (const char *address)
{
  static const char *const prefixes[] = {
    "http://", "https://", "mailto:", "tel:", "#", "article:", NULL
  };

  for (const char *const *prefix = prefixes; *prefix != NULL; prefix++)
    {
      if (g_ascii_strncasecmp (address, *prefix, strlen (*prefix)) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A picture by the name that the portal gives it. */
static gboolean
is_media (const char *address)
{
  const char *name = address + strlen ("media:");

  return g_str_has_prefix (address, "media:") && *name != '\0' && strlen (name) <= MAX_NAME &&
         strspn (name, "0123456789abcdefghijklmnopqrstuvwxyz-") == strlen (name);
}

/* Whoever rewrites addresses decides whether to have pictures in the page. */
static gboolean
is_picture (Writer     *writer,
            const char *address)
{
  return is_media (address) || (writer->rewriter != NULL && hd_html_is_data_picture (address));
}

static char *
map_address (Writer     *writer,
             const char *address,
             gboolean    is_image)
{
  g_autofree char *stripped = g_strstrip (g_strdup (address));
  const HdHtmlRewriter *rewriter = writer->rewriter;

  if (rewriter == NULL)
    return g_steal_pointer (&stripped);

  return is_image ? rewriter->map_image (stripped, rewriter->user_data)
                  : rewriter->map_link (stripped, rewriter->user_data);
}

static void
write_attributes (Writer          *writer,
                  const GumboNode *node,
                  const char      *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      const char *value;

      if (attributes[i].element[0] != '*' && !g_str_equal (attributes[i].element, name))
        continue;

      value = hd_html_get_attribute (node, attributes[i].attribute);

      /* What links led to before there was “id”. */
      if (value == NULL && g_str_equal (name, "a") && g_str_equal (attributes[i].attribute, "id"))
        value = hd_html_get_attribute (node, "name");

      if (value != NULL)
        append_attribute (writer->html, attributes[i].attribute, value);
    }
}

static void
write_children (Writer          *writer,
                const GumboNode *node,
                guint            depth)
{
  const GumboVector *children = &node->v.element.children;

  for (guint i = 0; i < children->length; i++)
    write_node (writer, children->data[i], depth + 1);
}

static void
write_image (Writer          *writer,
             const GumboNode *node)
{
  const char *source = hd_html_get_attribute (node, "src");
  g_autofree char *address = source != NULL ? map_address (writer, source, TRUE) : NULL;

  const char *words = hd_html_get_attribute (node, "alt");

  /* A picture that is not there is not shown as a broken one, but said in words. */
  if (address == NULL || !is_picture (writer, address))
    {
      append_escaped (writer->html, words != NULL ? words : "");
      return;
    }

  g_string_append (writer->html, "<img");
  append_attribute (writer->html, "src", address);
  write_attributes (writer, node, "img");
  g_string_append_c (writer->html, '>');
}

/* Whether links may lead to an element. */
static gboolean
is_target (const GumboNode *node,
           const char      *name)
{
  return hd_html_get_attribute (node, "id") != NULL ||
         (g_str_equal (name, "a") && hd_html_get_attribute (node, "name") != NULL);
}

/* Boxes that are only there for the looks of the page they come from. */
static gboolean
is_box (const char *name)
{
  static const char *const boxes[] = { "a", "div", "p", "section", "span", NULL };

  return g_strv_contains (boxes, name);
}

/* What a note is for those who cannot see its colour. */
static const char *
get_written_name (const GumboNode *node,
                  const char      *name)
{
  return g_str_equal (name, "div") && hd_html_has_class (node, "note") ? "blockquote" : name;
}

static void
write_element (Writer          *writer,
               const GumboNode *node,
               const char      *name,
               guint            depth)
{
  const char *target = g_str_equal (name, "a") ? hd_html_get_attribute (node, "href") : NULL;
  g_autofree char *address = target != NULL ? map_address (writer, target, FALSE) : NULL;
  gsize start = writer->html->len;
  gsize inside;
  gboolean is_plain_span;

  name = get_written_name (node, name);
  g_string_append_printf (writer->html, "<%s", name);

  if (address != NULL && is_safe_link (address))
    append_attribute (writer->html, "href", address);

  write_attributes (writer, node, name);
  g_string_append_c (writer->html, '>');

  if (g_strv_contains (empty_elements, name))
    return;

  is_plain_span = g_str_equal (writer->html->str + start, "<span>");

  if (is_plain_span)
    g_string_truncate (writer->html, start);

  inside = writer->html->len;
  write_children (writer, node, depth);

  /* An empty box is dropped, unless links may lead to it. */
  if (is_box (name) && !is_target (node, name) &&
      writer->html->str[inside + strspn (writer->html->str + inside, " \t\r\n")] == '\0')
    g_string_truncate (writer->html, start);
  else if (!is_plain_span)
    g_string_append_printf (writer->html, "</%s>", name);
}

static void
write_node (Writer          *writer,
            const GumboNode *node,
            guint            depth)
{
  const HdHtmlRewriter *rewriter = writer->rewriter;
  const char *name;

  if (depth > HD_HTML_MAX_DEPTH)
    return;

  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
      node->type == GUMBO_NODE_CDATA)
    {
      append_escaped (writer->html, node->v.text.text);
      return;
    }

  if (node->type != GUMBO_NODE_ELEMENT ||
      node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML)
    return;

  name = gumbo_normalized_tagname (node->v.element.tag);

  if (g_strv_contains (removed, name) ||
      (rewriter != NULL && rewriter->is_left_out != NULL &&
       rewriter->is_left_out (node, rewriter->user_data)))
    return;

  if (g_str_equal (name, "img"))
    write_image (writer, node);
  else if (g_strv_contains (allowed, name))
    write_element (writer, node, name, depth);
  else
    write_children (writer, node, depth);
}

/**
 * hd_html_sanitize_node:
 * @node: an element
 * @rewriter: (nullable): what to do about addresses
 *
 * Returns: (transfer full): what is in the element, safe to show
 */
char *
hd_html_sanitize_node (const GumboNode      *node,
                       const HdHtmlRewriter *rewriter)
{
  Writer writer = { g_string_new (NULL), rewriter };

  if (node->type == GUMBO_NODE_ELEMENT)
    write_children (&writer, node, 0);

  return g_string_free (writer.html, FALSE);
}

/**
 * hd_html_sanitize:
 * @html: (nullable): any HTML, or none
 *
 * Returns: (transfer full): the same, safe to show
 */
char *
hd_html_sanitize (const char *html)
{
  g_autoptr (HdHtmlTree) tree = hd_html_tree_parse (html != NULL ? html : "",
                                                    html != NULL ? strlen (html) : 0);
  const GumboNode *body = hd_html_find_tag (hd_html_tree_get_root (tree), GUMBO_TAG_BODY);

  return body != NULL ? hd_html_sanitize_node (body, NULL) : g_strdup ("");
}
