/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-html-tree.h"

#include <string.h>

#include "hd-html.h"

/*
 * Gumbo's tree, in memory of its own that is dropped at once.
 *
 * gumbo_destroy_output() calls itself for each level of the tree, so a page of
 * a hundred thousand nested elements overflows the stack.  With the nodes in
 * one pool nothing has to walk down there; what does walk stops at
 * HD_HTML_MAX_DEPTH.
 */

#define BLOCK_SIZE (64 * 1024)

struct _HdHtmlTree
{
  GPtrArray   *blocks;  /* (element-type gpointer) (owned) */
  char        *free;    /* where the next piece goes, in the last block */
  gsize        left;
  GumboOutput *output;  /* in the pool */
  char        *html;    /* (owned): the nodes point into it */
};

static void *
allocate (void   *user_data,
          size_t  size)
{
  HdHtmlTree *self = user_data;
  char *piece;

  size = (size + 15) & ~(size_t) 15;

  if (size > BLOCK_SIZE / 4)
    {
      piece = g_malloc (size);
      g_ptr_array_add (self->blocks, piece);
      return piece;
    }

  if (size > self->left)
    {
      self->free = g_malloc (BLOCK_SIZE);
      self->left = BLOCK_SIZE;
      g_ptr_array_add (self->blocks, self->free);
    }

  piece = self->free;
  self->free += size;
  self->left -= size;
  return piece;
}

static void
deallocate (void *user_data,
            void *piece)
{
}

/**
 * hd_html_tree_parse:
 * @html: a page or a part of one, in whatever state
 * @size: its length in bytes
 *
 * Returns: (transfer full): its tree; there always is one
 */
HdHtmlTree *
hd_html_tree_parse (const char *html,
                    gsize       size)
{
  HdHtmlTree *self = g_new0 (HdHtmlTree, 1);
  GumboOptions options = kGumboDefaultOptions;
  g_autofree char *valid = g_utf8_make_valid (html, (gssize) size);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->html = hd_html_dup_tame (valid);

  options.allocator = allocate;
  options.deallocator = deallocate;
  options.userdata = self;
  options.max_errors = 0;
  self->output = gumbo_parse_with_options (&options, self->html, strlen (self->html));
  return self;
}

const GumboNode *
hd_html_tree_get_root (HdHtmlTree *self)
{
  return self->output->root;
}

void
hd_html_tree_free (HdHtmlTree *self)
{
  g_ptr_array_unref (self->blocks);
  g_free (self->html);
  g_free (self);
}

gboolean
hd_html_is_element (const GumboNode *node,
                    GumboTag         tag)
{
  return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag &&
         node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
}

const char *
hd_html_get_attribute (const GumboNode *node,
                       const char      *name)
{
  const GumboAttribute *attribute = gumbo_get_attribute (&node->v.element.attributes, name);

  return attribute != NULL ? attribute->value : NULL;
}

gboolean
hd_html_has_class (const GumboNode *node,
                   const char      *name)
{
  const char *value = node->type == GUMBO_NODE_ELEMENT ? hd_html_get_attribute (node, "class") : NULL;
  g_auto (GStrv) classes = g_strsplit_set (value != NULL ? value : "", " \t\r\n", -1);

  return g_strv_contains ((const char *const *) classes, name);
}

static const GumboNode *
find_below (const GumboNode *node,
            HdHtmlMatch      match,
            gpointer         user_data,
            guint            depth)
{
  const GumboVector *children;

  if (node->type != GUMBO_NODE_ELEMENT || depth > HD_HTML_MAX_DEPTH)
    return NULL;

  if (match (node, user_data))
    return node;

  children = &node->v.element.children;

  for (guint i = 0; i < children->length; i++)
    {
      const GumboNode *found = find_below (children->data[i], match, user_data, depth + 1);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Returns: (nullable): the first element, in the order of the page, that matches. */
const GumboNode *
hd_html_find (const GumboNode *node,
              HdHtmlMatch      match,
              gpointer         user_data)
{
  return find_below (node, match, user_data, 0);
}

static gboolean
has_tag (const GumboNode *element,
         gpointer         user_data)
{
  return hd_html_is_element (element, GPOINTER_TO_UINT (user_data));
}

const GumboNode *
hd_html_find_tag (const GumboNode *node,
                  GumboTag         tag)
{
  return hd_html_find (node, has_tag, GUINT_TO_POINTER (tag));
}

static void
append_text (GString         *text,
             const GumboNode *node,
             guint            depth)
{
  if (depth > HD_HTML_MAX_DEPTH)
    return;

  if (node->type == GUMBO_NODE_ELEMENT)
    {
      for (guint i = 0; i < node->v.element.children.length; i++)
        append_text (text, node->v.element.children.data[i], depth + 1);
    }
  else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA)
    {
      g_string_append (text, node->v.text.text);
    }
}

/* Returns: (transfer full): the text in an element, with single spaces. */
char *
hd_html_dup_text (const GumboNode *node)
{
  g_autoptr (GString) all = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  append_text (all, node, 0);

  for (const char *p = all->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (text, c);
      else if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append_c (text, ' ');
    }

  g_strchomp (text->str);
  return g_string_free (text, FALSE);
}
