/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "hd-store-search.h"
#include "search-corpus.h"

G_BEGIN_DECLS

#define N_RANKED 10

void       check_sqlite (int         code);
double     now_ms       (void);
double     get_percentile (GArray   *times,
                           guint     percent);
sqlite3   *open_plain   (const char *path);
void       fill_plain   (sqlite3    *plain,
                         GPtrArray  *pages);
GPtrArray *search_plain (sqlite3    *plain,
                         const char *text);
HdStore   *open_store   (const char *path);
void       fill_store   (HdStore    *store,
                         GPtrArray  *pages);
void       index_store  (HdStore    *store);
GPtrArray *search_store (HdStore    *store,
                         const char *text);

G_END_DECLS
