/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-html-text.h"

#include <gumbo.h>
#include <string.h>

#include "hd-html.h"

/* The words of an HTML fragment, for the index: never shown as HTML again. */

/* libgumbo frees its tree by recursion; deeper than this goes through the plain stripper. */
#define MAX_OPEN_TAGS 20000
#define MAX_DEPTH 400

typedef struct
{
  GString *text;
  GString *headings;
} Output;

static gboolean
is_heading (GumboTag tag)
{
  return tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3 ||
         tag == GUMBO_TAG_H4 || tag == GUMBO_TAG_H5 || tag == GUMBO_TAG_H6;
}

static gboolean
is_silent (GumboTag tag)
{
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_TEMPLATE ||
         tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_TITLE;
}

/* Elements within a line do not end a word. */
static gboolean
is_inline (GumboTag tag)
{
  return tag == GUMBO_TAG_A || tag == GUMBO_TAG_B || tag == GUMBO_TAG_I || tag == GUMBO_TAG_U ||
         tag == GUMBO_TAG_EM || tag == GUMBO_TAG_STRONG || tag == GUMBO_TAG_SPAN || tag == GUMBO_TAG_CODE ||
         tag == GUMBO_TAG_SMALL || tag == GUMBO_TAG_SUB || tag == GUMBO_TAG_SUP || tag == GUMBO_TAG_MARK ||
         tag == GUMBO_TAG_KBD || tag == GUMBO_TAG_WBR || tag == GUMBO_TAG_FONT || tag == GUMBO_TAG_ABBR;
}

/* One blank for any run of white space. */
static void
append_words (GString    *string,
              const char *words)
{
  for (; *words != '\0'; words++)
    {
      if (!g_ascii_isspace (*words))
        g_string_append_c (string, *words);
      else if (string->len > 0 && string->str[string->len - 1] != ' ')
        g_string_append_c (string, ' ');
    }
}

static gboolean
is_void (GumboTag tag)
{
  return tag == GUMBO_TAG_BR || tag == GUMBO_TAG_IMG || tag == GUMBO_TAG_HR;
}

/* What stood in a paragraph, a heading or a cell of its own must not read as one sentence with what follows. */
static void
end_block (GString *string)
{
  const char *last;

  while (string->len > 0 && string->str[string->len - 1] == ' ')
    g_string_truncate (string, string->len - 1);

  last = g_utf8_find_prev_char (string->str, string->str + string->len);

  if (last != NULL && g_unichar_isalnum (g_utf8_get_char (last)))
    g_string_append_c (string, '.');

  append_words (string, " ");
}

static void append_element (const GumboElement *element,
                            Output             *output,
                            gboolean            in_heading,
                            guint               depth);

static void
append_node (const GumboNode *node,
             Output          *output,
             gboolean         in_heading,
             guint            depth)
{
  if (node->type == GUMBO_NODE_ELEMENT)
    {
      append_element (&node->v.element, output, in_heading, depth);
    }
  else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
           node->type == GUMBO_NODE_WHITESPACE)
    {
      append_words (output->text, node->v.text.text);
      if (in_heading)
        append_words (output->headings, node->v.text.text);
    }
}

static void
append_element (const GumboElement *element,
                Output             *output,
                gboolean            in_heading,
                guint               depth)
{
  const GumboAttribute *alternative = gumbo_get_attribute (&element->attributes, "alt");

  if (is_silent (element->tag) || depth > MAX_DEPTH)
    return;

  if (!is_inline (element->tag))
    append_words (output->text, " ");
  if (alternative != NULL)
    append_words (output->text, alternative->value);

  in_heading = in_heading || is_heading (element->tag);

  for (guint i = 0; i < element->children.length; i++)
    append_node (element->children.data[i], output, in_heading, depth + 1);

  if (!is_inline (element->tag) && !is_void (element->tag))
    end_block (output->text);
  if (is_heading (element->tag))
    append_words (output->headings, " ");
}

static gboolean
is_reasonable (const char *html)
{
  guint n_tags = 0;

  for (const char *p = html; (p = strchr (p, '<')) != NULL; p++)
    n_tags += p[1] != '/';

  return n_tags <= MAX_OPEN_TAGS;
}

/* For what no portal sends in good faith. */
static void
strip_tags (const char *html,
            GString    *text)
{
  while (*html != '\0')
    {
      const char *tag = strchr (html, '<');
      const char *end = tag != NULL ? strchr (tag, '>') : NULL;
      g_autofree char *words = tag != NULL ? g_strndup (html, tag - html) : g_strdup (html);

      append_words (text, words);
      append_words (text, " ");
      if (end == NULL)
        return;
      html = end + 1;
    }
}

/**
 * hd_html_to_text:
 * @html: (nullable): a fragment
 * @text: (out) (transfer full): all its words
 * @headings: (out) (transfer full): those of its headings
 *
 * Any input gives some text; scripts and styles give none.
 */
void
hd_html_to_text (const char  *html,
                 char       **text,
                 char       **headings)
{
  Output output = { g_string_new (NULL), g_string_new (NULL) };
  const char *source = html != NULL ? html : "";

  if (is_reasonable (source))
    {
      g_autofree char *tame = hd_html_dup_tame (source);
      GumboOutput *parsed = gumbo_parse (tame);

      append_node (parsed->root, &output, FALSE, 0);
      gumbo_destroy_output (&kGumboDefaultOptions, parsed);
    }
  else
    {
      strip_tags (source, output.text);
    }

  *text = g_strstrip (g_string_free (output.text, FALSE));
  *headings = g_strstrip (g_string_free (output.headings, FALSE));
}
