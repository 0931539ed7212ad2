/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-enums.h"
#include "hd-record.h"

G_BEGIN_DECLS

#define HD_TYPE_SEARCH_RESULT (hd_search_result_get_type ())
G_DECLARE_FINAL_TYPE (HdSearchResult, hd_search_result, HD, SEARCH_RESULT, HdRecord)

HdResultKind hd_search_result_get_kind       (HdSearchResult *self);
const char  *hd_search_result_get_id         (HdSearchResult *self);
const char  *hd_search_result_get_title      (HdSearchResult *self);
const char  *hd_search_result_get_snippet    (HdSearchResult *self);
const char  *hd_search_result_get_detail     (HdSearchResult *self);
const char  *hd_search_result_get_icon       (HdSearchResult *self);
GDateTime   *hd_search_result_get_updated_at (HdSearchResult *self);

G_END_DECLS
