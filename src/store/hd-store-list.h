/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store.h"

G_BEGIN_DECLS

/*
 * HdStoreList: a GListModel that is what a query of the store answers, and that asks again when the store says that
 * its topic changed.  Records that were there before stay the same objects (matched by id, hd_record_assign()), so
 * selection and scroll position survive.  Properties: "loading" (boolean: no answer yet to what was asked last),
 * "n-items" (uint).  Main thread.
 */
#define HD_TYPE_STORE_LIST (hd_store_list_get_type ())
G_DECLARE_FINAL_TYPE (HdStoreList, hd_store_list, HD, STORE_LIST, GObject)

HdStoreList *hd_store_list_new_requests      (HdStore               *store,
                                              const HdRequestFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
HdStoreList *hd_store_list_new_drafts        (HdStore               *store) G_GNUC_WARN_UNUSED_RESULT;
HdStoreList *hd_store_list_new_outbox        (HdStore               *store) G_GNUC_WARN_UNUSED_RESULT;
HdStoreList *hd_store_list_new_announcements (HdStore               *store) G_GNUC_WARN_UNUSED_RESULT;
HdStoreList *hd_store_list_new_articles      (HdStore               *store,
                                              const char            *category_id) G_GNUC_WARN_UNUSED_RESULT;
HdStoreList *hd_store_list_new_categories    (HdStore               *store) G_GNUC_WARN_UNUSED_RESULT;
HdStoreList *hd_store_list_new_search        (HdStore               *store,
                                              const char            *text,
                                              guint                  limit) G_GNUC_WARN_UNUSED_RESULT;

/* Another filter or other words, on the same list; an older answer that comes late is dropped. */
void         hd_store_list_set_filter        (HdStoreList           *self,
                                              const HdRequestFilter *filter);
void         hd_store_list_set_text          (HdStoreList           *self,
                                              const char            *text);
gboolean     hd_store_list_get_loading       (HdStoreList           *self);

G_END_DECLS
