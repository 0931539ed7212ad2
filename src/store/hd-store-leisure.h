/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-store-aside.h"

G_BEGIN_DECLS

/* What can wait until nobody wants anything; of the store's thread. */
typedef struct
{
  gboolean      indexes;  /* there may be something that the index lacks */
  gboolean      waits;  /* with that, for the words */
  HdStoreTopics indexed;  /* what was put into it, and nobody was told */
} HdStoreLeisure;

gint64        hd_store_leisure_get_wanted (HdStoreLeisure *self,
                                           HdDatabase     *database);
HdStoreTopics hd_store_leisure_use        (HdStoreLeisure *self,
                                           gint64          leisure,
                                           HdDatabase     *database,
                                           HdStoreAside   *aside);

G_END_DECLS
