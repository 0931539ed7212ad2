/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HdTestAuthority HdTestAuthority;

HdTestAuthority *hd_test_authority_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void             hd_test_authority_free        (HdTestAuthority *self);
const char      *hd_test_authority_get_ca_file (HdTestAuthority *self);
GTlsCertificate *hd_test_authority_issue       (HdTestAuthority *self,
                                                const char      *host,
                                                int              from_day,
                                                int              to_day) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HdTestAuthority, hd_test_authority_free)

G_END_DECLS
