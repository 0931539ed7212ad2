/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <gumbo.h>

G_BEGIN_DECLS

/* Deeper than any page that a person wrote. */
#define HD_HTML_MAX_DEPTH 200

typedef struct _HdHtmlTree HdHtmlTree;

HdHtmlTree      *hd_html_tree_parse         (const char      *html,
                                             gsize            size) G_GNUC_WARN_UNUSED_RESULT;
const GumboNode *hd_html_tree_get_root      (HdHtmlTree      *self);
void             hd_html_tree_free          (HdHtmlTree      *self);

typedef gboolean (*HdHtmlMatch) (const GumboNode *element,
                                 gpointer         user_data);

const GumboNode *hd_html_find               (const GumboNode *node,
                                             HdHtmlMatch      match,
                                             gpointer         user_data);
const GumboNode *hd_html_find_tag           (const GumboNode *node,
                                             GumboTag         tag);
char            *hd_html_dup_text           (const GumboNode *node) G_GNUC_WARN_UNUSED_RESULT;
const char      *hd_html_get_attribute      (const GumboNode *node,
                                             const char      *name);
gboolean         hd_html_has_class          (const GumboNode *node,
                                             const char      *name);
gboolean         hd_html_is_element         (const GumboNode *node,
                                             GumboTag         tag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdHtmlTree, hd_html_tree_free)

G_END_DECLS
