/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_ARTICLE (hd_article_get_type ())
G_DECLARE_FINAL_TYPE (HdArticle, hd_article, HD, ARTICLE, HdRecord)

const char         *hd_article_get_id           (HdArticle *self);
const char         *hd_article_get_title        (HdArticle *self);
const char         *hd_article_get_summary      (HdArticle *self);
const char         *hd_article_get_category_id  (HdArticle *self);
const char * const *hd_article_get_keywords     (HdArticle *self);
const char         *hd_article_get_body         (HdArticle *self);
const char * const *hd_article_get_media        (HdArticle *self);
gint64              hd_article_get_version      (HdArticle *self);
GDateTime          *hd_article_get_published_at (HdArticle *self);
GDateTime          *hd_article_get_updated_at   (HdArticle *self);
const char         *hd_article_get_language     (HdArticle *self);

G_END_DECLS
