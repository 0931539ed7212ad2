/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-portal.h"
#include "hd-test-utils.h"

/* hd_portal_NAME_async() with what stands after the error, then its _finish(),
 * with the main loop run in between: HD_PORTAL_CALL (get_form, portal, &error, "mailbox"). */
#define HD_PORTAL_CALL(name, portal, error, ...) \
  ({ \
    g_autoptr (GAsyncResult) result_ = NULL; \
    hd_portal_ ## name ## _async (portal, ## __VA_ARGS__, NULL, hd_test_store_result_cb, &result_); \
    hd_test_await (&result_); \
    hd_portal_ ## name ## _finish (portal, result_, error); \
  })
