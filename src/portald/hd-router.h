/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-call.h"

G_BEGIN_DECLS

typedef void (*HdHandler) (HdCall *call);

typedef enum
{
  HD_ROUTE_DEFAULT = 0,
  HD_ROUTE_PUBLIC = 1 << 0,       /* without signing in */
  HD_ROUTE_ALWAYS = 1 << 1,       /* while the portal is closed, too */
  HD_ROUTE_MULTIPART = 1 << 2,    /* takes files */
} HdRouteFlags;

/**
 * HdRoute:
 *
 * One operation of the API.  A `*` in the path stands for one part of it.
 */
typedef struct
{
  const char   *method;
  const char   *path;
  HdHandler     handler;
  HdRouteFlags  flags;
} HdRoute;

const HdRoute *hd_router_find (const char   *method,
                               const char   *path,
                               char       ***arguments,
                               gboolean     *is_known_path);

G_END_DECLS
