/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-html-tree.h"

G_BEGIN_DECLS

/**
 * HdPage:
 *
 * A page of HTML, read but not rewritten yet.
 */
typedef struct
{
  char        *file_name;  /* within its folder */
  char        *stem;       /* the same without .html */
  char        *id;
  char        *title;
  char        *summary;
  char        *category;   /* (nullable): by name */
  char        *topic;      /* (nullable): a stem, for pages made by yelp-build */
  char        *topic_name; /* (nullable) */
  char        *root_name;  /* (nullable): what the whole help is called */
  char        *language;   /* (nullable) */
  char        *published;  /* (nullable) */
  char       **keywords;
  HdHtmlTree  *tree;
} HdPage;

HdPage          *hd_page_load     (const char   *folder,
                                   const char   *file_name,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
const GumboNode *hd_page_get_main (const HdPage *self);
void             hd_page_free     (HdPage       *self);
char            *hd_page_to_utf8  (const char   *data,
                                   gsize         size) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdPage, hd_page_free)

G_END_DECLS
