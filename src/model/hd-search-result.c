/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-search-result.h"

/**
 * HdSearchResult:
 *
 * One hit of the search over everything; @snippet is Pango markup in which the
 * matched words are bold, all else escaped.  @icon is that of an offering.
 */

struct _HdSearchResult
{
  HdRecord      parent_instance;

  HdResultKind  kind;
  char         *id;
  char         *title;
  char         *snippet;
  char         *detail;
  char         *icon;
  GDateTime    *updated_at;
};

G_DEFINE_FINAL_TYPE (HdSearchResult, hd_search_result, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_ENUM (HdSearchResult, kind, "kind", hd_result_kind_get_type),
  HD_RECORD_REQUIRED_STRING (HdSearchResult, id, "id"),
  HD_RECORD_STRING (HdSearchResult, title, "title"),
  HD_RECORD_STRING (HdSearchResult, snippet, "snippet"),
  HD_RECORD_STRING (HdSearchResult, detail, "detail"),
  HD_RECORD_STRING (HdSearchResult, icon, "icon"),
  HD_RECORD_DATE_TIME (HdSearchResult, updated_at, "updated-at"),
};

static void
hd_search_result_class_init (HdSearchResultClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_search_result_init (HdSearchResult *self)
{
}

HD_RECORD_DEFINE_GETTER (HdSearchResult, hd_search_result, HdResultKind, kind)
HD_RECORD_DEFINE_GETTER (HdSearchResult, hd_search_result, const char *, id)
HD_RECORD_DEFINE_GETTER (HdSearchResult, hd_search_result, const char *, title)
HD_RECORD_DEFINE_GETTER (HdSearchResult, hd_search_result, const char *, snippet)
HD_RECORD_DEFINE_GETTER (HdSearchResult, hd_search_result, const char *, detail)
HD_RECORD_DEFINE_GETTER (HdSearchResult, hd_search_result, const char *, icon)
HD_RECORD_DEFINE_GETTER (HdSearchResult, hd_search_result, GDateTime *, updated_at)
