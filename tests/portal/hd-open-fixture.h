/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-canned-server.h"
#include "hd-portal.h"

G_BEGIN_DECLS

#define API "/api/v1/"

typedef struct
{
  HdCannedServer *server;
  HdPortal       *portal;
  char           *folder;
} HdOpenFixture;

void hd_open_fixture_set_up      (HdOpenFixture *fixture,
                                  gconstpointer  data);
void hd_open_fixture_tear_down   (HdOpenFixture *fixture,
                                  gconstpointer  data);
void hd_open_fixture_assert_call (HdOpenFixture *fixture,
                                  const char    *call,
                                  const char    *query);
void hd_open_fixture_assert_body (HdOpenFixture *fixture,
                                  const char    *expected);

#define HD_OPEN_TEST(path, function) \
  g_test_add (path, HdOpenFixture, NULL, hd_open_fixture_set_up, function, hd_open_fixture_tear_down)

G_END_DECLS
