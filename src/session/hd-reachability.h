/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "hd-portal.h"

G_BEGIN_DECLS

#define HD_TYPE_REACHABILITY (hd_reachability_get_type ())
G_DECLARE_FINAL_TYPE (HdReachability, hd_reachability, HD, REACHABILITY, GObject)

HdReachability *hd_reachability_new              (HdPortal        *portal,
                                                  GNetworkMonitor *monitor) G_GNUC_WARN_UNUSED_RESULT;
void            hd_reachability_set_times        (HdReachability  *self,
                                                  guint            up_ms,
                                                  guint            down_ms,
                                                  guint            first_probe_ms,
                                                  guint            most_probe_ms);
void            hd_reachability_note             (HdReachability  *self,
                                                  const GError    *error);
void            hd_reachability_note_signed_in   (HdReachability  *self);
void            hd_reachability_probe            (HdReachability  *self);
void            hd_reachability_stop             (HdReachability  *self);
gboolean        hd_reachability_is_reachable     (HdReachability  *self);
GDateTime      *hd_reachability_get_since        (HdReachability  *self);
const GError   *hd_reachability_get_error        (HdReachability  *self);

G_END_DECLS
