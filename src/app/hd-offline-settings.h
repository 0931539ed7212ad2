/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-session.h"

G_BEGIN_DECLS

void hd_offline_settings_follow (HdSession *session,
                                 GSettings *settings);

G_END_DECLS
