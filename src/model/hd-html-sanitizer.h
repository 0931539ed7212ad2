/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-html-tree.h"

G_BEGIN_DECLS

/**
 * HdHtmlRewriter:
 * @map_image: what to write for a picture's address, or %NULL to drop it
 * @map_link: what to write for a link's address, or %NULL to drop the link
 * @is_left_out: whether an element is not part of the text at all
 * @user_data: for all of them
 *
 * What to do about addresses and page furniture.  Whatever the functions
 * return is checked like an address in the page.
 */
typedef struct
{
  char     *(*map_image)   (const char      *address,
                            gpointer         user_data);
  char     *(*map_link)    (const char      *address,
                            gpointer         user_data);
  gboolean  (*is_left_out) (const GumboNode *element,
                            gpointer         user_data);
  gpointer    user_data;
} HdHtmlRewriter;

char *hd_html_sanitize       (const char           *html) G_GNUC_WARN_UNUSED_RESULT;
char *hd_html_sanitize_node  (const GumboNode      *node,
                              const HdHtmlRewriter *rewriter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
