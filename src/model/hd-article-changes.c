/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-article-changes.h"

/**
 * HdArticleChanges:
 *
 * What changed in the knowledge base since the last look.
 *
 * @categories are all that there are, or none if none changed; @added_categories
 * are some that there are besides those told before.
 */

struct _HdArticleChanges
{
  HdRecord     parent_instance;

  GListModel  *categories;  /* (element-type HdCategory) */
  GListModel  *added_categories;  /* (element-type HdCategory) */
  GListModel  *articles;  /* (element-type HdArticle) */
  char       **deleted;
  char        *as_of;
  gboolean     more;
};

G_DEFINE_FINAL_TYPE (HdArticleChanges, hd_article_changes, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_LIST (HdArticleChanges, categories, "categories", hd_category_get_type),
  HD_RECORD_LIST (HdArticleChanges, added_categories, "added-categories", hd_category_get_type),
  HD_RECORD_LIST (HdArticleChanges, articles, "articles", hd_article_get_type),
  HD_RECORD_STRV (HdArticleChanges, deleted, "deleted"),
  HD_RECORD_STRING (HdArticleChanges, as_of, "as-of"),
  HD_RECORD_BOOLEAN (HdArticleChanges, more, "more"),
};

static void
hd_article_changes_class_init (HdArticleChangesClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_article_changes_init (HdArticleChanges *self)
{
}

HD_RECORD_DEFINE_GETTER (HdArticleChanges, hd_article_changes, GListModel *, categories)
HD_RECORD_DEFINE_GETTER (HdArticleChanges, hd_article_changes, GListModel *, added_categories)
HD_RECORD_DEFINE_GETTER (HdArticleChanges, hd_article_changes, GListModel *, articles)
const char *const *
hd_article_changes_get_deleted (HdArticleChanges *self)
{
  g_return_val_if_fail (HD_IS_ARTICLE_CHANGES (self), NULL);
  return (const char *const *) self->deleted;
}

HD_RECORD_DEFINE_GETTER (HdArticleChanges, hd_article_changes, const char *, as_of)
HD_RECORD_DEFINE_GETTER (HdArticleChanges, hd_article_changes, gboolean, more)
