/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-database.h"

G_BEGIN_DECLS

/**
 * HdArticleImport:
 *
 * What an import did.
 */
typedef struct
{
  guint n_pages;
  guint n_changed;
  guint n_deleted;
  guint n_skipped;
} HdArticleImport;

gboolean hd_article_import (HdDatabase       *database,
                            const char       *folder,
                            const char       *category,
                            gint64            now,
                            HdArticleImport  *done,
                            GError          **error);

G_END_DECLS
