/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-request-page.h"

/**
 * HdRequestPage:
 *
 * One page of the person’s requests, or of what changed in them.
 */

struct _HdRequestPage
{
  HdRecord    parent_instance;

  GListModel *items;  /* (element-type HdRequest) */
  gint64      total;
  char       *next_cursor;
  char       *as_of;
};

G_DEFINE_FINAL_TYPE (HdRequestPage, hd_request_page, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_LIST (HdRequestPage, items, "items", hd_request_get_type),
  HD_RECORD_INT64 (HdRequestPage, total, "total"),
  HD_RECORD_STRING (HdRequestPage, next_cursor, "next-cursor"),
  HD_RECORD_STRING (HdRequestPage, as_of, "as-of"),
};

static void
hd_request_page_class_init (HdRequestPageClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_request_page_init (HdRequestPage *self)
{
}

HD_RECORD_DEFINE_GETTER (HdRequestPage, hd_request_page, GListModel *, items)
HD_RECORD_DEFINE_GETTER (HdRequestPage, hd_request_page, gint64, total)
HD_RECORD_DEFINE_GETTER (HdRequestPage, hd_request_page, const char *, next_cursor)
HD_RECORD_DEFINE_GETTER (HdRequestPage, hd_request_page, const char *, as_of)
