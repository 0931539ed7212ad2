/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-page.h"

G_BEGIN_DECLS

/**
 * HdPicture:
 *
 * A picture that a page shows.
 */
typedef struct
{
  char *sha256;
  char *content_type;
} HdPicture;

typedef struct _HdPageRewriter HdPageRewriter;

HdPageRewriter *hd_page_rewriter_new  (const char      *folder,
                                       const char      *data_dir,
                                       GHashTable      *ids) G_GNUC_WARN_UNUSED_RESULT;
char           *hd_page_rewriter_run  (HdPageRewriter  *self,
                                       const HdPage    *page,
                                       GPtrArray      **pictures,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            hd_page_rewriter_free (HdPageRewriter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdPageRewriter, hd_page_rewriter_free)

G_END_DECLS
