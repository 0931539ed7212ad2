/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hd-session.h"

G_BEGIN_DECLS

#define HD_TYPE_OFFLINE_GROUP (hd_offline_group_get_type ())
G_DECLARE_FINAL_TYPE (HdOfflineGroup, hd_offline_group, HD, OFFLINE_GROUP, AdwPreferencesGroup)

void hd_offline_group_set_session (HdOfflineGroup *self,
                                   HdSession      *session);

G_END_DECLS
