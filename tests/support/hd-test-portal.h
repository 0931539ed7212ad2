/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who can sign in to a fresh test portal. */
#define HD_TEST_PORTAL_USER "support"
#define HD_TEST_PORTAL_PASSWORD "Пароль-1"

typedef struct _HdTestPortal HdTestPortal;

HdTestPortal *hd_test_portal_new          (const char   *option,
                                           ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void          hd_test_portal_start        (HdTestPortal *self);
void          hd_test_portal_stop_and_go_on (HdTestPortal *self);
void          hd_test_portal_stop         (HdTestPortal *self);
void          hd_test_portal_desk         (HdTestPortal *self,
                                           const char   *input,
                                           const char   *command,
                                           ...) G_GNUC_NULL_TERMINATED;
void          hd_test_portal_add_user     (HdTestPortal *self,
                                           const char   *user_name,
                                           const char   *password);
const char   *hd_test_portal_get_url      (HdTestPortal *self);
const char   *hd_test_portal_get_ca_file  (HdTestPortal *self);
const char   *hd_test_portal_get_data_dir (HdTestPortal *self);
void          hd_test_portal_free         (HdTestPortal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdTestPortal, hd_test_portal_free)

G_END_DECLS
