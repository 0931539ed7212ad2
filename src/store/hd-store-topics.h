/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HdStoreTopics:
 *
 * What a change of the store was about; the argument of #HdStore::changed.
 */
typedef enum
{
  HD_STORE_INFO = 1 << 0,
  HD_STORE_CATALOG = 1 << 1,
  HD_STORE_ARTICLES = 1 << 2,
  HD_STORE_ANNOUNCEMENTS = 1 << 3,
  HD_STORE_REQUESTS = 1 << 4,
  HD_STORE_DRAFTS = 1 << 5,
  HD_STORE_OUTBOX = 1 << 6,
  HD_STORE_ACCOUNT = 1 << 7,
  HD_STORE_SPACE = 1 << 8,
  HD_STORE_PICTURES = 1 << 9,
} HdStoreTopics;

G_END_DECLS
