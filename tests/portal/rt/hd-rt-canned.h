/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "hd-error.h"
#include "hd-json.h"
#include "hd-portal-call.h"

G_BEGIN_DECLS

/* What stands for Request Tracker: says what it is told to. */
typedef struct
{
  SoupServer *server;
  GPtrArray  *answers;
  HdPortal   *portal;
  GString    *seen;     /* methods and paths, each with a blank after it */
  guint       n_foreign; /* how many of them asked for another language than English */
} HdRtCanned;

void hd_rt_canned_set_up    (HdRtCanned    *self,
                             gconstpointer  data);
void hd_rt_canned_tear_down (HdRtCanned    *self,
                             gconstpointer  data);
void hd_rt_canned_add       (HdRtCanned    *self,
                             const char    *call,
                             guint          page,
                             guint          status,
                             const char    *body);
void hd_rt_canned_add_all   (HdRtCanned    *self);
const char *hd_rt_canned_get_body (HdRtCanned *self,
                             guint          position,
                             const char   **call);
void hd_rt_canned_set_body  (HdRtCanned    *self,
                             guint          position,
                             const char    *body);
void hd_rt_canned_sign_in   (HdRtCanned    *self);

#define HD_RT_CANNED_TEST(path, function) \
  g_test_add (path, HdRtCanned, NULL, hd_rt_canned_set_up, function, hd_rt_canned_tear_down)

G_END_DECLS
