/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-text.h"

#include <gumbo.h>
#include <string.h>

#include "hd-article-html.h"
#include "hd-html.h"

/* HTML as a text buffer: headings, paragraphs, lists, links.  Pictures are their descriptions. */

#define MAX_DEPTH 200

typedef struct
{
  GtkTextBuffer *buffer;
  gboolean       at_block_start;   /* nothing written in this block yet */
  gboolean       after_space;
  gboolean       preformatted;
} Writer;

static const struct
{
  const char *element;
  const char *tag;
} tag_names[] = {
  { "h1", "heading" }, { "h2", "heading" }, { "h3", "subheading" }, { "h4", "subheading" }, { "h5", "subheading" },
  { "h6", "subheading" }, { "b", "bold" }, { "strong", "bold" }, { "th", "bold" }, { "dt", "bold" },
  { "i", "italic" }, { "em", "italic" }, { "cite", "italic" }, { "code", "monospace" }, { "kbd", "monospace" },
  { "samp", "monospace" }, { "pre", "monospace" }, { "blockquote", "indented" }, { "aside", "indented" },
  { "li", "indented" }, { "dd", "indented" },
};

static const char *const blocks[] = {
  "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "div", "section",
  "article", "aside", "figure", "figcaption", "blockquote", "pre", "hr", "header", "footer", "main", "nav",
  "caption", "details", "summary", "address", NULL
};

static const char *const dropped[] = {
  "script", "style", "iframe", "object", "embed", "template", "head", "title", "svg", "form", NULL
};

/**
 * hd_article_text_create_buffer:
 *
 * Returns: (transfer full): an empty buffer with the tags that articles use
 */
GtkTextBuffer *
hd_article_text_create_buffer (void)
{
  GtkTextBuffer *buffer = gtk_text_buffer_new (NULL);

  gtk_text_buffer_create_tag (buffer, "heading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.3,
                              "pixels-above-lines", 12, NULL);
  gtk_text_buffer_create_tag (buffer, "subheading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.1,
                              "pixels-above-lines", 8, NULL);
  gtk_text_buffer_create_tag (buffer, "bold", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "italic", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "monospace", "family", "monospace", NULL);
  gtk_text_buffer_create_tag (buffer, "indented", "left-margin", 24, NULL);
  gtk_text_buffer_create_tag (buffer, "match", "background", "#f8e45c", "foreground", "#000000", NULL);

  return buffer;
}

static void
write_raw (Writer     *writer,
           const char *text)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (writer->buffer, &end);
  gtk_text_buffer_insert (writer->buffer, &end, text, -1);
}

static void
begin_block (Writer *writer)
{
  if (!writer->at_block_start)
    write_raw (writer, "\n");

  writer->at_block_start = TRUE;
  writer->after_space = TRUE;
}

/* Runs of white space are one space, and none at the start of a block. */
static void
write_text (Writer     *writer,
            const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!writer->preformatted && strchr (" \t\r\n", *p) != NULL)
        {
          if (!writer->after_space)
            g_string_append_c (out, ' ');
          writer->after_space = TRUE;
          continue;
        }

      g_string_append_c (out, *p);
      writer->after_space = FALSE;
      writer->at_block_start = FALSE;
    }

  write_raw (writer, out->str);
}

static void
apply_link (Writer            *writer,
            GumboNode         *node,
            const GtkTextIter *start)
{
  GumboAttribute *href = gumbo_get_attribute (&node->v.element.attributes, "href");
  GtkTextTag *tag;
  GtkTextIter end;

  if (href == NULL)
    return;

  tag = gtk_text_buffer_create_tag (writer->buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_object_set_data_full (G_OBJECT (tag), "hd-link", g_strdup (href->value), g_free);
  gtk_text_buffer_get_end_iter (writer->buffer, &end);
  gtk_text_buffer_apply_tag (writer->buffer, tag, start, &end);
}

static void
apply_style (Writer            *writer,
             const char        *element,
             const GtkTextIter *start)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (writer->buffer, &end);

  for (guint i = 0; i < G_N_ELEMENTS (tag_names); i++)
    {
      if (g_str_equal (tag_names[i].element, element))
        gtk_text_buffer_apply_tag_by_name (writer->buffer, tag_names[i].tag, start, &end);
    }
}

static void
mark_anchor (Writer    *writer,
             GumboNode *node)
{
  GumboAttribute *id = gumbo_get_attribute (&node->v.element.attributes, "id");
  GtkTextIter end;

  if (id == NULL || *id->value == '\0' || gtk_text_buffer_get_mark (writer->buffer, id->value) != NULL)
    return;

  gtk_text_buffer_get_end_iter (writer->buffer, &end);
  gtk_text_buffer_create_mark (writer->buffer, id->value, &end, TRUE);
}

static void write_node (Writer    *writer,
                        GumboNode *node,
                        int        depth);

static void
write_children (Writer    *writer,
                GumboNode *node,
                int        depth)
{
  for (guint i = 0; i < node->v.element.children.length; i++)
    write_node (writer, node->v.element.children.data[i], depth + 1);
}

static void
write_inner (Writer     *writer,
             GumboNode  *node,
             const char *element,
             int         depth)
{
  GumboAttribute *alt = gumbo_get_attribute (&node->v.element.attributes, "alt");

  if (g_str_equal (element, "li"))
    write_text (writer, "• ");
  else if (g_str_equal (element, "br"))
    write_text (writer, "\u2028");
  else if ((g_str_equal (element, "td") || g_str_equal (element, "th")) && !writer->at_block_start)
    write_text (writer, " · ");
  else if (g_str_equal (element, "img") && alt != NULL && *alt->value != '\0')
    {
      write_text (writer, "[");
      write_text (writer, alt->value);
      write_text (writer, "]");
    }

  write_children (writer, node, depth);
}

static void
write_element (Writer    *writer,
               GumboNode *node,
               int        depth)
{
  const char *element = gumbo_normalized_tagname (node->v.element.tag);
  gboolean is_block = g_strv_contains (blocks, element);
  gboolean was_preformatted = writer->preformatted;
  g_autoptr (GtkTextMark) start_mark = NULL;
  GtkTextIter start;

  if (g_strv_contains (dropped, element) || depth > MAX_DEPTH)
    return;

  if (is_block)
    begin_block (writer);

  mark_anchor (writer, node);
  gtk_text_buffer_get_end_iter (writer->buffer, &start);
  start_mark = g_object_ref (gtk_text_buffer_create_mark (writer->buffer, NULL, &start, TRUE));

  writer->preformatted = was_preformatted || g_str_equal (element, "pre");
  write_inner (writer, node, element, depth);
  writer->preformatted = was_preformatted;

  gtk_text_buffer_get_iter_at_mark (writer->buffer, &start, start_mark);
  apply_style (writer, element, &start);
  if (g_str_equal (element, "a"))
    apply_link (writer, node, &start);
  gtk_text_buffer_delete_mark (writer->buffer, start_mark);

  if (is_block)
    begin_block (writer);
}

static void
write_node (Writer    *writer,
            GumboNode *node,
            int        depth)
{
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
    write_text (writer, node->v.text.text);
  else if (node->type == GUMBO_NODE_ELEMENT)
    write_element (writer, node, depth);
}

/**
 * hd_article_text_fill_buffer:
 * @buffer: from hd_article_text_create_buffer(), empty
 * @body: an HTML fragment from a portal
 *
 * Writes the words of @body, with a mark for each element that has an id.
 */
void
hd_article_text_fill_buffer (GtkTextBuffer *buffer,
                             const char    *body)
{
  Writer writer = { buffer, TRUE, TRUE, FALSE };
  GumboOptions options = kGumboDefaultOptions;
  g_autofree char *tame = hd_html_dup_tame (body);
  GumboOutput *output;

  options.max_errors = 0;
  output = gumbo_parse_with_options (&options, tame, hd_article_html_get_safe_length (tame));
  write_children (&writer, output->root, 0);
  gumbo_destroy_output (&options, output);
}

/* Returns: (transfer none) (nullable): the tag of the link that is at @iter */
static GtkTextTag *
get_link_tag (const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *l = tags; l != NULL; l = l->next)
    {
      if (g_object_get_data (l->data, "hd-link") != NULL)
        return l->data;
    }

  return NULL;
}

/* Returns: (transfer none) (nullable): where a link leads that is at @iter */
const char *
hd_article_text_get_link_at (const GtkTextIter *iter)
{
  GtkTextTag *tag = get_link_tag (iter);

  return tag != NULL ? g_object_get_data (G_OBJECT (tag), "hd-link") : NULL;
}

/**
 * hd_article_text_find_link:
 * @from: where to begin; a link that begins there is not found
 * @backwards: which way to look
 * @start: (out): where the link begins
 * @end: (out): where it ends
 *
 * Returns: whether there is a link
 */
gboolean
hd_article_text_find_link (const GtkTextIter *from,
                           gboolean           backwards,
                           GtkTextIter       *start,
                           GtkTextIter       *end)
{
  *start = *from;

  while (backwards ? gtk_text_iter_backward_to_tag_toggle (start, NULL)
                   : gtk_text_iter_forward_to_tag_toggle (start, NULL))
    {
      GtkTextTag *tag = get_link_tag (start);

      if (tag != NULL && gtk_text_iter_starts_tag (start, tag))
        {
          *end = *start;
          return gtk_text_iter_forward_to_tag_toggle (end, tag);
        }
    }

  return FALSE;
}
