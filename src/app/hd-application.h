/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_APPLICATION (hd_application_get_type ())
G_DECLARE_FINAL_TYPE (HdApplication, hd_application, HD, APPLICATION, AdwApplication)

GApplication *hd_application_new           (void);
HdPolicy     *hd_application_get_policy    (HdApplication  *self);
GSettings    *hd_application_get_settings  (HdApplication  *self);
HdSession    *hd_application_get_session   (HdApplication  *self);
gboolean      hd_application_runs_in_background (HdApplication *self);
const GError *hd_application_get_fault     (HdApplication  *self);
const char   *hd_application_get_user_name (HdApplication  *self);
gboolean      hd_application_open_portal   (HdApplication  *self,
                                            const char     *uri,
                                            GError        **error);

G_END_DECLS
