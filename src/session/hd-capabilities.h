/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-portal.h"

G_BEGIN_DECLS

HdPortalCapabilities hd_capabilities_get (HdPortal     *portal,
                                          HdPortalInfo *info);

G_END_DECLS
