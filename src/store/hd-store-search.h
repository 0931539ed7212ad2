/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-search-result.h"
#include "hd-store.h"

G_BEGIN_DECLS

/*
 * Search, over what is kept.  Any text is a valid query.  Main thread.
 *
 * What the words of a query are forms of, and are called besides, may have to be read first: these calls wait for
 * that, and other calls go before them.  A live list (hd-store-list.h) is answered at once.
 */

/* (element-type HdSearchResult) over articles, announcements, offerings and requests, best first within a kind; @limit for each kind. */
void hd_store_search_async (HdStore             *self,
                            const char          *text,
                            guint                limit,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
GListModel *hd_store_search_finish (HdStore       *self,
                                    GAsyncResult  *result,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable): what may have been meant, where nothing has a word of @text as it was typed.  No error and NULL: nothing else. */
void hd_store_suggest_spelling_async (HdStore             *self,
                                      const char          *text,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
char *hd_store_suggest_spelling_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type HdSearchResult): what may answer what is being written: the outage that is known, without an id, then
 * announcements, then articles; @limit for each. */
void hd_store_suggest_async (HdStore             *self,
                             const char          *text,
                             guint                limit,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
GListModel *hd_store_suggest_finish (HdStore       *self,
                                     GAsyncResult  *result,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Remembers which result was opened: it goes before others when the same is typed again. */
void hd_store_note_opened_async (HdStore             *self,
                                 const char          *text,
                                 HdSearchResult      *opened,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean hd_store_note_opened_finish (HdStore       *self,
                                      GAsyncResult  *result,
                                      GError       **error);

/* Forgets all of that. */
void hd_store_forget_opened_async (HdStore             *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean hd_store_forget_opened_finish (HdStore       *self,
                                        GAsyncResult  *result,
                                        GError       **error);

/* Articles are indexed when there is time; this waits until all are. */
void hd_store_complete_index_async (HdStore             *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean hd_store_complete_index_finish (HdStore       *self,
                                         GAsyncResult  *result,
                                         GError       **error);

G_END_DECLS
