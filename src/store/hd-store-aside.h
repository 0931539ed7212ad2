/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store-private.h"

G_BEGIN_DECLS

/* Calls that wait for the words; of the store's thread. */
typedef struct
{
  GQueue       calls;  /* (element-type HdStoreCall) */
  GAsyncQueue *queue;  /* (unowned): where they come from */
  gboolean     is_closed;  /* nobody waits any more */
} HdStoreAside;

/* What is in the queue when those set aside are to be looked at again. */
extern HdStoreCall hd_store_aside_news;

gboolean hd_store_aside_are_words_ready (HdStoreAside *self,
                                         HdDatabase   *database);
gboolean hd_store_aside_take            (HdStoreAside *self,
                                         HdStoreCall  *call,
                                         HdDatabase   *database);
void     hd_store_aside_put_back        (HdStoreAside *self);
void     hd_store_aside_drop_writes     (HdStoreAside *self);
void     hd_store_aside_close           (HdStoreAside *self);

G_END_DECLS
