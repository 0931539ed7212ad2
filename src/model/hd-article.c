/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article.h"

/**
 * HdArticle:
 *
 * An article of the knowledge base.
 *
 * @body is an HTML fragment from a server: show it only where scripts and the
 * network are off.  Pictures are `media:SHA256`, links to others `article:ID`.
 */

struct _HdArticle
{
  HdRecord    parent_instance;

  char       *id;
  char       *title;
  char       *summary;
  char       *category_id;
  char      **keywords;
  char       *body;
  char      **media;
  gint64      version;
  GDateTime  *published_at;
  GDateTime  *updated_at;
  char       *language;
};

G_DEFINE_FINAL_TYPE (HdArticle, hd_article, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_REQUIRED_STRING (HdArticle, id, "id"),
  HD_RECORD_REQUIRED_STRING (HdArticle, title, "title"),
  HD_RECORD_STRING (HdArticle, summary, "summary"),
  HD_RECORD_STRING (HdArticle, category_id, "category-id"),
  HD_RECORD_STRV (HdArticle, keywords, "keywords"),
  HD_RECORD_STRING (HdArticle, body, "body"),
  HD_RECORD_STRV (HdArticle, media, "media"),
  HD_RECORD_INT64 (HdArticle, version, "version"),
  HD_RECORD_DATE_TIME (HdArticle, published_at, "published-at"),
  HD_RECORD_DATE_TIME (HdArticle, updated_at, "updated-at"),
  HD_RECORD_STRING (HdArticle, language, "language"),
};

static void
hd_article_class_init (HdArticleClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_article_init (HdArticle *self)
{
}

HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, const char *, id)
HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, const char *, title)
HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, const char *, summary)
HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, const char *, category_id)
const char *const *
hd_article_get_keywords (HdArticle *self)
{
  g_return_val_if_fail (HD_IS_ARTICLE (self), NULL);
  return (const char *const *) self->keywords;
}

HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, const char *, body)
const char *const *
hd_article_get_media (HdArticle *self)
{
  g_return_val_if_fail (HD_IS_ARTICLE (self), NULL);
  return (const char *const *) self->media;
}

HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, gint64, version)
HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, GDateTime *, published_at)
HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, GDateTime *, updated_at)
HD_RECORD_DEFINE_GETTER (HdArticle, hd_article, const char *, language)
