/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-article.h"
#include "hd-category.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ARTICLE_CHANGES (hd_article_changes_get_type ())
G_DECLARE_FINAL_TYPE (HdArticleChanges, hd_article_changes, HD, ARTICLE_CHANGES, HdRecord)

GListModel         *hd_article_changes_get_categories (HdArticleChanges *self);
GListModel         *hd_article_changes_get_added_categories (HdArticleChanges *self);
GListModel         *hd_article_changes_get_articles   (HdArticleChanges *self);
const char * const *hd_article_changes_get_deleted    (HdArticleChanges *self);
const char         *hd_article_changes_get_as_of      (HdArticleChanges *self);
gboolean            hd_article_changes_get_more       (HdArticleChanges *self);

G_END_DECLS
