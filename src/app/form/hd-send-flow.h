/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_SEND_FLOW (hd_send_flow_get_type ())
G_DECLARE_FINAL_TYPE (HdSendFlow, hd_send_flow, HD, SEND_FLOW, GObject)

HdSendFlow *hd_send_flow_new          (HdSession    *session) G_GNUC_WARN_UNUSED_RESULT;
void        hd_send_flow_start        (HdSendFlow   *self,
                                       HdSubmission *submission);
void        hd_send_flow_stop         (HdSendFlow   *self);
HdProgress *hd_send_flow_get_progress (HdSendFlow   *self);

G_END_DECLS
