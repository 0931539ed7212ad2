/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-portal.h"

G_BEGIN_DECLS

#define HD_TYPE_FAKE_PORTAL (hd_fake_portal_get_type ())
G_DECLARE_FINAL_TYPE (HdFakePortal, hd_fake_portal, HD, FAKE_PORTAL, HdPortal)

HdFakePortal *hd_fake_portal_new              (void) G_GNUC_WARN_UNUSED_RESULT;
void          hd_fake_portal_set_capabilities (HdFakePortal         *self,
                                               HdPortalCapabilities  capabilities);

/* What the call of that name (as in HdPortalClass) answers next; in order, then the default again. */
void          hd_fake_portal_push_error       (HdFakePortal         *self,
                                               const char           *call,
                                               GError               *error);
void          hd_fake_portal_push_code        (HdFakePortal         *self,
                                               const char           *call,
                                               int                   code);
void          hd_fake_portal_push_record      (HdFakePortal         *self,
                                               const char           *call,
                                               GType                 type,
                                               const char           *json);
/* What it answers when nothing is pushed. */
void          hd_fake_portal_set_default      (HdFakePortal         *self,
                                               const char           *call,
                                               GType                 type,
                                               const char           *json);

/* Calls of that name get no answer until they are let go. */
void          hd_fake_portal_hold             (HdFakePortal         *self,
                                               const char           *call);
void          hd_fake_portal_let_go           (HdFakePortal         *self,
                                               const char           *call);

/* The bytes that went over the line. */
void          hd_fake_portal_set_traffic      (HdFakePortal         *self,
                                               guint64               bytes);

/* What was asked, as "submit KEY", "list_requests SINCE CURSOR", … */
guint         hd_fake_portal_count            (HdFakePortal         *self,
                                               const char           *call);
const char   *hd_fake_portal_get_call         (HdFakePortal         *self,
                                               const char           *call,
                                               guint                 nth);
const char   *hd_fake_portal_get_nth          (HdFakePortal         *self,
                                               guint                 nth);
void          hd_fake_portal_forget_calls     (HdFakePortal         *self);

G_END_DECLS
