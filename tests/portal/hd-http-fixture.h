/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-canned-server.h"
#include "hd-error.h"
#include "hd-http-client.h"

G_BEGIN_DECLS

typedef struct
{
  HdCannedServer *server;
  HdHttpClient   *client;
  char           *folder;
} HdHttpFixture;

void          hd_http_fixture_set_up       (HdHttpFixture  *fixture,
                                            gconstpointer   data);
void          hd_http_fixture_tear_down    (HdHttpFixture  *fixture,
                                            gconstpointer   data);
HdHttpAnswer *hd_http_fixture_send         (HdHttpFixture  *fixture,
                                            HdHttpRequest  *request,
                                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;
HdHttpAnswer *hd_http_fixture_finish       (HdHttpFixture  *fixture,
                                            GAsyncResult  **result,
                                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void          hd_http_fixture_assert_fails (HdHttpFixture  *fixture,
                                            HdHttpRequest  *request,
                                            HdError         code);

#define HD_HTTP_TEST(path, function) \
  g_test_add (path, HdHttpFixture, NULL, hd_http_fixture_set_up, function, hd_http_fixture_tear_down)

G_END_DECLS
