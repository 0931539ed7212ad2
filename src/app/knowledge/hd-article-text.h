/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkTextBuffer *hd_article_text_create_buffer (void) G_GNUC_WARN_UNUSED_RESULT;
void           hd_article_text_fill_buffer   (GtkTextBuffer *buffer,
                                              const char    *body);
const char    *hd_article_text_get_link_at   (const GtkTextIter *iter);
gboolean       hd_article_text_find_link     (const GtkTextIter *from,
                                              gboolean           backwards,
                                              GtkTextIter       *start,
                                              GtkTextIter       *end);

G_END_DECLS
