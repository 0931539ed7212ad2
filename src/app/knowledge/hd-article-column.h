/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HD_TYPE_ARTICLE_COLUMN (hd_article_column_get_type ())
G_DECLARE_FINAL_TYPE (HdArticleColumn, hd_article_column, HD, ARTICLE_COLUMN, AdwBin)

GtkWidget *hd_article_column_new      (void);
void       hd_article_column_set_zoom (HdArticleColumn *self,
                                       double           zoom);

G_END_DECLS
