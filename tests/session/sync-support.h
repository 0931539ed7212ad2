/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-fake-portal.h"
#include "hd-sync.h"
#include "session-support.h"

G_BEGIN_DECLS

#define PICTURE "picture"

typedef struct
{
  HdFakePortal *portal;
  HdStore      *store;
  HdSync       *sync;
  char         *directory;
  char         *sum;        /* of PICTURE */
  guint         n_changed;
  HdRequest    *before;     /* (owned) (nullable): of the last change */
  HdRequest    *now;        /* (owned) (nullable) */
} HdSyncFixture;

void     hd_sync_fixture_set_up         (HdSyncFixture  *fixture,
                                         gconstpointer   data);
void     hd_sync_fixture_tear_down      (HdSyncFixture  *fixture,
                                         gconstpointer   data);
gboolean hd_sync_fixture_run            (HdSyncFixture  *fixture,
                                         GError        **error);
void     hd_sync_fixture_run_well       (HdSyncFixture  *fixture);
guint    hd_sync_fixture_count_articles (HdSyncFixture  *fixture);
guint    hd_sync_fixture_count_requests (HdSyncFixture  *fixture);

#define HD_SYNC_TEST(path, data, test) \
  g_test_add (path, HdSyncFixture, data, hd_sync_fixture_set_up, test, hd_sync_fixture_tear_down)

G_END_DECLS
