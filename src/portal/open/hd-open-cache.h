/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-record.h"

G_BEGIN_DECLS

typedef struct _HdOpenCache HdOpenCache;

HdOpenCache *hd_open_cache_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void         hd_open_cache_free  (HdOpenCache  *self);
void         hd_open_cache_put   (HdOpenCache  *self,
                                  const char   *path,
                                  const char   *etag,
                                  HdRecord     *record);
HdRecord    *hd_open_cache_get   (HdOpenCache  *self,
                                  const char   *path,
                                  const char  **etag) G_GNUC_WARN_UNUSED_RESULT;
void         hd_open_cache_clear (HdOpenCache  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdOpenCache, hd_open_cache_free)

G_END_DECLS
