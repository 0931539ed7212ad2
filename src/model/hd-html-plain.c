/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-html-plain.h"

#include <string.h>

#include "hd-html-tree.h"

/*
 * HTML as a letter in plain text would say it: paragraphs, lines, lists, where
 * links lead and what pictures show.
 */

typedef struct
{
  GString  *text;
  gboolean  preformatted;
} Writer;

static const char *const silent[] = {
  "head", "iframe", "meta", "noscript", "object", "script", "style", "svg", "template", "title", NULL
};

/* Elements that stand apart from what is before and after them. */
static const char *const paragraphs[] = {
  "blockquote", "dl", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul", NULL
};

static const char *const lines[] = {
  "address", "article", "aside", "caption", "dd", "div", "dt", "footer", "header", "li", "section", "tr", NULL
};

static void write_node (Writer          *writer,
                        const GumboNode *node,
                        guint            depth);

static guint
count_line_ends (GString *text)
{
  guint n = 0;

  while (n < text->len && text->str[text->len - 1 - n] == '\n')
    n++;

  return n;
}

/* Ends the line, with @n_empty empty ones after it. */
static void
end_line (Writer *writer,
          guint   n_empty)
{
  GString *text = writer->text;

  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);

  if (text->len == 0)
    return;

  for (guint i = count_line_ends (text); i < n_empty + 1; i++)
    g_string_append_c (text, '\n');
}

static void
write_text (Writer     *writer,
            const char *words)
{
  GString *text = writer->text;

  if (writer->preformatted)
    {
      g_string_append (text, words);
      return;
    }

  for (; *words != '\0'; words++)
    {
      if (!g_ascii_isspace (*words))
        g_string_append_c (text, *words);
      else if (text->len > 0 && text->str[text->len - 1] != ' ' && text->str[text->len - 1] != '\n')
        g_string_append_c (text, ' ');
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

/* What a picture shows, in brackets; one that came with the letter by what the letter calls it. */
static void
write_picture (Writer          *writer,
               const GumboNode *node)
{
  const char *source = hd_html_get_attribute (node, "src");
  const char *words = source != NULL && g_str_has_prefix (source, "cid:") ? source : hd_html_get_attribute (node, "alt");

  if (words != NULL && *words != '\0')
    g_string_append_printf (writer->text, "[%s]", words);
}

static void
write_link (Writer          *writer,
            const GumboNode *node,
            guint            depth)
{
  const char *address = hd_html_get_attribute (node, "href");
  gsize start = writer->text->len;

  write_children (writer, node, depth);

  if (address != NULL && (g_str_has_prefix (address, "http:") || g_str_has_prefix (address, "https:")) &&
      strstr (writer->text->str + start, address) == NULL)
    g_string_append_printf (writer->text, " <%s>", address);
}

static void
write_block (Writer          *writer,
             const GumboNode *node,
             const char      *name,
             guint            depth)
{
  guint n_empty = g_strv_contains (paragraphs, name) ? 1 : 0;
  gboolean was_preformatted = writer->preformatted;

  end_line (writer, n_empty);

  if (g_str_equal (name, "li"))
    g_string_append (writer->text, "• ");

  writer->preformatted = was_preformatted || g_str_equal (name, "pre");
  write_children (writer, node, depth);
  writer->preformatted = was_preformatted;
  end_line (writer, n_empty);
}

static void
write_element (Writer          *writer,
               const GumboNode *node,
               guint            depth)
{
  const char *name = gumbo_normalized_tagname (node->v.element.tag);

  if (node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML || g_strv_contains (silent, name))
    return;

  if (g_str_equal (name, "br"))
    {
      g_string_append_c (writer->text, '\n');
    }
  else if (g_str_equal (name, "img"))
    {
      write_picture (writer, node);
    }
  else if (g_str_equal (name, "a"))
    {
      write_link (writer, node, depth);
    }
  else if (g_strv_contains (paragraphs, name) || g_strv_contains (lines, name))
    {
      write_block (writer, node, name, depth);
    }
  else
    {
      write_children (writer, node, depth);

      /* Cells of a row. */
      if (g_str_equal (name, "td") || g_str_equal (name, "th"))
        write_text (writer, "  ");
    }
}

static void
write_node (Writer          *writer,
            const GumboNode *node,
            guint            depth)
{
  if (depth > HD_HTML_MAX_DEPTH)
    return;

  if (node->type == GUMBO_NODE_ELEMENT)
    write_element (writer, node, depth);
  else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
    write_text (writer, node->v.text.text);
}

/**
 * hd_html_to_plain:
 * @html: (nullable): any HTML
 *
 * Returns: (transfer full): what it says, as plain text; empty for none
 */
char *
hd_html_to_plain (const char *html)
{
  g_autoptr (HdHtmlTree) tree = hd_html_tree_parse (html != NULL ? html : "", html != NULL ? strlen (html) : 0);
  Writer writer = { g_string_new (NULL), FALSE };

  write_node (&writer, hd_html_tree_get_root (tree), 0);

  return g_strstrip (g_string_free (writer.text, FALSE));
}

/**
 * hd_html_from_plain:
 * @text: plain text
 *
 * Returns: (transfer full): HTML that shows the same
 */
char *
hd_html_from_plain (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autoptr (GString) html = g_string_new (escaped);

  g_string_replace (html, "\r\n", "\n", 0);
  g_string_replace (html, "\n", "<br>\n", 0);

  return g_strdup (html->str);
}
