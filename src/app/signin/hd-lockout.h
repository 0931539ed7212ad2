/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define HD_TYPE_LOCKOUT (hd_lockout_get_type ())
G_DECLARE_FINAL_TYPE (HdLockout, hd_lockout, HD, LOCKOUT, GObject)

HdLockout *hd_lockout_new         (void);
void       hd_lockout_add         (HdLockout  *self,
                                   const char *user_name,
                                   int         seconds);
int        hd_lockout_get_seconds (HdLockout  *self,
                                   const char *user_name);

G_END_DECLS
