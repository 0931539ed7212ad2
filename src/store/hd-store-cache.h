/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store.h"

G_BEGIN_DECLS

/*
 * What of the portal is kept, where not all can be.  The rules of hd-store.h hold here too.  Nothing here ever touches
 * drafts or the outbox.
 *
 * Pictures of articles in categories that are to be there offline, and those of offerings, are wanted in any case.
 */

/* Names of pictures that are not here, those that are wanted in any case first. Others only while all pictures take
 * less than @most_bytes (0: none of them). @limit: 0 for all. */
void hd_store_list_missing_media_async (HdStore             *self,
                                        guint64              most_bytes,
                                        guint                limit,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GStrv hd_store_list_missing_media_finish (HdStore       *self,
                                          GAsyncResult  *result,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Deletes the pictures that were not looked at for longest, down to @most_bytes, but for those of a knowledge pack that
 * is still good, and what was said in requests that
 * were closed more than @keep_days ago (0: nothing of that). */
void hd_store_trim_async (HdStore             *self,
                          guint64              most_bytes,
                          guint                keep_days,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data);
gboolean hd_store_trim_finish (HdStore       *self,
                               GAsyncResult  *result,
                               GError       **error);

/* Whether the articles of a category and of those below it are to be there offline, with all pictures. */
void hd_store_set_category_offline_async (HdStore             *self,
                                          const char          *category_id,
                                          gboolean             offline,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean hd_store_set_category_offline_finish (HdStore       *self,
                                               GAsyncResult  *result,
                                               GError       **error);

/* (transfer full) (element-type utf8 guint): those that were set, by id, with how many of their pictures are not there. */
void hd_store_list_offline_categories_async (HdStore             *self,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
GHashTable *hd_store_list_offline_categories_finish (HdStore       *self,
                                                     GAsyncResult  *result,
                                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the disk is nearly full, so that what is written next may not be kept. Any thread; told by the topic %HD_STORE_SPACE. */
gboolean hd_store_is_space_low (HdStore *self);

/* For tests: with how many bytes left it is. */
void     hd_store_set_low_space (HdStore *self,
                                 guint64  bytes);

G_END_DECLS
