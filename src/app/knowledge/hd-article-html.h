/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HdHeading:
 * @level: 2 or 3
 * @id: where it is in the document
 * @text: its words
 *
 * A line of an article's table of contents.
 */
typedef struct
{
  int   level;
  char *id;
  char *text;
} HdHeading;

/**
 * HdArticleStyle:
 * @font_family: the system's font
 * @is_dark: light text on a dark ground
 * @is_high_contrast: no greys
 * @language: (nullable): for hyphenation and speech
 * @title: (nullable): the heading on paper; on screen the page around it shows it
 *
 * How a document should look.
 */
typedef struct
{
  const char *font_family;
  gboolean    is_dark;
  gboolean    is_high_contrast;
  const char *language;
  const char *title;
} HdArticleStyle;

char      *hd_article_html_dup_document    (const char           *body,
                                            const HdArticleStyle *style) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *hd_article_html_dup_headings    (const char           *body) G_GNUC_WARN_UNUSED_RESULT;
gsize      hd_article_html_get_safe_length (const char           *body);

G_END_DECLS
